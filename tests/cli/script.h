// A test of the command line as text: files, commands, and what they print.
//
//   # Why this is tested.
//   == file src/schema.ts
//   …the file
//   == $ drizzle-audit check --format concise | head -1
//   …what appears on stdout
//   == stderr
//   …what appears on stderr; nothing when the section is missing
//   == status 1
//
// Commands run with `sh` in a fresh folder, `drizzle-audit` is in PATH. A status other than 0 must be named. In expected output `[ROOT]`
// stands for the folder, `[..]` for any text within a line, `...` alone on a line for any number of lines. DRZ_UPDATE=1 in the environment
// writes what really came out into the script.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drizzle_audit::cli_tests {

struct Step {
  std::string command;
  std::string out;
  std::string err;
  int status = 0;
};

struct Script {
  std::string comment;
  std::vector<std::pair<std::string, std::string>> files;
  std::vector<Step> steps;
};

Script parse_script(std::string_view text);
std::string write_script(const Script& script);

/// Whether `actual` is what `pattern` describes.
bool fits(std::string_view pattern, std::string_view actual);

/// Runs the script and says what differs; empty when nothing does. `actual` becomes the script with the real output.
std::vector<std::string> run_script(const Script& script, const std::filesystem::path& program, Script& actual);

}  // namespace drizzle_audit::cli_tests
