// Unified diffs that `patch -p1` and `git apply` take.
#pragma once

#include <string>
#include <string_view>

namespace drizzle_audit::text {

/// The change of one file, with three lines of context; empty when there is none. `path` is relative and with `/`. A file that was not
/// there before has an empty `before` and `created` set.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view before, std::string_view after, bool created = false);

}  // namespace drizzle_audit::text
