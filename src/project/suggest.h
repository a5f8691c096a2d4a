// What was probably meant. Used for dialects and file names that do not exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::project {

/// At most three of `candidates` (paths), the most like `path` first: the same file name counts most.
[[nodiscard]] std::vector<std::string> closest_paths(std::string_view path, std::vector<std::string> candidates);

}  // namespace drizzle_audit::project
