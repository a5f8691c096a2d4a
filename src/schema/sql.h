// drizzle-orm's SQL objects: making them, and printing them as the dialects do.
#pragma once

#include <string_view>

#include "schema/hosts.h"

namespace drizzle_audit::schema {

/// Where SQL is printed: in indexes (and sqlite's generated columns) columns stand without their table.
enum class SqlPlace : std::uint8_t { kElsewhere, kIndex };

/// dialect.sqlToQuery(sql): the text with `$1`/`?` for bound values, and the values as the oracle prints them. Unknown when a part is.
/// `value` may be SQL, a column, a table, anything that may stand in a template.
[[nodiscard]] Fact<SqlText> sql_text(Interpreter& in, Dialect dialect, const Value& value, SqlPlace place = SqlPlace::kElsewhere,
                                     bool inline_params = false);

/// sql`…` with given text.
[[nodiscard]] Value make_sql(Interpreter& in, std::string_view text, Span at);

/// The exports of "drizzle-orm": sql, operators, relations, defineRelations, getTableColumns, getTableName, … Undefined when there is no
/// such export.
[[nodiscard]] Value orm_export(Interpreter& in, Environment& environment, std::string_view name, Span at);
/// The exports of "drizzle-orm/supabase" and "drizzle-orm/neon".
[[nodiscard]] Value supabase_export(Interpreter& in, Environment& environment, std::string_view name, Span at);
[[nodiscard]] Value neon_export(Interpreter& in, Environment& environment, std::string_view name, Span at);

/// pgView(name), pgView(name, columns), … : `table` holds the columns of the second form, else null.
[[nodiscard]] Value make_view(Interpreter& in, Environment& environment, Dialect dialect, const Value& name, TableHost* columns,
                              bool materialized, std::optional<std::string_view> schema, Span at);

}  // namespace drizzle_audit::schema
