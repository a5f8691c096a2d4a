// The catalogue of column builders: for every dialect, which functions exist, what class they make and what SQL type it has.
// Source: drizzle-orm 0.45.4 and 1.0.0-rc.4, <dialect>-core/columns/*.
#pragma once

#include "schema/hosts.h"

namespace drizzle_audit::schema {

/// Is `name` a column builder function of the dialect's module (`in_callback`: of the `t` of callback columns, which has fewer)?
[[nodiscard]] bool is_column_function(const Environment& environment, Dialect dialect, std::string_view name, bool in_callback);

/// What `name(a, b)` returns. Throws as drizzle-orm does (`mysqlEnum([])`).
[[nodiscard]] Value make_column(Call& call, Environment& environment, Dialect dialect, std::string_view name);

/// `customType({...})`: a function that makes columns.
[[nodiscard]] Value make_custom_type(Call& call, Environment& environment, Dialect dialect);

/// A builder with name and chain state set, everything else to be filled in. `arguments`: as getColumnNameAndConfig(a, b) takes them.
[[nodiscard]] ColumnBuilder* new_builder(Call& call, Environment& environment, Dialect dialect, std::string_view builder, Value& config);

}  // namespace drizzle_audit::schema
