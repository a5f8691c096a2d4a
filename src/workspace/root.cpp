// See root.h.
#include "workspace/root.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "workspace/paths.h"

namespace drizzle_audit::workspace {
namespace {

bool marks_project(const Entry& entry) {
  if (entry.kind != EntryKind::kFile) return false;
  const std::string_view name = entry.name;
  if (name == "package.json" || name == "drizzle-audit.json" || name == "drizzle-audit.jsonc") return true;
  if (name.substr(0, 15) != "drizzle.config.") return false;
  return is_source_name(name) || extension(name) == ".json";
}

}  // namespace

std::string find_project_root(const FileSystem& files, const std::string& path) {
  std::string start = files.kind(path) == EntryKind::kFolder ? path : std::string(dirname(path));
  for (std::string folder = start;; folder = dirname(folder)) {
    const std::vector<Entry> entries = files.list(folder);
    if (std::any_of(entries.begin(), entries.end(), marks_project)) return folder;
    const bool is_git_top = std::any_of(entries.begin(), entries.end(), [](const Entry& entry) { return entry.name == ".git"; });
    if (is_git_top || folder == "/" || folder == ".") return start;
  }
}

std::string find_git_root(const FileSystem& files, const std::string& folder) {
  for (std::string at = folder;; at = dirname(at)) {
    // A file in work trees and submodules, a folder otherwise.
    const auto kind = files.kind(join(at, ".git"));
    if (kind == EntryKind::kFolder || kind == EntryKind::kFile) return at;
    if (at == "/" || at == ".") return {};
  }
}

}  // namespace drizzle_audit::workspace
