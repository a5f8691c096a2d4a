// The report for people: findings by file, each with its source line, reasons, and what to do; then what was looked at, and a sum.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string pretty(const Report& report);

/// "21 tables, 245 columns in 14 files, 7 domain types; 2 expressions could not be read". Also for people who ask for another format.
std::string coverage_text(const audit::Coverage& coverage);

}  // namespace drizzle_audit::report
