// Writing: reports to stdout or a file, errors and hints to stderr.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace drizzle_audit::cli {

inline constexpr int kExitClean = 0;
inline constexpr int kExitFindings = 1;
inline constexpr int kExitFailure = 2;

/// What went wrong, for people. `path` and `line` may be missing.
struct Error {
  std::string message{};
  std::string help{};
  std::string path{};
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// `drizzle-audit: error: path:line:column: message`, then `help: …` on a line of its own. To stderr.
void print_error(const Error& error);

/// `drizzle-audit: text`, to stderr.
void print_hint(std::string_view text);

/// A path of the command line, absolute, as paths are written inside the program.
std::string absolute_path(const std::string& path);

/// Writes all of `text` to stdout, or to `file` when that is not empty, and returns `status`; kExitFailure with an error printed when it
/// could not be written. A reader that has gone away (`| head -1`) is no error. A file appears whole or not at all.
int write_report(std::string_view text, const std::string& file, int status);

}  // namespace drizzle_audit::cli
