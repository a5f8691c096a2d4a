// GitLab's code quality report: a list of Code Climate issues. Fingerprints are unique, paths relative to the repository.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string gitlab(const Report& report);

}  // namespace drizzle_audit::report
