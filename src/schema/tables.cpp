// Tables and the functions that make them.
#include "schema/tables.h"

#include <algorithm>
#include <array>

#include "program/operators.h"
#include "schema/column_types.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

/// The `t` of `(t) => ({ id: t.uuid() })`. It has fewer functions than the module.
struct BuilderMap final : Host {
  BuilderMap(Environment& its_environment, Dialect its_dialect) : environment(its_environment), dialect(its_dialect) {}
  [[nodiscard]] std::string_view class_name() const override { return "Object"; }
  Value get(Interpreter& in, std::string_view key, Span) override {
    if (key == "customType" || is_column_function(environment, dialect, key, true))
      return column_builder_function(in, environment, dialect, key);
    return {};
  }
  Environment& environment;
  Dialect dialect;
};

struct ColumnFunction {
  Environment* environment;
  Dialect dialect;
  std::string_view name;
};

/// `{table}_{column}_unique`, or Unknown when a part is.
Fact<std::string_view> unique_key_name(Interpreter& in, const TableHost& table, const Fact<std::string_view>& column) {
  if (!table.name.known()) return table.name.unknown();
  if (!column.known()) return column.unknown();
  return in.make_string(std::string(table.name.value()) + "_" + std::string(column.value()) + "_unique").text();
}

std::string cased(Casing casing, std::string_view key) {
  switch (casing) {
    case Casing::kSnakeCase: return to_snake_case(key);
    case Casing::kCamelCase: return to_camel_case(key);
    case Casing::kNone: break;
  }
  return std::string(key);
}

/// `colBuilder.build(table)`: fixes what later calls on the builder no longer change.
ColumnHost* build_column(Interpreter& in, TableHost& table, ColumnBuilder& builder, const Property& property, Casing casing) {
  if (builder.name.is(std::string_view())) builder.name = in.make_string(cased(casing, property.key)).text();
  if (!table.environment.v1 && (!builder.unique_name || builder.unique_name->is(std::string_view()))) {
    // Sic: it stays in the builder, so a second table gets the first one's name.
    builder.unique_name = unique_key_name(in, table, builder.name);
  }
  auto* column = in.make<ColumnHost>(table, builder);
  column->span = builder.span;
  column->tainted = builder.tainted;
  column->key = property.key;
  column->property_span = property.span;
  column->key_span = property.key_span;
  column->name = builder.name;
  column->key_as_name = builder.key_as_name;
  column->not_null = builder.not_null;
  column->primary_key = builder.primary_key;
  column->is_unique = builder.is_unique;
  column->unique_name = builder.unique_name;
  column->nulls_not_distinct = builder.nulls_not_distinct;
  column->column_type = builder.column_type;
  column->sql_type = builder.sql_type;
  column->default_value = builder.default_value;
  column->default_span = builder.default_span;
  column->has_default = builder.has_default;
  column->default_fn = builder.default_fn;
  column->on_update_fn = builder.on_update_fn;
  column->auto_increment = builder.auto_increment;
  column->on_update_now = builder.on_update_now;
  column->generated = builder.generated;
  column->identity = builder.identity;
  column->identity_options = builder.identity_options;
  return column;
}

bool has_extra_columns(Dialect dialect) { return dialect == Dialect::kPostgresql || dialect == Dialect::kCockroach; }

}  // namespace

Value column_builder_function(Interpreter& in, Environment& environment, Dialect dialect, std::string_view name) {
  auto* data = in.make<ColumnFunction>();
  *data = {&environment, dialect, in.make_string(name).text()};
  if (name == "customType") {
    return in.make_native(
        "customType",
        [](Call& call) {
          const auto& function = *static_cast<const ColumnFunction*>(call.in.current_native().data);
          return make_custom_type(call, *function.environment, function.dialect);
        },
        data);
  }
  if (!is_column_function(environment, dialect, name, false)) return {};
  return in.make_native(
      data->name,
      [](Call& call) {
        const auto& function = *static_cast<const ColumnFunction*>(call.in.current_native().data);
        return make_column(call, *function.environment, function.dialect, function.name);
      },
      data);
}

