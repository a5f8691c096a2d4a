#include "cli/output.h"

#include "platform/platform.h"
#include "report/terminal_text.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

using platform::Stream;

/// Where stderr is gone, there is nobody to tell.
void write_to_stderr(const std::string& text) { static_cast<void>(platform::write_stream(Stream::kError, text)); }

}  // namespace

std::string absolute_path(const std::string& path) { return workspace::join(platform::current_folder(), platform::from_native(path)); }

void print_error(const Error& error) {
  std::string text = "drizzle-audit: error: ";
  if (!error.path.empty()) {
    text += report::printable(error.path) + ":";
    if (error.line > 0) text += std::to_string(error.line) + ":";
    if (error.line > 0 && error.column > 0) text += std::to_string(error.column) + ":";
    text += " ";
  }
  text += report::printable(error.message) + "\n";
  if (!error.help.empty()) text += "help: " + report::printable(error.help) + "\n";
  write_to_stderr(text);
}

void print_hint(std::string_view text) { write_to_stderr("drizzle-audit: " + report::printable(text) + "\n"); }

int write_report(std::string_view text, const std::string& file, int status) {
  const std::string reason = file.empty() ? platform::write_stream(Stream::kOutput, text) : platform::write_file(file, text);
  if (reason.empty()) return status;
  print_error({.message = "cannot write " + (file.empty() ? "standard output" : file) + ": " + reason});
  return kExitFailure;
}

}  // namespace drizzle_audit::cli
