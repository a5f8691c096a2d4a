#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace drizzle_audit::cli {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

bool use_color(const OutputOptions& options) {
  if (options.color != ColorChoice::kAuto) return options.color == ColorChoice::kAlways;
  if (!options.file.empty()) return false;
  if (const std::string_view force = variable("FORCE_COLOR"); !force.empty()) return force != "0";
  if (!variable("NO_COLOR").empty()) return false;
  if (const std::string_view force = variable("CLICOLOR_FORCE"); !force.empty() && force != "0") return true;
  if (variable("TERM") == "dumb") return false;
  return ::isatty(STDOUT_FILENO) == 1;
}

unsigned terminal_width(const OutputOptions& options) {
  if (!options.file.empty() || ::isatty(STDOUT_FILENO) != 1) return 0;
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace drizzle_audit::cli
