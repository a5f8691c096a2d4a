// package.json files: which workspace packages there are, what file an import of one of them means, which versions a catalog names.
// https://nodejs.org/api/packages.html, npm/yarn/bun `workspaces`, pnpm-workspace.yaml. One Packages per run.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/folder_cache.h"
#include "workspace/jsonc.h"

namespace drizzle_audit::workspace {

struct Package {
  std::string folder;  ///< absolute
  std::string name;    ///< may be empty
  Json manifest;
};

/// The top of the npm/pnpm/yarn/bun workspace that `root` belongs to, else the top of its git work tree, else `root`. Imports and set-up
/// files are looked for up to here: a package of a monorepo can be audited on its own and still finds its neighbours.
[[nodiscard]] std::string find_workspace_root(const FolderCache& folders, const std::string& root);

/// Safe from several threads; packages live as long as this.
class Packages {
 public:
  /// `workspace_root` as of find_workspace_root.
  Packages(const FolderCache& folders, std::string workspace_root);

  [[nodiscard]] const FolderCache& folders() const { return folders_; }
  [[nodiscard]] const std::string& workspace_root() const { return root_; }
  /// The package.json of `folder` itself; null when there is none or it cannot be read.
  [[nodiscard]] const Package* in_folder(std::string_view folder) const;
  /// The nearest one upward from `folder`, which is included.
  [[nodiscard]] const Package* nearest(std::string_view folder) const;
  /// The workspace package of that name, the root package included.
  [[nodiscard]] const Package* by_name(std::string_view name) const;
  /// All workspace packages, sorted by folder.
  [[nodiscard]] std::vector<const Package*> workspace_packages() const;
  /// What `catalog:` (empty `catalog`) or `catalog:<catalog>` means for a package; empty when nothing.
  [[nodiscard]] std::string catalog_version(std::string_view catalog, std::string_view package) const;
  [[nodiscard]] std::vector<ConfigProblem> problems() const;

 private:
  struct Workspace {
    std::map<std::string, const Package*, std::less<>> by_name;
    std::map<std::string, std::string, std::less<>> catalogs;  // "catalog\npackage" -> version
    std::vector<const Package*> packages;
  };
  const Workspace& workspace() const;

  const FolderCache& folders_;
  std::string root_;
  mutable std::recursive_mutex mutex_;
  mutable std::map<std::string, std::unique_ptr<Package>, std::less<>> by_folder_;  // null: none there
  mutable std::unique_ptr<Workspace> workspace_;
  mutable std::vector<ConfigProblem> problems_;
};

}  // namespace drizzle_audit::workspace
