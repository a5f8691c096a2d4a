#include "cli/terminal.h"

#include <string>

#include "platform/platform.h"

namespace drizzle_audit::cli {

bool use_color(const OutputOptions& options) {
  if (options.color != ColorChoice::kAuto) return options.color == ColorChoice::kAlways;
  if (!options.file.empty()) return false;
  if (const std::string force = platform::variable("FORCE_COLOR"); !force.empty()) return force != "0";
  if (!platform::variable("NO_COLOR").empty()) return false;
  if (const std::string force = platform::variable("CLICOLOR_FORCE"); !force.empty() && force != "0") return true;
  if (platform::variable("TERM") == "dumb") return false;
  return platform::is_terminal(platform::Stream::kOutput);
}

unsigned terminal_width(const OutputOptions& options) {
  if (!options.file.empty() || !platform::is_terminal(platform::Stream::kOutput)) return 0;
  return platform::terminal_columns();
}

}  // namespace drizzle_audit::cli
