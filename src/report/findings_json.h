// Findings as JSON, for other programs. The shape is a contract: docs/json.md; `formatVersion` changes with it.
#pragma once

#include <string>
#include <string_view>

#include "audit/audit.h"

namespace drizzle_audit::report {

inline constexpr int kFindingsFormatVersion = 1;

/// Pretty-printed, with a final line break, always valid UTF-8.
std::string findings_json(const audit::AuditResult& result, unsigned threads = 1);

/// The same findings without the frame around them: one a line, for programs that read line by line.
std::string findings_jsonl(const audit::AuditResult& result);

}  // namespace drizzle_audit::report
