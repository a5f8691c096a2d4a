// One line for each finding in the form of GCC's messages, which editors and problem matchers understand:
// `file:line:col: severity: message [rule-id]`, nothing else.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string concise(const Report& report);

}  // namespace drizzle_audit::report
