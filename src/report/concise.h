// One line for each finding in the form of GCC's messages, which editors and problem matchers understand.
#pragma once

#include <string>

#include "audit/audit.h"

namespace drizzle_audit::report {

/// `file:line:col: severity: message [rule-id]`, nothing else.
std::string concise(const audit::AuditResult& result);

}  // namespace drizzle_audit::report
