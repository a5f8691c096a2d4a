// Reads the two parts of pnpm-workspace.yaml that matter here, `packages` and the catalogs, line by line. Not a YAML reader: pnpm's file
// is flat and block-styled (or a one-line flow list). Used by packages.cpp.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drizzle_audit::workspace {

struct PnpmWorkspace {
  std::vector<std::string> packages;
  std::map<std::pair<std::string, std::string>, std::string> catalogs;  ///< (catalog or "", package) -> version
};

[[nodiscard]] PnpmWorkspace parse_pnpm_workspace(std::string_view text);

}  // namespace drizzle_audit::workspace
