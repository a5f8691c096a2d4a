// See disk_file_system.h. WebAssembly: JavaScript reads.
#include <algorithm>

#include "platform/host.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::workspace {
namespace {

using platform::HostAnswer;

EntryKind kind_named(int kind) { return kind == 0 ? EntryKind::kFile : kind == 1 ? EntryKind::kFolder : EntryKind::kOther; }

}  // namespace

std::optional<EntryKind> DiskFileSystem::kind(const std::string& path) const {
  const int kind = platform::drz_host_kind(path.c_str());
  if (kind < 0) return std::nullopt;
  return kind_named(kind);
}

std::optional<FileError> DiskFileSystem::read_into(std::string& text, const std::string& path, std::uint64_t limit) const {
  if (path.find('\0') != std::string::npos) return FileError{"no such file"};
  HostAnswer answer;
  platform::drz_host_read(path.c_str(), static_cast<double>(limit), &answer);
  if (answer.failed != 0) return FileError{answer.text()};
  text = answer.text();
  return std::nullopt;
}

std::vector<Entry> DiskFileSystem::list(const std::string& path) const {
  HostAnswer answer;
  platform::drz_host_list(path.c_str(), &answer);
  std::vector<Entry> entries;
  if (answer.failed != 0) return entries;
  const std::string text = answer.text();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\0', begin);
    Entry entry;
    entry.kind = kind_named(text[begin] - '0');
    entry.is_link = text[begin + 1] == 'l';
    entry.name = text.substr(begin + 2, end - begin - 2);
    entries.push_back(std::move(entry));
    begin = end + 1;
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

std::string DiskFileSystem::real_path(const std::string& path) const {
  HostAnswer answer;
  platform::drz_host_real_path(path.c_str(), &answer);
  return answer.failed != 0 ? path : answer.text();
}

}  // namespace drizzle_audit::workspace
