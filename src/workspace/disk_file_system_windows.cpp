// See disk_file_system.h. Windows.
#include <windows.h>  // first: the others need its types

#include <algorithm>
#include <cstring>
#include <new>

#include "platform/platform.h"
#include "platform/wide.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::workspace {
namespace {

constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

class Handle {
 public:
  explicit Handle(HANDLE value) : value_(value) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (opened()) ::CloseHandle(value_);
  }
  [[nodiscard]] bool opened() const { return value_ != INVALID_HANDLE_VALUE; }
  [[nodiscard]] HANDLE get() const { return value_; }

 private:
  HANDLE value_;
};

/// Follows links. The flag lets folders be opened, too.
HANDLE open_any(const std::string& path, DWORD access) {
  return ::CreateFileW(platform::system_path(path).c_str(), access, kShareAll, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
}

std::string reason_of(DWORD error) {
  switch (error) {
    case ERROR_ACCESS_DENIED: return "permission denied";
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME: return "no such file";
    case ERROR_SHARING_VIOLATION: return "used by another program";
    case ERROR_FILENAME_EXCED_RANGE: return "its name is too long";
    case ERROR_TOO_MANY_OPEN_FILES: return "too many open files";
    default: return "Windows error " + std::to_string(error);
  }
}

std::string too_large(std::uint64_t limit) {
  constexpr std::uint64_t mega = 1U << 20U;
  if (limit >= mega) return "is larger than " + std::to_string(limit / mega) + " MB";
  return "is larger than " + std::to_string(limit) + " bytes";
}

bool is_link(DWORD attributes, DWORD reparse_tag) {
  return (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 &&
         (reparse_tag == IO_REPARSE_TAG_SYMLINK || reparse_tag == IO_REPARSE_TAG_MOUNT_POINT);
}

EntryKind kind_of(DWORD attributes) {
  if ((attributes & FILE_ATTRIBUTE_DEVICE) != 0) return EntryKind::kOther;
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? EntryKind::kFolder : EntryKind::kFile;
}

std::optional<FileError> read_all(std::string& text, HANDLE file, std::size_t expected, std::uint64_t limit) {
  text.resize(expected + 1);
  std::size_t size = 0;
  for (;;) {
    if (size == text.size()) text.resize(static_cast<std::size_t>(std::min<std::uint64_t>(text.size() * 2, limit + 1)));
    DWORD got = 0;
    const auto wanted = static_cast<DWORD>(std::min<std::size_t>(text.size() - size, 1U << 30U));
    if (::ReadFile(file, text.data() + size, wanted, &got, nullptr) == 0) return FileError{reason_of(::GetLastError())};
    size += got;
    if (size > limit) return FileError{too_large(limit)};
    if (got == 0 || (size < text.size() && size >= expected)) break;
  }
  text.resize(size);
  return std::nullopt;
}

}  // namespace

std::optional<EntryKind> DiskFileSystem::kind(const std::string& path) const {
  if (path == "/") return EntryKind::kFolder;  // above all drives
  const std::wstring name = platform::system_path(path);
  const DWORD attributes = ::GetFileAttributesW(name.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return std::nullopt;
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return kind_of(attributes);
  const Handle target(open_any(path, 0));
  BY_HANDLE_FILE_INFORMATION information{};
  if (!target.opened() || ::GetFileInformationByHandle(target.get(), &information) == 0) return EntryKind::kOther;
  return kind_of(information.dwFileAttributes);
}

std::optional<FileError> DiskFileSystem::read_into(std::string& text, const std::string& path, std::uint64_t limit) const {
  if (path.find('\0') != std::string::npos) return FileError{"no such file"};
  const Handle file(open_any(path, GENERIC_READ));
  if (!file.opened()) return FileError{reason_of(::GetLastError())};
  if (::GetFileType(file.get()) != FILE_TYPE_DISK) return FileError{"is not a regular file"};
  BY_HANDLE_FILE_INFORMATION information{};
  if (::GetFileInformationByHandle(file.get(), &information) == 0) return FileError{reason_of(::GetLastError())};
  if ((information.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return FileError{"is a folder"};
  const std::uint64_t size = (static_cast<std::uint64_t>(information.nFileSizeHigh) << 32U) | information.nFileSizeLow;
  if (size > limit) return FileError{too_large(limit)};
  try {
    return read_all(text, file.get(), static_cast<std::size_t>(size), limit);
  } catch (const std::bad_alloc&) {
    return FileError{"does not fit into memory"};
  }
}

std::vector<Entry> DiskFileSystem::list(const std::string& path) const {
  std::vector<Entry> entries;
  if (path == "/") return entries;
  WIN32_FIND_DATAW item{};
  HANDLE search = ::FindFirstFileExW((platform::system_path(path) + L"\\*").c_str(), FindExInfoBasic, &item, FindExSearchNameMatch, nullptr,
                                     FIND_FIRST_EX_LARGE_FETCH);
  if (search == INVALID_HANDLE_VALUE) return entries;
  do {
    Entry entry;
    entry.name = platform::to_utf8(item.cFileName);
    if (entry.name == "." || entry.name == "..") continue;
    entry.is_link = is_link(item.dwFileAttributes, item.dwReserved0);
    entry.kind = entry.is_link ? kind(path + "/" + entry.name).value_or(EntryKind::kOther) : kind_of(item.dwFileAttributes);
    entries.push_back(std::move(entry));
  } while (::FindNextFileW(search, &item) != 0);
  ::FindClose(search);
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

std::string DiskFileSystem::real_path(const std::string& path) const {
  const Handle file(open_any(path, 0));
  if (!file.opened()) return path;
  std::wstring real(32768, L'\0');
  const DWORD size = ::GetFinalPathNameByHandleW(file.get(), real.data(), static_cast<DWORD>(real.size()), 0);
  if (size == 0 || size >= real.size()) return path;
  real.resize(size);
  return platform::from_native(platform::to_utf8(real));
}

}  // namespace drizzle_audit::workspace
