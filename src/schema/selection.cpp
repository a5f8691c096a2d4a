// Fields under other names: aliases of tables and columns, and what a query hands out of its selection.
// drizzle-orm/alias.ts, selection-proxy.ts, casing.ts.
#include "program/operators.h"
#include "schema/select.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {

Fact<std::string_view> query_column_name(Interpreter& in, const ColumnHost& column, Casing casing) {
  if (!column.name.known() || !column.key_as_name || casing == Casing::kNone || column.table->environment.v1) return column.name;
  const std::string_view name = column.name.value();
  return in.make_string(casing == Casing::kSnakeCase ? to_snake_case(name) : to_camel_case(name)).text();
}

ColumnHost* alias_column(Interpreter& in, const ColumnHost& column, TableHost& table) {
  auto* made = in.make<ColumnHost>(table, *column.builder);
  made->span = column.span;
  made->taint(column.tainted);
  made->key = column.key;
  made->property_span = column.property_span;
  made->key_span = column.key_span;
  made->name = column.name;
  made->key_as_name = column.key_as_name;
  made->not_null = column.not_null;
  made->primary_key = column.primary_key;
  made->is_unique = column.is_unique;
  made->unique_name = column.unique_name;
  made->nulls_not_distinct = column.nulls_not_distinct;
  made->column_type = column.column_type;
  made->sql_type = column.sql_type;
  made->default_value = column.default_value;
  made->default_span = column.default_span;
  made->has_default = column.has_default;
  made->default_fn = column.default_fn;
  made->on_update_fn = column.on_update_fn;
  made->auto_increment = column.auto_increment;
  made->on_update_now = column.on_update_now;
  made->generated = column.generated;
  made->identity = column.identity;
  made->identity_options = column.identity_options;
  made->plain = column.plain != nullptr ? column.plain : const_cast<ColumnHost*>(&column);
  return made;
}

TableHost* make_alias(Interpreter& in, const TableHost& table, const Fact<std::string_view>& alias) {
  auto* made = in.make<TableHost>(&in.memory(), table.environment, table.dialect);
  made->span = table.span;
  made->name = alias;
  made->schema = table.schema;
  made->extras = table.extras;
  made->columns_incomplete = table.columns_incomplete;
  made->rls = table.rls;
  made->is_alias = true;
  made->original = table.original != nullptr ? table.original : &table;
  made->taint(table.tainted);
  for (const ColumnHost* column : table.columns) made->columns.push_back(alias_column(in, *column, *made));
  return made;
}

Value proxied_field(Interpreter& in, std::string_view key, const Value& field, const SelectionProxy& proxy, Span at) {
  if (auto* column = field.host_as<ColumnHost>()) {
    if (!proxy.alias) return field;
    TableHost& table = *column->table;
    auto* alias = in.make<TableHost>(&in.memory(), table.environment, table.dialect);
    alias->span = table.span;
    alias->name = *proxy.alias;
    alias->schema = table.schema;
    alias->is_alias = true;
    alias->original = table.original != nullptr ? table.original : &table;
    return Value::host(alias_column(in, *column, *alias));
  }
  if (auto* sql = field.host_as<SqlHost>()) {
    if (sql->alias) {
      if (proxy.aliased_to_sql) return without_alias(in, *sql);
      auto* reference = in.make<FieldReference>();
      reference->span = sql->span;
      reference->aliased = sql;
      if (proxy.v1) reference->origin = proxy.alias;
      return Value::host(reference);
    }
    if (proxy.sql_allowed) return field;
    in.throw_error("You tried to reference \"" + std::string(key) +
                       "\" field from a subquery, which is a raw SQL field, but it doesn't have an "
                       "alias declared. Please add an alias to the field using \".as('alias')\" method.",
                   at);
  }
  if (const auto* reference = field.host_as<FieldReference>()) {
    auto* made = in.make<FieldReference>();
    made->span = reference->span;
    made->aliased = reference->aliased;
    if (proxy.v1) made->origin = proxy.alias;
    return Value::host(made);
  }
  if (field.is(Tag::kObject)) {
    program::Object* nested = in.make_object();
    nested->incomplete = field.as_object().incomplete;
    for (const Property& property : field.as_object().properties) {
      Property copied = property;
      const auto* sql = property.value.host_as<SqlHost>();
      copied.value = sql != nullptr && !sql->alias && !proxy.sql_allowed
                         ? in.unknown("an expression without alias cannot be selected again", at)
                         : proxied_field(in, property.key, property.value, proxy, at);
      nested->set(copied);
    }
    return Value::object(nested);
  }
  if (field.host_as<TableHost>() != nullptr && proxy.alias) return in.unknown("a whole table among the selected fields is not read", at);
  return field;
}

}  // namespace drizzle_audit::schema
