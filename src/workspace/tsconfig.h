// What module resolution needs of tsconfig.json: `baseUrl` and `paths`, with `extends`, solution-style `references` and `${configDir}`.
// https://www.typescriptlang.org/tsconfig/ . The resolver asks; one TsConfigs per run, its answers live as long as it does.
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
#include "workspace/packages.h"

namespace drizzle_audit::workspace {

struct PathAlias {
  std::string pattern;               ///< "@/*"; at most one `*`
  std::vector<std::string> targets;  ///< absolute, a `*` kept
};

struct TsConfig {
  std::string path;      ///< absolute
  std::string base_url;  ///< absolute; empty when not set
  std::string out_dir;   ///< absolute; empty when not set
  std::string root_dir;  ///< absolute; empty when not set
  std::vector<PathAlias> paths;
};

/// What `pattern` leaves for its `*` when it matches; none when it does not.
[[nodiscard]] std::optional<std::string_view> match_alias(std::string_view pattern, std::string_view specifier);

/// Safe from several threads.
class TsConfigs {
 public:
  /// Looks no further up than the workspace root of `packages`, which also names the workspace's shared configs.
  explicit TsConfigs(const Packages& packages) : packages_(packages), folders_(packages.folders()), root_(packages.workspace_root()) {}

  /// The configs that apply to `file`, nearest first: the tsconfig.json (or jsconfig.json) of its folder and of the folders above. In a
  /// solution-style config the referenced one whose `include` covers the file comes before the config itself.
  [[nodiscard]] std::vector<const TsConfig*> for_file(std::string_view file) const;
  /// The nearest of them; null when there is none.
  [[nodiscard]] const TsConfig* nearest(std::string_view file) const;
  /// Configs that are not JSON or could not be read, sorted by path.
  [[nodiscard]] std::vector<ConfigProblem> problems() const;

 private:
  struct Loaded {
    TsConfig config;                                  // complete: what callers see
    TsConfig inheritable;                             // the same with `${configDir}` left open
    std::optional<std::vector<std::string>> files;    // absolute
    std::optional<std::vector<std::string>> include;  // absolute globs
    std::vector<std::string> references;              // absolute paths of configs
  };
  const Loaded* load(const std::string& path, unsigned depth) const;
  const Loaded* in_folder(const std::string& folder) const;
  void read_into(Loaded& loaded, const Json& json, unsigned depth) const;
  void inherit(Loaded& loaded, const std::string& specifier, unsigned depth) const;
  [[nodiscard]] std::string find_extended(const std::string& specifier, std::string_view from_folder) const;
  static bool covers(const Loaded& loaded, std::string_view file);

  const Packages& packages_;
  const FolderCache& folders_;
  std::string root_;
  mutable std::recursive_mutex mutex_;
  mutable std::map<std::string, std::unique_ptr<Loaded>, std::less<>> by_path_;  // null: not readable, or being read
  mutable std::map<std::string, const Loaded*, std::less<>> by_folder_;
  mutable std::map<std::string, std::vector<const TsConfig*>, std::less<>> chains_;  // by folder, when no solution is involved
  mutable std::vector<ConfigProblem> problems_;
};

}  // namespace drizzle_audit::workspace
