// Plain objects among a table's extras that hold what a builder would: `{ name: "x_unique", fields: [t.a, t.b] }`. Used by rule.cpp, which
// has only the source text of such an entry.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "drizzle_audit/model.h"

namespace drizzle_audit::rules::ineffective_table_extra {

/// `slugKey: unique().on(t.slug)` → `unique().on(t.slug)`; anything else as it is.
std::string_view without_key(std::string_view entry);

/// The builder that the object was meant to be, as TypeScript; none where its properties do not say so plainly.
std::optional<std::string> builder_for_lookalike(const Table& table, std::string_view object);

}  // namespace drizzle_audit::rules::ineffective_table_extra
