// The report for people: findings by file, each with its source line, reasons, and what to do; then what was looked at, and a sum.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "audit/audit.h"

namespace drizzle_audit::report {

struct PrettyOptions {
  bool color = false;
  unsigned width = 0;                            ///< columns of the terminal; 0: unknown, nothing is wrapped
  std::optional<std::uint32_t> max_diagnostics;  ///< findings shown; none: all of them
  bool verbose = false;                          ///< all evidence, and every expression that could not be read
};

std::string pretty(const audit::AuditResult& result, const PrettyOptions& options);

/// "21 tables, 245 columns in 14 files; 2 expressions could not be read". Also for people who ask for another format.
std::string coverage_text(const audit::Coverage& coverage);

}  // namespace drizzle_audit::report