TableHost* make_table(Interpreter& in, Environment& environment, Dialect dialect, const TableArguments& arguments) {
  auto* table = in.make<TableHost>(&in.memory(), environment, dialect);
  table->span = arguments.span;
  table->name = arguments.name;
  table->schema = arguments.schema;
  table->name_span = arguments.name_span;
  table->columns_span = arguments.columns_span;
  table->extras_span = arguments.extras_span;
  table->extras = arguments.extras;

  Value columns = arguments.columns;
  if (columns.is_callable()) {
    const std::array<Value, 1> builders{Value::host(in.make<BuilderMap>(environment, dialect))};
    columns = in.call(columns, builders, arguments.columns_span);
  }
  std::vector<Property> properties;
  if (columns.is(Tag::kUnknown)) {
    table->columns_incomplete = &columns.as_unknown();
  } else {
    table->columns_incomplete = in.own_properties(columns, properties, arguments.columns_span);
  }
  const bool with_extra_columns = has_extra_columns(dialect) && !arguments.extras.is_nullish();
  table->columns.reserve(properties.size());
  for (const Property& property : properties) {
    auto* builder = property.value.host_as<ColumnBuilder>();
    if (builder == nullptr) {
      if (table->columns_incomplete != nullptr) continue;
      if (property.value.is(Tag::kUnknown)) table->columns_incomplete = &property.value.as_unknown();
      else table->columns_incomplete = &in.unknown_copy("'" + std::string(property.key) + "' is no column", property.span).as_unknown();
      continue;
    }
    // A builder of another dialect lacks what this dialect's tables call.
    if (builder->dialect != dialect && has_extra_columns(dialect)) {
      in.throw_error("colBuilder.buildExtraConfigColumn is not a function", property.span);
    }
    if (builder->dialect == Dialect::kSinglestore && dialect != Dialect::kSinglestore) {
      in.throw_error("colBuilder.buildForeignKeys is not a function", property.span);
    }
    ColumnHost* column = build_column(in, *table, *builder, property, arguments.column_casing);
    table->columns.push_back(column);
    for (const ForeignKeyConfig& config : builder->foreign_keys) table->foreign_keys.push_back({column, config});
    if (with_extra_columns) {
      ColumnHost* twin = build_column(in, *table, *builder, property, arguments.column_casing);
      twin->extra = true;
      twin->plain = column;
      table->extra_columns.push_back(twin);
    }
  }
  environment.tables.push_back(table);
  return table;
}

ColumnHost* TableHost::column(std::string_view key) const {
  const auto found = std::ranges::find(columns, key, &ColumnHost::key);
  return found == columns.end() ? nullptr : *found;
}

std::string_view TableHost::class_name() const {
  switch (dialect) {
    case Dialect::kPostgresql: return "PgTable";
    case Dialect::kMysql: return "MySqlTable";
    case Dialect::kSqlite: return "SQLiteTable";
    case Dialect::kSinglestore: return "SingleStoreTable";
    case Dialect::kMssql: return "MsSqlTable";
    case Dialect::kCockroach: return "CockroachTable";
  }
  return {};
}

Value TableHost::get(Interpreter& in, std::string_view key, Span at) {
  if (ColumnHost* found = column(key)) return Value::host(found);
  if (columns_incomplete != nullptr) return Value::unknown(columns_incomplete);
  if (key == "_" || key == "getSQL" || key == "$inferSelect" || key == "$inferInsert")
    return in.unknown("this property of a table is not evaluated", at);
  if (key == "enableRLS") {
    return in.make_native(
        "enableRLS",
        [](Call& call) {
          auto* self = call.self.host_as<TableHost>();
          self->rls = true;
          return call.self;
        },
        nullptr, Value::host(this));
  }
  return {};
}

Value TableHost::call_method(Call& call, std::string_view method) {
  if (method == "enableRLS" && column(method) == nullptr) {
    rls = true;
    return call.self;
  }
  return Host::call_method(call, method);
}

void TableHost::own_properties(Interpreter&, std::vector<Property>& out) {
  for (ColumnHost* column : columns) out.push_back({column->key, Value::host(column), column->property_span, column->key_span, false});
  if (columns_incomplete != nullptr) taint(columns_incomplete);
}

}  // namespace drizzle_audit::schema
