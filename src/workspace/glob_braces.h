// Brace expansion of globs: "a{b,c}" -> "ab", "ac"; "{1..3}", "{a..e..2}", nested. Follows npm brace-expansion 2. Used by glob.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::workspace::glob_internal {

/// At most `limit` patterns and about 4 MB of text: what braces would expand to beyond that is left out.
[[nodiscard]] std::vector<std::string> expand_braces(std::string_view pattern, std::size_t limit);

}  // namespace drizzle_audit::workspace::glob_internal
