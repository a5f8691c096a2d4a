// The real file system, implemented once for each kind of system (disk_file_system_posix.cpp …). The command line makes one; it holds no
// state.
#pragma once

#include "workspace/file_system.h"

namespace drizzle_audit::workspace {

class DiskFileSystem final : public FileSystem {
 public:
  [[nodiscard]] std::optional<EntryKind> kind(const std::string& path) const override;
  /// One open, one fstat, as few reads as possible. Only regular files: a pipe or device is refused, never waited for.
  [[nodiscard]] std::optional<FileError> read_into(std::string& text, const std::string& path, std::uint64_t limit) const override;
  /// Kinds come with the folder's entries; only links cost a stat.
  [[nodiscard]] std::vector<Entry> list(const std::string& path) const override;
  [[nodiscard]] std::string real_path(const std::string& path) const override;
};

}  // namespace drizzle_audit::workspace
