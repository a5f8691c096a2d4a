// relations() of drizzle-orm 0.x and defineRelations() of 1.0, resolved as drizzle-orm resolves them.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "schema/hosts.h"
#include "text/arena.h"

namespace drizzle_audit::schema {

/// The relations among `exports` (export name and value, as drizzle() gets them), sorted by table and key. Tables and columns are already
/// in the model: `TableHost::built`, `ColumnHost::built`. What could not be read is appended to `unknowns` and `incomplete` is set.
/// Never throws.
[[nodiscard]] std::vector<Relation> build_relations(Interpreter& in, Environment& environment,
                                                    const std::vector<std::pair<std::string_view, Value>>& exports, text::Arena& arena,
                                                    std::vector<Unknown>& unknowns, bool& incomplete);

/// `defineRelations` and `defineRelationsPart` of 1.0. They give plain objects, so that parts can be spread together.
[[nodiscard]] Value define_relations(Interpreter& in, Environment& environment, bool part);
/// build_relations() for 1.0.
[[nodiscard]] std::vector<Relation> build_relations_v2(Interpreter& in, const std::vector<std::pair<std::string_view, Value>>& exports,
                                                       text::Arena& arena, std::vector<Unknown>& unknowns, bool& incomplete);

}  // namespace drizzle_audit::schema
