// What was probably meant. Used for dialects and file names that do not exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::project {

/// Single-character edits between two texts.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that `word` is most likely a slip of; empty when none is close.
[[nodiscard]] std::string closest(std::string_view word, const std::vector<std::string>& candidates);

/// At most three of `candidates` (paths), the most like `path` first: the same file name counts most.
[[nodiscard]] std::vector<std::string> closest_paths(std::string_view path, std::vector<std::string> candidates);

}  // namespace drizzle_audit::project
