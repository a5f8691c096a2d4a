// See overlay_file_system.h.
#include "workspace/overlay_file_system.h"

#include <algorithm>

#include "workspace/paths.h"

namespace drizzle_audit::workspace {

/// The path as `files_` has it. A workspace's packages are reached through links in node_modules.
std::string OverlayFileSystem::key(const std::string& path) const {
  if (files_.contains(path)) return path;
  const std::string folder(dirname(path));
  const std::string real = real_path(folder);
  return real == folder ? path : join(real, basename(path));
}

bool OverlayFileSystem::holds_text_below(const std::string& key) const {
  const std::string prefix = key == "/" ? key : key + "/";
  for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix); ++at) {
    if (at->second) return true;
  }
  return false;
}

bool OverlayFileSystem::is_hidden(const std::string& key) const {
  for (std::string path = key; path != "/" && path != "."; path = dirname(path)) {
    const auto found = files_.find(path);
    if (found != files_.end()) return !found->second;
  }
  return false;
}

std::optional<EntryKind> OverlayFileSystem::kind(const std::string& path) const {
  const std::string key = this->key(path);
  if (const auto found = files_.find(key); found != files_.end() && found->second) return EntryKind::kFile;
  if (holds_text_below(key)) return EntryKind::kFolder;
  return is_hidden(key) ? std::nullopt : below_->kind(path);
}

std::optional<FileError> OverlayFileSystem::read_into(std::string& text, const std::string& path, std::uint64_t limit) const {
  const std::string key = this->key(path);
  const auto found = files_.find(key);
  if (found == files_.end() || !found->second) return is_hidden(key) ? FileError{"no such file"} : below_->read_into(text, path, limit);
  if (found->second->size() > limit) return FileError{"is larger than " + std::to_string(limit >> 20U) + " MB"};
  text = *found->second;
  return std::nullopt;
}

std::vector<Entry> OverlayFileSystem::list(const std::string& path) const {
  const std::string key = real_path(path);
  std::vector<Entry> entries;
  if (!is_hidden(key)) {
    entries = below_->list(path);
    std::erase_if(entries, [&](const Entry& entry) { return files_.contains(join(key, entry.name)); });
  }
  // What it holds itself, and the folders on the way to that.
  const std::string prefix = key == "/" ? key : key + "/";
  for (auto at = files_.lower_bound(prefix); at != files_.end() && at->first.starts_with(prefix); ++at) {
    if (!at->second) continue;
    const std::string_view rest = std::string_view(at->first).substr(prefix.size());
    const std::size_t slash = rest.find('/');
    Entry entry{.name = std::string(rest.substr(0, slash)), .kind = slash == rest.npos ? EntryKind::kFile : EntryKind::kFolder};
    const auto same = std::find_if(entries.begin(), entries.end(), [&](const Entry& other) { return other.name == entry.name; });
    if (same == entries.end()) entries.push_back(std::move(entry));
    else if (same->kind != EntryKind::kFolder) *same = std::move(entry);
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

std::string OverlayFileSystem::real_path(const std::string& path) const {
  if (files_.contains(path) || path == "/" || path == ".") return path;
  // What is not on the disk has no links of its own, but its folders may.
  if (!below_->kind(path)) return join(real_path(std::string(dirname(path))), basename(path));
  return below_->real_path(path);
}

}  // namespace drizzle_audit::workspace
