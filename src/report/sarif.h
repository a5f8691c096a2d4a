// SARIF 2.1.0 (OASIS standard), for GitHub code scanning, Azure DevOps and the SARIF viewers of editors.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string sarif(const Report& report);

}  // namespace drizzle_audit::report
