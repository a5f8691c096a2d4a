// Which reports `check` writes, and where each of them goes.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/output.h"
#include "report/formats.h"

namespace drizzle_audit::cli {

/// When no --format is given: the same words, separated by commas.
inline constexpr const char* kFormatVariable = "DRIZZLE_AUDIT_FORMAT";

struct ReportTarget {
  const report::Format* format = nullptr;
  std::string file;  ///< empty: stdout
};

/// What `--format NAME[=PATH]` (each of `formats`), `-o FILE` and the environment variable's value ask for. -o names the file of the one
/// format that has none. At most one goes to stdout, and no two to one file.
std::variant<std::vector<ReportTarget>, Error> report_targets(const std::vector<std::string>& formats, const std::string& output_file,
                                                              std::string_view variable);

}  // namespace drizzle_audit::cli
