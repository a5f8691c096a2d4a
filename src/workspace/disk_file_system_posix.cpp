// See disk_file_system.h. Linux, macOS and other POSIX systems.
#include "workspace/disk_file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <system_error>

namespace drizzle_audit::workspace {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

std::string reason_of(int error) {
  switch (error) {
    case EACCES:
    case EPERM: return "permission denied";
    case ENOENT:
    case ENOTDIR: return "no such file";
    case ELOOP: return "is a loop of symbolic links";
    case ENAMETOOLONG: return "its name is too long";
    case EMFILE:
    case ENFILE: return "too many open files";
    case EISDIR: return "is a folder";
    default: return std::generic_category().message(error);
  }
}

std::string too_large(std::uint64_t limit) {
  constexpr std::uint64_t kMega = 1U << 20U;
  if (limit >= kMega) return "is larger than " + std::to_string(limit / kMega) + " MB";
  return "is larger than " + std::to_string(limit) + " bytes";
}

EntryKind kind_of(const struct stat& status) {
  if (S_ISREG(status.st_mode)) return EntryKind::kFile;
  if (S_ISDIR(status.st_mode)) return EntryKind::kFolder;
  return EntryKind::kOther;
}

std::string not_a_file(const struct stat& status) {
  if (S_ISDIR(status.st_mode)) return "is a folder";
  if (S_ISFIFO(status.st_mode)) return "is a pipe";
  return "is not a regular file";
}

int open_file(const std::string& path) {
  // Non-blocking: opening a pipe would otherwise wait for a writer. It changes nothing for regular files.
  for (;;) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor >= 0 || errno != EINTR) return descriptor;
  }
}

std::optional<FileError> read_all(std::string& text, int descriptor, std::size_t expected, std::uint64_t limit) {
  // One byte more than expected: a full read then a read of nothing would cost a second call; this way one short read ends it.
  text.resize(expected + 1);
  std::size_t size = 0;
  for (;;) {
    if (size == text.size()) text.resize(std::min<std::uint64_t>(text.size() * 2, limit + 1));
    const ssize_t got = ::read(descriptor, text.data() + size, text.size() - size);
    if (got < 0) {
      if (errno == EINTR) continue;
      return FileError{reason_of(errno)};
    }
    size += static_cast<std::size_t>(got);
    if (size > limit) return FileError{too_large(limit)};
    if (got == 0 || (size < text.size() && size >= expected)) break;
  }
  text.resize(size);
  return std::nullopt;
}

/// Calls `seen` with an open folder, and the name and the type (`DT_…`) of each entry.
#if defined(__linux__) && defined(SYS_getdents64)
template <class Seen>
void each_entry(const std::string& path, Seen seen) {
  // As readdir() does it, which costs a stat and 32 KB of new memory a folder.
  alignas(dirent64) thread_local std::array<char, 1U << 15U> buffer;
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_DIRECTORY));
  if (folder.get() < 0) return;
  for (;;) {
    const long size = ::syscall(SYS_getdents64, folder.get(), buffer.data(), buffer.size());
    if (size <= 0) return;
    for (long at = 0; at < size;) {
      const auto* item = reinterpret_cast<const dirent64*>(buffer.data() + at);
      seen(folder.get(), &item->d_name[0], item->d_type);
      at += item->d_reclen;
    }
  }
}
#else
template <class Seen>
void each_entry(const std::string& path, Seen seen) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), &::closedir);
  if (!folder) return;
  while (const dirent* item = ::readdir(folder.get())) seen(::dirfd(folder.get()), &item->d_name[0], item->d_type);
}
#endif

}  // namespace

std::optional<EntryKind> DiskFileSystem::kind(const std::string& path) const {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    // A broken link is something, though nothing to read.
    if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
    return EntryKind::kOther;
  }
  return kind_of(status);
}

std::optional<FileError> DiskFileSystem::read_into(std::string& text, const std::string& path, std::uint64_t limit) const {
  if (path.find('\0') != std::string::npos) return FileError{"no such file"};
  const Descriptor file(open_file(path));
  if (file.get() < 0) return FileError{reason_of(errno)};
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return FileError{reason_of(errno)};
  if (!S_ISREG(status.st_mode)) return FileError{not_a_file(status)};
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  if (size > limit) return FileError{too_large(limit)};
  try {
    return read_all(text, file.get(), static_cast<std::size_t>(size), limit);
  } catch (const std::bad_alloc&) {
    return FileError{"does not fit into memory"};
  }
}

std::vector<Entry> DiskFileSystem::list(const std::string& path) const {
  std::vector<Entry> entries;
  each_entry(path, [&](int folder, const char* name, unsigned char type) {
    if (name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'))) return;
    Entry& entry = entries.emplace_back();
    entry.name = name;
    if (type == DT_REG) {
      entry.kind = EntryKind::kFile;
    } else if (type == DT_DIR) {
      entry.kind = EntryKind::kFolder;
    } else if (type == DT_LNK || type == DT_UNKNOWN) {
      struct stat status {};
      entry.is_link = type == DT_LNK || (::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode));
      if (::fstatat(folder, name, &status, 0) == 0) entry.kind = kind_of(status);
    }
  });
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

std::string DiskFileSystem::real_path(const std::string& path) const {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : path;
}

}  // namespace drizzle_audit::workspace
