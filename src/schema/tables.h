// Tables, schemas, enums, sequences, roles and policies: the functions that make them.
#pragma once

#include "schema/hosts.h"

namespace drizzle_audit::schema {

/// The exports of "drizzle-orm/pg-core" and its like. Undefined when there is no such export.
[[nodiscard]] Value core_export(Interpreter& in, Environment& environment, Dialect dialect, std::string_view name, Span at);

/// A column builder function (`varchar`), by its name in the module or in the `t` of callback columns; undefined when there is none.
[[nodiscard]] Value column_builder_function(Interpreter& in, Environment& environment, Dialect dialect, std::string_view name);

/// A table as `pgTable(name, columns, extras)` makes it.
struct TableArguments {
  Fact<std::string_view> name;
  Value columns;
  Value extras;
  Fact<std::optional<std::string_view>> schema{std::optional<std::string_view>()};
  Casing column_casing = Casing::kNone;  ///< 1.0
  Span span, name_span, columns_span, extras_span;
};
[[nodiscard]] TableHost* make_table(Interpreter& in, Environment& environment, Dialect dialect, const TableArguments& arguments);

[[nodiscard]] PolicyHost* make_policy(Interpreter& in, const Value& name, const Value& options, Span at);
[[nodiscard]] RoleHost* make_role(Interpreter& in, const Value& name, const Value& options, Span at);

}  // namespace drizzle_audit::schema
