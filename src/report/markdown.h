// GitHub's Markdown, for a pull request comment or a job summary.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string markdown(const Report& report);

}  // namespace drizzle_audit::report
