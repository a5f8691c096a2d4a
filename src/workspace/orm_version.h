// Which drizzle-orm a folder of the project uses: the reader of schemas behaves differently for 0.x and 1.0.
#pragma once

#include <optional>
#include <string>

#include "workspace/packages.h"

namespace drizzle_audit::workspace {

struct OrmVersion {
  std::string text;      ///< as written: "^0.45.2", "catalog:", "latest"
  std::string resolved;  ///< what a catalog, lock file or node_modules says, when one was asked; else empty
  std::string path;      ///< absolute path of the file that `text` is from
  bool is_v1 = false;    ///< 1.0.0-beta and later
};

/// From the nearest package.json upward from `folder` that lists drizzle-orm; none when no package.json and no node_modules knows it.
[[nodiscard]] std::optional<OrmVersion> find_orm_version(const Packages& packages, const std::string& folder);

/// Whether a version or range ("^0.45.2", "1.0.0-rc.2", "npm:drizzle-orm@1.0.0-beta.1") is 1.0 or later; none when it does not tell.
[[nodiscard]] std::optional<bool> range_is_v1(std::string_view range);

}  // namespace drizzle_audit::workspace
