// Remembers folder listings, so that "does this file exist" costs one listing per folder instead of one stat per guess.
// Module resolution guesses a lot (`x.ts`, `x.tsx`, … `x/index.ts`). One cache serves one run: it never notices later changes.
#pragma once

#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "workspace/file_system.h"

namespace drizzle_audit::workspace {

/// Safe from several threads. Keeps a reference to `files`.
class FolderCache {
 public:
  explicit FolderCache(const FileSystem& files) : files_(files) {}

  [[nodiscard]] const FileSystem& files() const { return files_; }
  /// Sorted by name, valid as long as the cache.
  [[nodiscard]] const std::vector<Entry>& list(std::string_view folder) const;
  /// The entry at `path`, looked up in its folder's listing; null when nothing is there.
  [[nodiscard]] const Entry* find(std::string_view path) const;
  [[nodiscard]] bool is_file(std::string_view path) const;
  [[nodiscard]] bool is_folder(std::string_view path) const;
  /// `path` with links resolved (cached per folder).
  [[nodiscard]] std::string real_path(std::string_view path) const;

 private:
  const FileSystem& files_;
  mutable std::shared_mutex mutex_;
  mutable std::unordered_map<std::string, std::unique_ptr<const std::vector<Entry>>> listings_;
  mutable std::unordered_map<std::string, std::string> real_folders_;
};

}  // namespace drizzle_audit::workspace
