// drizzle-orm's SQL objects: making them, and printing them as the dialects do.
#pragma once

#include <optional>
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

// ---- parts of SQL that hosts.h does not name --------------------------------------

/// sql.placeholder(name).
struct PlaceholderHost final : Host {
  [[nodiscard]] std::string_view class_name() const override { return "Placeholder"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value name;
};

/// SQL.Aliased with `isSelectionField`: what a view or subquery gives for an expression that has an alias.
struct FieldReference final : Host {
  [[nodiscard]] std::string_view class_name() const override { return "Aliased"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  SqlHost* aliased = nullptr;
  std::optional<std::string_view> origin;  ///< 1.0: the view or subquery
};

/// Builds SQL the way sql`…` does. Every method returns the builder.
class SqlBuilder {
 public:
  SqlBuilder(Interpreter& in, Span at);
  SqlBuilder& text(std::string_view text);  ///< `text` must live in the heap or for ever
  SqlBuilder& name(std::string_view name);
  SqlBuilder& name(const Fact<std::string_view>& name);
  SqlBuilder& value(const Value& value);
  SqlBuilder& param(const Value& value, ColumnHost* encoder);
  /// An operand of a comparison with `column`: a plain value goes through the column's encoder (bindIfParam).
  SqlBuilder& operand(const Value& value, const Value& column);
  [[nodiscard]] Value done() const { return Value::host(sql_); }
  [[nodiscard]] SqlHost& host() { return *sql_; }

 private:
  Interpreter& in_;
  SqlHost* sql_;
};

/// isSQLWrapper(): whether the value prints itself instead of being bound.
[[nodiscard]] bool is_sql_wrapper(const Value& value);
/// The SQL without its alias (`aliased.sql`).
[[nodiscard]] Value without_alias(Interpreter& in, const SqlHost& sql);
/// `sql` itself: the callable with members.
[[nodiscard]] Value sql_tag(Interpreter& in, Span at);

}  // namespace drizzle_audit::schema
