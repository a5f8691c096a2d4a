// Applying edits to a text. Used by the fixes and by everyone who writes into a file that somebody else wrote.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/finding.h"

namespace drizzle_audit::text {

/// Sorted by place; edits of one place keep their order, insertions before what is replaced there. Of equal edits one stays.
void sort_edits(std::vector<Edit>& edits);

/// Whether the two want to change the same bytes. Insertions at one place do not overlap.
[[nodiscard]] bool overlap(const Span& a, const Span& b);

/// `text` with sorted edits applied that do not overlap. Their spans are offsets in `text`; which file they name does not matter.
[[nodiscard]] std::string apply_edits(std::string_view text, const std::vector<Edit>& edits);

}  // namespace drizzle_audit::text
