// See folder_cache.h.
#include "workspace/folder_cache.h"

#include <algorithm>
#include <mutex>

#include "workspace/paths.h"

namespace drizzle_audit::workspace {

const std::vector<Entry>& FolderCache::list(std::string_view folder) const {
  const std::string key(folder);
  {
    const std::shared_lock lock(mutex_);
    const auto found = listings_.find(key);
    if (found != listings_.end()) return *found->second;
  }
  auto listing = std::make_unique<const std::vector<Entry>>(files_.list(key));
  const std::unique_lock lock(mutex_);
  return *listings_.try_emplace(key, std::move(listing)).first->second;
}

const Entry* FolderCache::find(std::string_view path) const {
  const std::string_view name = basename(path);
  if (name.empty()) return nullptr;
  const std::vector<Entry>& entries = list(dirname(path));
  const auto at = std::lower_bound(entries.begin(), entries.end(), name,
                                   [](const Entry& entry, std::string_view wanted) { return entry.name < wanted; });
  return at != entries.end() && at->name == name ? &*at : nullptr;
}

bool FolderCache::is_file(std::string_view path) const {
  const Entry* entry = find(path);
  return entry != nullptr && entry->kind == EntryKind::kFile;
}

bool FolderCache::is_folder(std::string_view path) const {
  if (path == "/") return true;
  const Entry* entry = find(path);
  return entry != nullptr && entry->kind == EntryKind::kFolder;
}

std::string FolderCache::real_path(std::string_view path) const {
  if (path == "/") return "/";
  const Entry* entry = find(path);
  if (entry == nullptr) return std::string(path);
  if (entry->is_link) return files_.real_path(std::string(path));
  const std::string folder(dirname(path));
  std::string real;
  {
    const std::shared_lock lock(mutex_);
    const auto found = real_folders_.find(folder);
    if (found != real_folders_.end()) real = found->second;
  }
  if (real.empty()) {
    real = files_.real_path(folder);
    const std::unique_lock lock(mutex_);
    real_folders_.try_emplace(folder, real);
  }
  return join(real, entry->name);
}

}  // namespace drizzle_audit::workspace
