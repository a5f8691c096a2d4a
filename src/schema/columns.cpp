// Column builders' chain methods, and columns of finished tables.
#include <algorithm>

#include "program/operators.h"
#include "schema/hosts.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

/// `.array(…)`. In 0.x it wraps the builder, so that what was said before belongs to the element; in 1.0 it sets a dimension.
Value array_of(Call& call, ColumnBuilder& builder) {
  Interpreter& in = call.in;
  const Value size = call.argument(0);
  if (builder.environment.v1 && builder.dialect == Dialect::kPostgresql) {
    // `dim.length / 2`: "[]" is one dimension; a number has no length and gives none.
    if (size.is(Tag::kUnknown)) builder.sql_type = size.as_unknown();
    else if (size.is(Tag::kUndefined)) builder.dimensions = 1;
    else builder.dimensions = size.is(Tag::kString) ? static_cast<std::uint32_t>(size.text().size() / 2) : 0;
    return call.self;
  }
  auto* array = in.make<ColumnBuilder>(&in.memory(), builder.environment, builder.dialect);
  array->span = call.site;
  array->builder = builder.builder;
  array->column_type = builder.dialect == Dialect::kCockroach ? "CockroachArray" : "PgArray";
  array->builder_class = builder.dialect == Dialect::kCockroach ? "CockroachArrayBuilder" : "PgArrayBuilder";
  array->data_type = "array";
  array->name = builder.name;
  // PgArrayBuilder's constructor gets the element's name, so an unnamed element makes an unnamed array.
  array->key_as_name = builder.name.is(std::string_view());
  array->base = &builder;
  if (size.is(Tag::kNumber)) array->array_size = in.make_string(program::number_text(size.as_number())).text();
  if (const std::string_view* element = builder.sql_type.get()) {
    if (size.is(Tag::kUnknown)) array->sql_type = size.as_unknown();
    else array->sql_type = in.make_string(std::string(*element) + "[" + std::string(array->array_size) + "]").text();
  } else {
    array->sql_type = builder.sql_type;
  }
  array->dimensions = builder.dimensions + 1;
  array->tainted = builder.tainted;
  return Value::host(array);
}

std::string_view default_now(const ColumnBuilder& builder) {
  switch (builder.dialect) {
    case Dialect::kPostgresql:
    case Dialect::kCockroach: return "now()";
    case Dialect::kMysql: return "(now())";
    case Dialect::kSinglestore: return builder.column_type.starts_with("SingleStoreTimestamp") ? "CURRENT_TIMESTAMP" : "now()";
    case Dialect::kSqlite: return "(cast((julianday('now') - 2440587.5)*86400000 as integer))";
    case Dialect::kMssql: return "(getdate())";
  }
  return {};
}

}  // namespace

Value ColumnBuilder::get(Interpreter& in, std::string_view key, Span at) {
  if (key == "config") return in.unknown("a builder's config is not evaluated", at);
  if (key == "enumValues") return enum_values;
  return {};
}

Value ColumnBuilder::call_method(Call& call, std::string_view method) {
  Interpreter& in = call.in;
  const Value argument = call.argument(0);
  const Value self = Value::host(this);
  const auto done = [&] {
    span = call.site;
    return self;
  };
  if (method == "notNull") {
    not_null = true;
    return done();
  }
  if (method == "primaryKey") {
    primary_key = true;
    not_null = true;
    if (dialect == Dialect::kSqlite && builder != "text" &&
        (column_type == "SQLiteInteger" || column_type == "SQLiteTimestamp" || column_type == "SQLiteBoolean")) {
      has_default = true;
      if (argument.is(Tag::kUnknown)) taint(&argument.as_unknown());
      else if (!argument.is_nullish())
        auto_increment = auto_increment || program::truthy(in.get(argument, "autoIncrement", call.site)).value_or(false);
    }
    return done();
  }
  if (method == "unique") {
    is_unique = true;
    if (argument.is(Tag::kUndefined)) unique_name.reset();
    else unique_name = text_fact(in, argument, call.site);
    if (!call.argument(1).is_nullish()) {
      const Value nulls = in.get(call.argument(1), "nulls", call.site);
      nulls_not_distinct = nulls.is(Tag::kString) && nulls.text() == "not distinct";
    }
    return done();
  }
  if (method == "default") {
    default_value = argument;
    default_span = call.argument_span(0);
    has_default = true;
    return done();
  }
  if (method == "$default" || method == "$defaultFn") {
    default_fn = true;
    has_default = true;
    return done();
  }
  if (method == "$onUpdate" || method == "$onUpdateFn") {
    on_update_fn = true;
    has_default = true;
    return done();
  }
  if (method == "$type") {
    if (call.node != nullptr && call.node->child(1) != nullptr) {
      type_argument = Span{call.site.file, call.node->child(1)->start + 1, call.node->child(1)->end - 1};
    }
    return done();
  }
  if (method == "references") {
    foreign_keys.push_back({argument, call.argument(1), call.site});
    return done();
  }
  if (method == "generatedAlwaysAs") {
    std::string_view mode = dialect == Dialect::kPostgresql || dialect == Dialect::kCockroach ? "stored" : "virtual";
    if (mode != "stored" && !call.argument(1).is_nullish()) {
      const Value given = in.get(call.argument(1), "mode", call.site);
      if (given.is(Tag::kString)) mode = given.text();
    }
    generated = GeneratedConfig{argument, mode};
    return done();
  }
  if (method == "generatedAlwaysAsIdentity" || method == "generatedByDefaultAsIdentity") {
    identity = method == "generatedAlwaysAsIdentity" ? "always" : "byDefault";
    identity_options = argument;
    has_default = true;
    not_null = true;
    return done();
  }
  if (method == "identity" && dialect == Dialect::kMssql) {
    // The oracle prints no `generatedIdentity` for mssql; what matters is that the value is never inserted.
    has_default = true;
    not_null = true;
    return done();
  }
  const bool pg = dialect == Dialect::kPostgresql || dialect == Dialect::kCockroach;
  if (method == "array" && pg) return array_of(call, *this);
  if (method == "defaultNow") {
    default_value = make_sql(in, default_now(*this), call.site);
    default_span = call.site;
    has_default = true;
    return done();
  }
  if (method == "defaultRandom") {
    default_value = make_sql(in, "gen_random_uuid()", call.site);
    default_span = call.site;
    has_default = true;
    return done();
  }
  if (method == "autoincrement" && (dialect == Dialect::kMysql || dialect == Dialect::kSinglestore)) {
    auto_increment = true;
    has_default = true;
    return done();
  }
  if (method == "onUpdateNow") {
    on_update_now = true;
    has_default = true;
    return done();
  }
  if ((method == "charSet" || method == "collate") && dialect == Dialect::kMysql && environment.v1) return done();
  in.throw_error(std::string(builder) + "(…)." + std::string(method) + " is not a function", call.site);
}

