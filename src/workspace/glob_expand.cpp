// Finds what a glob matches on disk; see glob.h. Follows glob 8 (sync.js): literal segments are taken as they are, without listing.
#include <algorithm>
#include <set>

#include "workspace/folder_cache.h"
#include "workspace/glob.h"
#include "workspace/glob_pattern.h"
#include "workspace/paths.h"

namespace drizzle_audit::workspace {
namespace {

using glob_internal::Alternative;
using glob_internal::Segment;

constexpr std::size_t kMaxMatches = 200'000;
constexpr std::size_t kMaxDepth = 256;

class Search {
 public:
  Search(const FolderCache& folders, const Alternative& pattern, std::vector<GlobMatch>& found)
      : folders_(folders), pattern_(pattern), found_(found) {}

  void from(std::string folder) { visit(std::move(folder), 0, false, 0); }

 private:
  /// `in_globstar`: `folder` was reached by a `**`, which goes into no link but the one it starts at.
  void visit(std::string folder, std::size_t s, bool in_globstar, std::size_t depth) {
    const auto& segments = pattern_.segments;
    while (s < segments.size() && !segments[s].is_globstar && !segments[s].pattern.has_magic) {
      folder = join(folder, segments[s].pattern.literal);
      ++s;
    }
    if (found_.size() >= kMaxMatches || depth > kMaxDepth) return;
    if (s == segments.size()) {
      add(folder);
      return;
    }
    if (!first_visit(folder, s, in_globstar)) return;
    if (segments[s].is_globstar) {
      visit_globstar(folder, s, in_globstar, depth);
      return;
    }
    const bool is_last = s + 1 == segments.size();
    for (const Entry& entry : folders_.list(folder)) {
      if (!is_last && entry.kind != EntryKind::kFolder) continue;
      if (!glob_internal::segment_matches(segments[s].pattern, entry.name)) continue;
      visit(join(folder, entry.name), s + 1, false, depth + 1);
    }
  }

  void visit_globstar(const std::string& folder, std::size_t s, bool in_globstar, std::size_t depth) {
    visit(folder, s + 1, false, depth + 1);
    if (in_globstar && is_link(folder)) return;
    const bool is_last = s + 1 == pattern_.segments.size();
    for (const Entry& entry : folders_.list(folder)) {
      if (entry.name.front() == '.' || entry.name == "node_modules") continue;
      if (entry.kind == EntryKind::kFolder) {
        visit(join(folder, entry.name), s, true, depth + 1);
      } else if (is_last) {
        add(join(folder, entry.name));
      }
    }
  }

  bool is_link(const std::string& path) const {
    const Entry* entry = folders_.find(path);
    return entry != nullptr && entry->is_link;
  }

  void add(const std::string& path) {
    if (path == "/") {
      found_.push_back({path, EntryKind::kFolder});
    } else if (const Entry* entry = folders_.find(path);
               entry != nullptr && (!pattern_.folders_only || entry->kind == EntryKind::kFolder)) {
      found_.push_back({path, entry->kind});
    }
  }

  /// `**/a/**/b` reaches the same folder in many ways; each is worth looking at once.
  bool first_visit(const std::string& folder, std::size_t s, bool in_globstar) {
    return visited_.emplace(folder, s * 2 + static_cast<std::size_t>(in_globstar)).second;
  }

  const FolderCache& folders_;
  const Alternative& pattern_;
  std::vector<GlobMatch>& found_;
  std::set<std::pair<std::string, std::size_t>> visited_;
};

void sort_unique(std::vector<GlobMatch>& matches) {
  std::sort(matches.begin(), matches.end(), [](const GlobMatch& a, const GlobMatch& b) { return a.path < b.path; });
  matches.erase(std::unique(matches.begin(), matches.end()), matches.end());
}

}  // namespace

std::vector<GlobMatch> expand(const FileSystem& files, std::string_view root, std::string_view pattern) {
  const FolderCache folders(files);
  return expand(folders, root, pattern);
}

std::vector<GlobMatch> expand(const FolderCache& folders, std::string_view root, std::string_view pattern) {
  std::vector<GlobMatch> found;
  if (pattern.empty()) return found;
  const Glob glob(pattern);
  for (const Alternative& alternative : glob.alternatives()) {
    Search(folders, alternative, found).from(alternative.absolute ? std::string("/") : normalize(root));
  }
  sort_unique(found);
  // A bare `**` does not stand for the folder it starts at (`./**` and `a/**` do).
  if (pattern == "**" && !found.empty() && found.front().path == normalize(root)) found.erase(found.begin());
  return found;
}

std::vector<std::string> expand_schema_files(const FileSystem& files, std::string_view root, std::string_view pattern) {
  std::set<std::string> result;
  for (const GlobMatch& match : expand(files, root, pattern)) {
    if (match.kind == EntryKind::kFile) result.insert(match.path);
    if (match.kind != EntryKind::kFolder) continue;
    for (const Entry& entry : files.list(match.path)) {
      if (entry.kind == EntryKind::kFile) result.insert(join(match.path, entry.name));
    }
  }
  return {result.begin(), result.end()};
}

}  // namespace drizzle_audit::workspace
