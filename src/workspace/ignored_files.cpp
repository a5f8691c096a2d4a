// See ignored_files.h.
#include "workspace/ignored_files.h"

#include <utility>

#include "workspace/paths.h"

namespace drizzle_audit::workspace {

bool IgnoredFiles::contain(std::string_view path) {
  const std::lock_guard lock(mutex_);
  auto answer = answers_.find(path);
  if (answer == answers_.end()) answer = answers_.emplace(path, is_ignored(join(root_, path), false)).first;
  return answer->second;
}

bool IgnoredFiles::is_ignored(const std::string& path, bool is_folder) {
  if (path.size() <= root_.size() || !is_within(path, root_)) return false;
  const Folder& parent = folder(std::string(dirname(path)));
  return parent.ignored || (parent.chain != nullptr && parent.chain->ignores(path, is_folder));
}

const IgnoredFiles::Folder& IgnoredFiles::folder(const std::string& path) {
  const auto known = folders_.find(path);
  if (known != folders_.end()) return known->second;
  Folder made{.chain = IgnoreChain::above(files_, path), .ignored = is_ignored(path, true)};
  return folders_.emplace(path, std::move(made)).first->second;
}

}  // namespace drizzle_audit::workspace
