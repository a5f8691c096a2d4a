// Finds the locked version of a package by scanning lock files as text. Only asked when package.json does not tell.
#pragma once

#include <string>
#include <string_view>

namespace drizzle_audit::workspace {

/// Each returns a version, or nothing. `importer` is the depending package's folder relative to the lock file ("." for the same folder).
[[nodiscard]] std::string locked_in_npm(std::string_view text, std::string_view package, std::string_view importer);
[[nodiscard]] std::string locked_in_pnpm(std::string_view text, std::string_view package, std::string_view importer);
[[nodiscard]] std::string locked_in_yarn(std::string_view text, std::string_view package, std::string_view range);
[[nodiscard]] std::string locked_in_bun(std::string_view text, std::string_view package);

}  // namespace drizzle_audit::workspace
