// Finds the project's own files: everything below a folder except what git ignores, `node_modules`, and the working folders of tools.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workspace/file_system.h"

namespace drizzle_audit::workspace {

/// Absolute paths, sorted bytewise; the same for any number of threads.
struct WalkResult {
  std::vector<std::string> sources;          ///< TypeScript and JavaScript without declaration files, configs included
  std::vector<std::string> drizzle_configs;  ///< see is_drizzle_config_name
};

/// Folder links are not followed (what they show inside `root` is found under its own name); a link to a file counts when the file lies
/// outside `root`. `threads` 0: as many as there are cores, at most four.
[[nodiscard]] WalkResult walk(const FileSystem& files, const std::string& root, unsigned threads = 0);

/// `drizzle.config.ts`, `drizzle.config.prod.ts`, `drizzle.prod.config.ts`, `drizzle-prod.config.ts`; also .js .mjs .cjs .mts .cts .json.
[[nodiscard]] bool is_drizzle_config_name(std::string_view name);

}  // namespace drizzle_audit::workspace
