// Which of a table's references come first: the lines of an order are read by their order, the rows of a link table by the side that it
// is named after. Used by rule.cpp, which proposes one index for such a pair.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "_shared/references/all.h"

namespace drizzle_audit::rules::missing_index {

using references::Reference;

struct Pair {
  const Reference* parent = nullptr;
  const Reference* item = nullptr;
  std::string_view kind;  ///< "lines", "links"
};

/// The two references that rows of a line-item or association table are found by; nothing for other tables. A table of lines is named
/// after its parent (`order_items`); an association after both sides (`product_tags`), or it has nothing but two references.
std::optional<Pair> leading_pair(const Table& table, const std::vector<const Reference*>& references, const Column* tenant);

/// Whether the column only notes who did something: `created_by`, `approved_by_user_id`.
bool notes_who(const Column& column);

}  // namespace drizzle_audit::rules::missing_index
