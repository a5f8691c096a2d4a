// Where the project begins, seen from a path that the user gave.
#pragma once

#include <string>

#include "workspace/file_system.h"

namespace drizzle_audit::workspace {

/// The nearest folder upward from `path` (a file or folder, absolute) with drizzle.config.*, drizzle-audit.json, drizzle-audit.jsonc or
/// package.json. Stops at the top of the git work tree. None: `path` itself, or its folder when it is a file.
[[nodiscard]] std::string find_project_root(const FileSystem& files, const std::string& path);

/// The top of the git work tree that holds `folder`; empty when there is none.
[[nodiscard]] std::string find_git_root(const FileSystem& files, const std::string& folder);

}  // namespace drizzle_audit::workspace
