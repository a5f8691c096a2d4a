// From findings to the changes of a plan.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"
#include "migrate/changes.h"

namespace drizzle_audit::migrate {

/// The changes that `findings` of `model` propose. `fixed` is the same schema read with the source edits of those findings whose change is
/// text (a replaced column or extra, an export): what it has more than `model` is part of the plan; null when there is none.
Changes collect_changes(const Model& model, const std::vector<const Finding*>& findings, const Model* fixed, const PlanOptions& options);

/// The table of this name, or null.
const Table* find_table(const Model& model, const TableRef& ref);
/// A key's or index's name; empty when it has none or is unknown.
std::string name_of(const Fact<std::optional<std::string_view>>& name);

/// Adds what `fixed` has and `model` lacks: keys, uniques, indexes, checks. What it changes otherwise is left out by name.
void compare_models(const Model& model, const Model& fixed, Changes& changes);

}  // namespace drizzle_audit::migrate
