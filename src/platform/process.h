// Running another program and reading all it says: git, for what changed. One file for each kind of system, like platform.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drizzle_audit::platform {

struct ProcessResult {
  std::string failure;  ///< why it could not be started, for people; empty when it was
  int status = -1;      ///< exit status; 128 + number when a signal ended it
  std::string out;
  std::string err;
};

/// Environment variables set (a value) or taken away (none) for a program, on top of this one's.
using EnvironmentChanges = std::vector<std::pair<std::string, std::optional<std::string>>>;

/// Runs `arguments` (the program first, looked up in PATH) to its end, without a shell. It reads `input`. Paths among the arguments are as
/// the system writes them.
[[nodiscard]] ProcessResult run_process(const std::vector<std::string>& arguments, const EnvironmentChanges& environment,
                                        std::string_view input = {});

}  // namespace drizzle_audit::platform
