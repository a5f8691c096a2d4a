// Workflow commands of GitHub Actions ("Workflow commands: setting an error message"): each becomes an annotation on its line.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string github(const Report& report);

}  // namespace drizzle_audit::report
