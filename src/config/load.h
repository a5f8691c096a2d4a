// From files to a config: which file it is, what it extends, what is wrong with it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/config.h"
#include "drizzle_audit/rule.h"
#include "workspace/file_system.h"

namespace drizzle_audit::config {

/// The config of a project: in the nearest folder upward from its root that has one, up to the top of the git work tree.
struct FoundConfig {
  std::string path;                  ///< absolute
  std::vector<std::string> ignored;  ///< others in the same folder, which do not count
};

/// In one folder drizzle-audit.json wins over drizzle-audit.jsonc, and that over the key in package.json.
[[nodiscard]] std::optional<FoundConfig> find_config(const workspace::FileSystem& files, const std::string& root);

struct LoadedConfig {
  Config config;
  std::vector<ConfigError> errors;  ///< the config must not be used when there are any
};

/// Reads the config at `path` (absolute; a package.json means its key) and all that it extends. `root`: what paths in errors are seen from.
[[nodiscard]] LoadedConfig load_config(const workspace::FileSystem& files, const std::string& root, const std::string& path,
                                       std::span<const RegisteredRule> rules);

}  // namespace drizzle_audit::config
