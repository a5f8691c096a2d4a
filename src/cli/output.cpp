#include "cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "report/terminal_text.h"

namespace drizzle_audit::cli {
namespace {

constexpr int kStdout = 1;
constexpr int kStderr = 2;

/// 0, or the errno of the write that failed.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int fail(const std::string& file, int error) {
  print_error({.message = "cannot write " + file + ": " + std::strerror(error)});
  return kExitFailure;
}

/// Into a neighbour first, then renamed: whoever reads the file sees the old or the new one, never a part.
int write_atomically(const std::string& file, std::string_view text) {
  const std::string neighbour = file + "." + std::to_string(::getpid()) + ".tmp";
  const int descriptor = ::open(neighbour.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) return errno;
  int error = write_all(descriptor, text);
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(neighbour.c_str(), file.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(neighbour.c_str());
  return error;
}

/// Devices and pipes (/dev/stdout, /dev/null) cannot be replaced, only written to.
int write_directly(const std::string& file, std::string_view text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  int error = write_all(descriptor, text);
  if (::close(descriptor) != 0 && error == 0) error = errno;
  return error;
}

int write_file(const std::string& file, std::string_view text) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return write_atomically(file, text);
  if (S_ISDIR(status.st_mode)) return EISDIR;
  if (!S_ISREG(status.st_mode)) return write_directly(file, text);
  // A link stays a link.
  std::error_code ignored;
  const std::filesystem::path target = std::filesystem::canonical(file, ignored);
  return write_atomically(ignored ? file : target.string(), text);
}

}  // namespace

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
  write_all(kStderr, text);  // where stderr is gone, there is nobody to tell
}

void print_hint(std::string_view text) { write_all(kStderr, "drizzle-audit: " + report::printable(text) + "\n"); }

int write_report(std::string_view text, const std::string& file, int status) {
  const int error = file.empty() ? write_all(kStdout, text) : write_file(file, text);
  if (error == 0 || error == EPIPE) return status;
  return fail(file.empty() ? "standard output" : file, error);
}

}  // namespace drizzle_audit::cli
