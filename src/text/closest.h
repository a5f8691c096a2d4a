// What was probably meant: the candidate closest to a mistyped word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::text {

/// Single-character edits between two texts (Levenshtein).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that `word` is most likely a slip of; empty when none is close.
[[nodiscard]] std::string closest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace drizzle_audit::text