Value ColumnHost::get(Interpreter& in, std::string_view property, Span at) {
  if (property == "name") {
    if (const std::string_view* known = ordinary().name.get()) return Value::string(*known);
    return Value::unknown(in.make<Unknown>(ordinary().name.unknown()));
  }
  if (property == "getSQLType") {  // taken as a value to be wrapped: `const original = column.getSQLType`
    return in.make_native("getSQLType", [](Call& call) {
      auto* column = call.self.host_as<ColumnHost>();
      if (column == nullptr) call.in.throw_error("getSQLType is called without its column", call.site);
      return column->call_method(call, "getSQLType");
    });
  }
  if (property == "table") return Value::host(table);
  if (property == "enumValues") return builder->base == nullptr ? builder->enum_values : Value();
  if (property == "notNull") return Value::boolean(not_null);
  if (property == "primary") return Value::boolean(primary_key);
  if (property == "hasDefault") return Value::boolean(has_default);
  if (property == "isUnique") return Value::boolean(is_unique);
  if (property == "columnType") return Value::string(column_type);
  if (property == "default") return default_value.value_or(Value());
  if (property == "keyAsName") return Value::boolean(key_as_name);
  return in.unknown("this property of a column is not evaluated", at);
}

Value ColumnHost::call_method(Call& call, std::string_view method) {
  const Value self = call.self;
  if (method == "getSQLType") {
    if (const std::string_view* known = sql_type.get()) return Value::string(*known);
    return Value::unknown(call.in.make<Unknown>(sql_type.unknown()));
  }
  if (extra) {
    if (method == "asc" || method == "desc") order = method;
    else if (method == "nullsFirst") nulls = "first";
    else if (method == "nullsLast") nulls = "last";
    else if (method == "op") {
      const Value operators = call.argument(0);
      if (operators.is(Tag::kString)) op_class = operators.text();
      else if (operators.is(Tag::kUnknown)) taint(&operators.as_unknown());
      else op_class.reset();
    } else {
      return call.in.unknown_copy("'." + std::string(method) + "()' of a column is not evaluated", call.site);
    }
    return self;
  }
  if (method == "asc" || method == "desc" || method == "nullsFirst" || method == "nullsLast" || method == "op") {
    call.in.throw_error(std::string(method) + " is not a function", call.site);
  }
  return call.in.unknown_copy("'." + std::string(method) + "()' of a column is not evaluated", call.site);
}

Fact<std::string_view> text_fact(Interpreter& in, const Value& value, Span at) {
  switch (value.tag()) {
    case Tag::kString: return value.text();
    case Tag::kUndefined: return std::string_view();
    case Tag::kUnknown: return value.as_unknown();
    default: {
      const auto text = program::to_text(in, value);
      if (text) return in.make_string(*text).text();
      return Unknown{"it is no text", at};
    }
  }
}

std::optional<Fact<std::string_view>> text_option(Interpreter& in, const Value& options, std::string_view key, Span at) {
  if (options.is_nullish()) return std::nullopt;
  const Value value = in.get(options, key, at);
  if (value.is(Tag::kUndefined)) return std::nullopt;
  return text_fact(in, value, at);
}

std::string_view class_prefix(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPostgresql: return "Pg";
    case Dialect::kMysql: return "MySql";
    case Dialect::kSqlite: return "SQLite";
    case Dialect::kSinglestore: return "SingleStore";
    case Dialect::kMssql: return "MsSql";
    case Dialect::kCockroach: return "Cockroach";
  }
  return {};
}

}  // namespace drizzle_audit::schema
