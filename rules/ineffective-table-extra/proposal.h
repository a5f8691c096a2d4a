// The builder that does what an ignored entry was meant to do, as TypeScript.
#pragma once

#include <optional>
#include <string>

#include "drizzle_audit/model.h"
#include "ineffective-table-extra/sql_constraint.h"

namespace drizzle_audit::rules::ineffective_table_extra {

/// The builder for `constraint` on `table`, written with the callback's parameter `parameter`; none when it names a column or table that
/// does not exist. `raw` is the same constraint read from the source of the template, where there is one: a check keeps its `${t.price}`.
std::optional<std::string> builder_for(const Model& model, const Table& table, const SqlConstraint& constraint, const SqlConstraint* raw,
                                       const std::string& parameter);

/// A name for a check that has none, as PostgreSQL makes it: `products_price_check` where one column is checked, else `products_check`.
std::string check_name(const Table& table, const std::string& expression);

/// What drizzle calls the builder: "unique()".
std::string builder_name(ConstraintKind kind);

}  // namespace drizzle_audit::rules::ineffective_table_extra
