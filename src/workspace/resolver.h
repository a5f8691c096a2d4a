// From an import specifier to a file, the way tsx and TypeScript's `bundler` resolution go about it. Third-party code is never read:
// what leads into node_modules is a package, unless it is a link to a folder of the project.
#pragma once

#include <cstdint>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "workspace/folder_cache.h"
#include "workspace/packages.h"
#include "workspace/tsconfig.h"

namespace drizzle_audit::workspace {

struct Resolution {
  enum class Kind : std::uint8_t {
    kFile,
    kPackage,  ///< external or not installed; `drizzle-orm` and its subpaths always
    kNotFound  ///< a path, alias, `#import` or workspace package that leads nowhere
  };
  Kind kind = Kind::kNotFound;
  std::string path;               ///< kFile: absolute, links resolved when that stays in the project
  std::string missing;            ///< kNotFound in a workspace package: the file that its package.json names, as written there
  bool missing_is_built = false;  ///< that file is build output
};

/// Safe from several threads. Caches everything: one per run.
class Resolver {
 public:
  /// `root` is the project root; neighbours in the same workspace are found as well.
  Resolver(const FileSystem& files, const std::string& root);

  /// `from_file` is the importing file, absolute. The disk is asked once for each question.
  [[nodiscard]] Resolution resolve(std::string_view specifier, std::string_view from_file) const;

  [[nodiscard]] const FolderCache& folders() const { return folders_; }
  [[nodiscard]] const Packages& packages() const { return packages_; }
  [[nodiscard]] const TsConfigs& tsconfigs() const { return tsconfigs_; }
  /// Set-up files met so far that could not be used, sorted by path.
  [[nodiscard]] std::vector<ConfigProblem> problems() const;

 private:
  Resolution resolve_uncached(std::string_view specifier, std::string_view from_file, unsigned depth) const;
  Resolution resolve_private_import(std::string_view specifier, std::string_view from_file, unsigned depth) const;
  Resolution resolve_package(std::string_view specifier, std::string_view from_file) const;
  const Package* linked_package(std::string_view name, std::string_view from_file) const;
  Resolution found(const std::string& path) const;

  FolderCache folders_;
  std::string workspace_root_;
  std::string real_workspace_root_;
  Packages packages_;
  TsConfigs tsconfigs_;
  mutable std::shared_mutex mutex_;
  mutable std::unordered_map<std::string, Resolution> cache_;  // "folder\nspecifier"
};

}  // namespace drizzle_audit::workspace
