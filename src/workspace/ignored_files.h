// Which files below a root git ignores, asked one by one.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "workspace/file_system.h"
#include "workspace/gitignore.h"

namespace drizzle_audit::workspace {

/// Ignore files are read once for a folder, and the answer for a file is kept. Safe from several threads.
class IgnoredFiles {
 public:
  /// `files` outlives this. `root` is absolute; what is above it counts, but what is outside of it is not ignored.
  IgnoredFiles(const FileSystem& files, std::string root) : files_(files), root_(std::move(root)) {}
  /// By path relative to the root.
  [[nodiscard]] bool contain(std::string_view path);

 private:
  struct Folder {
    std::shared_ptr<const IgnoreChain> chain;  // for what is in it
    bool ignored = false;
  };
  bool is_ignored(const std::string& path, bool is_folder);
  const Folder& folder(const std::string& path);

  const FileSystem& files_;
  std::string root_;
  std::mutex mutex_;
  std::map<std::string, Folder> folders_;
  std::map<std::string, bool, std::less<>> answers_;
};

}  // namespace drizzle_audit::workspace
