// Column builder functions: what calling one makes. Which there are is in column_catalogue.h.
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
