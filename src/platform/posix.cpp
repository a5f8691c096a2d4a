// See platform.h. Linux, macOS and other POSIX systems.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>

#include "platform/platform.h"

namespace drizzle_audit::platform {
namespace {

/// 0, or the errno of the write that failed.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno == EPIPE ? 0 : errno;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Into a neighbour first, then renamed.
int write_atomically(const std::string& path, std::string_view text) {
  const std::string neighbour = path + "." + std::to_string(::getpid()) + ".tmp";
  const int descriptor = ::open(neighbour.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) return errno;
  int error = write_all(descriptor, text);
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(neighbour.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(neighbour.c_str());
  return error;
}

/// Devices and pipes (/dev/stdout, /dev/null) cannot be replaced, only written to.
int write_directly(const std::string& path, std::string_view text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  int error = write_all(descriptor, text);
  if (::close(descriptor) != 0 && error == 0) error = errno;
  return error;
}

int replace_file(const std::string& path, std::string_view text) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return write_atomically(path, text);
  if (S_ISDIR(status.st_mode)) return EISDIR;
  if (!S_ISREG(status.st_mode)) return write_directly(path, text);
  const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr), &std::free);
  return write_atomically(target ? target.get() : path, text);
}

/// The folder's own entry of the new file. Some file systems cannot; then nothing is lost but the promise.
void sync_folder(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

/// Like write_atomically(), over a file that is there.
int update_atomically(const std::string& path, std::string_view text, const struct stat& status) {
  const std::string neighbour = path + "." + std::to_string(::getpid()) + ".tmp";
  const int descriptor = ::open(neighbour.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return errno;
  int error = write_all(descriptor, text);
  struct stat made {};
  if (error == 0 && ::fstat(descriptor, &made) != 0) error = errno;
  const bool same_owner = made.st_uid == status.st_uid && made.st_gid == status.st_gid;
  if (error == 0 && !same_owner && ::fchown(descriptor, status.st_uid, status.st_gid) != 0) error = errno;
  if (error == 0 && ::fchmod(descriptor, status.st_mode & 07777U) != 0) error = errno;
  if (error == 0 && ::fsync(descriptor) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(neighbour.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(neighbour.c_str());
  else sync_folder(path);
  return error;
}

std::string reason(int error) { return error == 0 ? std::string() : std::strerror(error); }

}  // namespace

void keep_memory() {
#ifdef __GLIBC__
  ::mallopt(M_TRIM_THRESHOLD, 256 << 20);
  ::mallopt(M_MMAP_THRESHOLD, 32 << 20);
  ::mallopt(M_TOP_PAD, 16 << 20);
#endif
}

void prepare_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  // A file that may grow no further is then an error of write(), like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
}

std::vector<std::string> arguments(int argc, const char* const* argv) { return {argv, argv + argc}; }

std::string write_stream(Stream stream, std::string_view text) { return reason(write_all(static_cast<int>(stream), text)); }

std::string write_file(const std::string& path, std::string_view text) { return reason(replace_file(path, text)); }

std::string update_file(const std::string& path, std::string_view text) {
  const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr), &std::free);
  if (!target) return reason(errno);
  struct stat status {};
  if (::stat(target.get(), &status) != 0) return reason(errno);
  if (!S_ISREG(status.st_mode)) return "it is no regular file";
  // Whoever may write into the folder could replace it all the same, root anything: the mark says that it is not wanted.
  if ((status.st_mode & 0222U) == 0 || ::access(target.get(), W_OK) != 0) return "it is read-only";
  return reason(update_atomically(target.get(), text, status));
}

std::string current_folder() {
  const std::unique_ptr<char, decltype(&std::free)> folder(::getcwd(nullptr, 0), &std::free);
  return folder ? folder.get() : "/";
}

std::string from_native(std::string path) { return path; }

std::string to_native(std::string path) { return path; }

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

bool is_terminal(Stream stream) { return ::isatty(static_cast<int>(stream)) == 1; }

unsigned terminal_columns() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

unsigned thread_count(unsigned wanted, unsigned most) {
  return wanted != 0 ? wanted : std::clamp(std::thread::hardware_concurrency(), 1U, most);
}

}  // namespace drizzle_audit::platform
