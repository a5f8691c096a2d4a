// "drizzle-orm/pg-core" and its like: tables, enums, schemas, sequences, roles, policies, constraint builders by name.
#include <algorithm>
#include <array>

#include "program/operators.h"
#include "schema/column_types.h"
#include "schema/select.h"
#include "schema/sql.h"
#include "schema/tables.h"

namespace drizzle_audit::schema {
namespace {

/// `pgTable`, what `pgTableCreator(…)` returns, `schema.table`, `snakeCase.table`: functions that make tables.
struct TableFunction final : Host {
  TableFunction(Environment& its_environment, Dialect its_dialect) : environment(its_environment), dialect(its_dialect) {}
  [[nodiscard]] std::string_view class_name() const override { return "Function"; }
  [[nodiscard]] bool is_callable() const override { return true; }
  Value get(Interpreter& in, std::string_view key, Span) override {
    if (key != "withRLS" || !environment.v1) return {};
    auto* function = in.make<TableFunction>(environment, dialect);
    function->customize = customize;
    function->schema = schema;
    function->casing = casing;
    function->rls = true;
    return Value::host(function);
  }
  Value call(Call& call) override {
    Interpreter& in = call.in;
    Value name = call.argument(0);
    if (!customize.is(Tag::kUndefined)) {
      const std::array<Value, 1> arguments{name};
      name = in.call(customize, arguments, call.site);
    }
    TableHost* table = make_table(in, environment, dialect,
                                  {.name = text_fact(in, name, call.argument_span(0)),
                                   .columns = call.argument(1),
                                   .extras = call.argument(2),
                                   .schema = schema,
                                   .column_casing = casing,
                                   .span = call.site,
                                   .name_span = call.argument_span(0),
                                   .columns_span = call.argument_span(1),
                                   .extras_span = call.arguments.size() > 2 ? call.argument_span(2) : Span{}});
    table->rls = rls;
    return Value::host(table);
  }

  Environment& environment;
  Dialect dialect;
  Value customize;
  Fact<std::optional<std::string_view>> schema{std::optional<std::string_view>()};
  Casing casing = Casing::kNone;
  bool rls = false;
};

Value table_function(Interpreter& in, Environment& environment, Dialect dialect, Casing casing = Casing::kNone) {
  auto* function = in.make<TableFunction>(environment, dialect);
  function->casing = casing;
  return Value::host(function);
}

Casing casing_of(const Value& value) {
  if (!value.is(Tag::kString)) return Casing::kNone;
  return value.text() == "snake_case" ? Casing::kSnakeCase : value.text() == "camelCase" ? Casing::kCamelCase : Casing::kNone;
}

/// What a native of a core module knows of itself.
struct CoreFunction {
  Environment* environment;
  Dialect dialect;
  std::string_view name;
  std::optional<std::string_view> schema;
  bool flag;
};

const CoreFunction& own(Call& call) { return *static_cast<const CoreFunction*>(call.in.current_native().data); }

Value native(Interpreter& in, Environment& environment, Dialect dialect, std::string_view name, program::NativeFunction function,
             std::optional<std::string_view> schema = std::nullopt, bool flag = false) {
  auto* data = in.make<CoreFunction>();
  *data = {&environment, dialect, in.make_string(name).text(), schema, flag};
  return in.make_native(data->name, function, data);
}

Value make_creator(Call& call) {
  const CoreFunction& self = own(call);
  auto* function = call.in.make<TableFunction>(*self.environment, self.dialect);
  function->customize = call.argument(0);
  if (self.environment->v1) function->casing = casing_of(call.argument(1));
  return Value::host(function);
}

Value make_enum(Interpreter& in, Environment& environment, Dialect dialect, Call& call, std::optional<std::string_view> schema) {
  auto* made = in.make<EnumHost>(environment, dialect);
  made->span = call.site;
  made->name = text_fact(in, call.argument(0), call.site);
  made->schema = schema;
  const Value input = call.argument(1);
  if (input.is(Tag::kObject)) {
    made->from_object = true;
    std::vector<Property> properties;
    program::Array* values = in.make_array();
    values->incomplete = in.own_properties(input, properties, call.site);
    for (const Property& property : properties) values->items.push_back(property.value);
    made->values = Value::array(values);
  } else if (input.is(Tag::kArray)) {
    program::Array* values = in.make_array();  // [...input]
    values->items = input.as_array().items;
    values->incomplete = input.as_array().incomplete;
    made->values = Value::array(values);
  } else {
    made->values = input.is(Tag::kUnknown) ? input : in.unknown("the enum's values are not known", call.site);
  }
  environment.enums.push_back(made);
  return Value::host(made);
}

Value make_schema(Call& call) {
  const CoreFunction& self = own(call);
  Interpreter& in = call.in;
  auto* made = in.make<SchemaHost>(*self.environment, self.dialect);
  made->span = call.site;
  made->name = text_fact(in, call.argument(0), call.site);
  if (self.dialect == Dialect::kPostgresql && made->name.is("public")) {
    in.throw_error(
        "You can't specify 'public' as schema name. Postgres is using public schema by default. If you want to use 'public' schema, just "
        "use "
        "pgTable() instead of creating a schema",
        call.site);
  }
  made->column_casing = self.environment->v1 ? casing_of(call.argument(1)) : Casing::kNone;
  if (self.name == "snake_case") made->column_casing = Casing::kSnakeCase;
  if (self.name == "camelCase") made->column_casing = Casing::kCamelCase;
  self.environment->entities.push_back(made);
  return Value::host(made);
}

Value make_sequence(Interpreter& in, Environment& environment, Dialect dialect, Call& call, std::optional<std::string_view> schema) {
  auto* made = in.make<SequenceHost>();
  made->span = call.site;
  made->dialect = dialect;
  made->name = text_fact(in, call.argument(0), call.site);
  made->options = call.argument(1);
  made->schema = schema;
  environment.entities.push_back(made);
  return Value::host(made);
}

Value make_view_value(Call& call) {
  const CoreFunction& self = own(call);
  Interpreter& in = call.in;
  TableHost* columns = nullptr;
  if (!call.argument(1).is(Tag::kUndefined)) {
    // The columns of a view are built as those of a table with the view's name; it is no table of the schema.
    columns = make_table(in, *self.environment, self.dialect,
                         {.name = text_fact(in, call.argument(0), call.site),
                          .columns = call.argument(1),
                          .extras = {},
                          .schema = self.schema,
                          .column_casing = casing_of(self.name.empty() ? Value() : Value::string(self.name)),
                          .span = call.site,
                          .name_span = call.argument_span(0),
                          .columns_span = call.argument_span(1),
                          .extras_span = {}});
    self.environment->tables.pop_back();
  }
  return make_view(in, *self.environment, self.dialect, call.argument(0), columns, self.flag, self.schema, call.site);
}

/// snakeCase, camelCase of 1.0.
struct CasedModule final : Host {
  CasedModule(Environment& its_environment, Dialect its_dialect, Casing its_casing)
      : environment(its_environment), dialect(its_dialect), casing(its_casing) {}
  [[nodiscard]] std::string_view class_name() const override { return "Object"; }
  Value get(Interpreter& in, std::string_view key, Span at) override {
    const std::string_view word = casing == Casing::kSnakeCase ? "snake_case" : "camelCase";
    if (key == "table") return table_function(in, environment, dialect, casing);
    if (key == "schema") return native(in, environment, dialect, word, make_schema);
    if (key == "view") return native(in, environment, dialect, word, make_view_value);
    if (key == "materializedView") return native(in, environment, dialect, word, make_view_value, std::nullopt, true);
    return in.unknown("this member is not evaluated", at);
  }
  Value call_method(Call& call, std::string_view name) override { return Host::call_method(call, name); }
  Environment& environment;
  Dialect dialect;
  Casing casing;
};

/// index(…), uniqueIndex(…), unique(…), primaryKey(…), foreignKey(…), check(…).
Value make_constraint(Call& call) {
  const CoreFunction& self = own(call);
  Interpreter& in = call.in;
  BuilderKind kind = BuilderKind::kIndexOn;
  if (self.name == "unique") kind = BuilderKind::kUniqueOn;
  else if (self.name == "primaryKey") kind = BuilderKind::kPrimaryKey;
  else if (self.name == "foreignKey") kind = BuilderKind::kForeignKey;
  else if (self.name == "check") kind = BuilderKind::kCheck;
  auto* made = in.make<ConstraintBuilder>(&in.memory(), *self.environment, self.dialect, kind);
  made->span = call.site;
  made->builder = self.name;
  made->unique = self.name == "uniqueIndex";
  const Value first = call.argument(0);
  const auto take_columns = [&](std::span<const Value> values) {
    for (const Value& value : values) {
      auto* column = value.host_as<ColumnHost>();
      if (value.is(Tag::kUnknown) && made->unread == nullptr) made->unread = &value.as_unknown();
      made->columns.push_back({.value = value, .column = column, .op_class = {}});
    }
  };
  switch (kind) {
    case BuilderKind::kPrimaryKey: {
      if (first.is(Tag::kUnknown)) {
        made->unread = &first.as_unknown();
        break;
      }
      const Value columns = first.is(Tag::kObject) ? in.get(first, "columns", call.site) : Value();
      if (columns.is_nullish()) {  // primaryKey(t.a, t.b)
        take_columns(call.arguments);
      } else {
        std::vector<Value> values;
        if (const Unknown* why = in.elements(columns, values, call.site)) made->unread = why;
        take_columns(values);
        made->name = text_option(in, first, "name", call.site);
      }
      break;
    }
    case BuilderKind::kForeignKey: made->config = first; break;
    case BuilderKind::kCheck:
      made->name = text_fact(in, first, call.site);
      made->config = call.argument(1);
      break;
    default:
      if (!first.is(Tag::kUndefined)) made->name = text_fact(in, first, call.site);
  }
  self.environment->loose_builders.push_back(made);
  return Value::host(made);
}

Value make_policy_value(Call& call) {
  PolicyHost* made = make_policy(call.in, call.argument(0), call.argument(1), call.site);
  own(call).environment->entities.push_back(made);
  return Value::host(made);
}
Value make_role_value(Call& call) {
  RoleHost* made = make_role(call.in, call.argument(0), call.argument(1), call.site);
  own(call).environment->entities.push_back(made);
  return Value::host(made);
}
Value make_enum_value(Call& call) {
  const CoreFunction& self = own(call);
  return make_enum(call.in, *self.environment, self.dialect, call, self.schema);
}
Value make_sequence_value(Call& call) {
  const CoreFunction& self = own(call);
  return make_sequence(call.in, *self.environment, self.dialect, call, self.schema);
}

}  // namespace

PolicyHost* make_policy(Interpreter& in, const Value& name, const Value& options, Span at) {
  auto* made = in.make<PolicyHost>();
  made->span = at;
  made->name = text_fact(in, name, at);
  made->options = options;
  return made;
}

RoleHost* make_role(Interpreter& in, const Value& name, const Value& options, Span at) {
  auto* made = in.make<RoleHost>();
  made->span = at;
  made->name = text_fact(in, name, at);
  made->options = options;
  return made;
}

Value core_export(Interpreter& in, Environment& environment, Dialect dialect, std::string_view name, Span at) {
  static constexpr std::array<std::string_view, 6> kWords{"pg", "mysql", "sqlite", "singlestore", "mssql", "cockroach"};  // by Dialect
  const std::string_view word = kWords[static_cast<std::size_t>(dialect)];
  const bool pg = dialect == Dialect::kPostgresql || dialect == Dialect::kCockroach;
  if (name == "customType" || is_column_function(environment, dialect, name, false))
    return column_builder_function(in, environment, dialect, name);
  if (name == "index" || name == "uniqueIndex" || name == "unique" || name == "primaryKey" ||
      (dialect != Dialect::kSinglestore && (name == "foreignKey" || name == "check"))) {
    return native(in, environment, dialect, name, make_constraint);
  }
  if (name.starts_with(word)) {
    const std::string_view rest = name.substr(word.size());
    if (rest == "Table") return table_function(in, environment, dialect);
    if (rest == "TableCreator") return native(in, environment, dialect, name, make_creator);
    if (rest == "Schema" || (rest == "Database" && dialect == Dialect::kMysql)) {
      if (dialect != Dialect::kSqlite) return native(in, environment, dialect, "", make_schema);
    }
    if (rest == "View") return native(in, environment, dialect, "", make_view_value);
    if (pg) {
      if (rest == "MaterializedView") return native(in, environment, dialect, "", make_view_value, std::nullopt, true);
      if (rest == "Enum") return native(in, environment, dialect, name, make_enum_value);
      if (rest == "Sequence") return native(in, environment, dialect, name, make_sequence_value);
      if (rest == "Role") return native(in, environment, dialect, name, make_role_value);
      if (rest == "Policy") return native(in, environment, dialect, name, make_policy_value);
    }
  }
  if (dialect == Dialect::kSqlite && name == "view") return native(in, environment, dialect, "", make_view_value);
  if (environment.v1 && name == "snakeCase") return Value::host(in.make<CasedModule>(environment, dialect, Casing::kSnakeCase));
  if (environment.v1 && name == "camelCase") return Value::host(in.make<CasedModule>(environment, dialect, Casing::kCamelCase));
  if (const Value made = select_export(in, environment, dialect, name, at); !made.is(Tag::kUndefined)) return made;
  return in.unknown_copy("'" + std::string(name) + "' of drizzle-orm/" + std::string(word) + "-core is not evaluated", at);
}

// ---- the hosts' members ----------------------------------------------------------

Value EnumHost::get(Interpreter& in, std::string_view key, Span at) {
  if (key == "enumValues") return values;
  if (key == "enumName") return name.known() ? Value::string(name.value()) : Value::unknown(in.make<Unknown>(name.unknown()));
  if (key == "schema") return schema ? Value::string(*schema) : Value();
  return in.unknown("this property of an enum is not evaluated", at);
}

Value EnumHost::call(Call& call) {
  auto* builder = call.in.make<ColumnBuilder>(&call.in.memory(), environment, dialect);
  builder->span = call.site;
  builder->builder = "pgEnum";
  const bool cockroach = dialect == Dialect::kCockroach;
  const bool unread = values.is(Tag::kUnknown);  // then nobody knows which of the two classes it is
  builder->column_type = unread        ? ""
                         : from_object ? cockroach ? "CockroachEnumObjectColumn" : "PgEnumObjectColumn"
                         : cockroach   ? "CockroachEnumColumn"
                                       : "PgEnumColumn";
  builder->builder_class = from_object ? "PgEnumObjectColumnBuilder" : "PgEnumColumnBuilder";
  builder->data_type = "string";
  builder->name = text_fact(call.in, call.argument(0), call.site);
  builder->key_as_name = builder->name.is(std::string_view());
  builder->sql_type = name;
  builder->enumeration = this;
  builder->has_enum_values = true;
  builder->enum_values = values;
  return Value::host(builder);
}

std::string_view SchemaHost::class_name() const {
  switch (dialect) {
    case Dialect::kMysql: return "MySqlSchema";
    case Dialect::kSinglestore: return "SingleStoreSchema";
    case Dialect::kMssql: return "MsSqlSchema";
    case Dialect::kCockroach: return "CockroachSchema";
    default: return "PgSchema";
  }
}

Value SchemaHost::get(Interpreter& in, std::string_view key, Span at) {
  const std::optional<std::string_view> known = name.known() ? std::optional(name.value()) : std::nullopt;
  if (key == "schemaName") return known ? Value::string(*known) : Value::unknown(in.make<Unknown>(name.unknown()));
  if (key == "table") {
    auto* function = in.make<TableFunction>(environment, dialect);
    if (known) function->schema = known;
    else function->schema = name.unknown();
    function->casing = column_casing;
    return Value::host(function);
  }
  const std::string_view casing = column_casing == Casing::kSnakeCase   ? "snake_case"
                                  : column_casing == Casing::kCamelCase ? "camelCase"
                                                                        : "";
  if (key == "view") return native(in, environment, dialect, casing, make_view_value, known);
  if (key == "materializedView") return native(in, environment, dialect, casing, make_view_value, known, true);
  if (key == "enum") return native(in, environment, dialect, key, make_enum_value, known);
  if (key == "sequence") return native(in, environment, dialect, key, make_sequence_value, known);
  return in.unknown("this property of a schema is not evaluated", at);
}

Value SchemaHost::call_method(Call& call, std::string_view method) {
  if (method == "existing") {
    existing = true;
    return call.self;
  }
  return Host::call_method(call, method);
}

Value SequenceHost::get(Interpreter& in, std::string_view key, Span at) {
  if (key == "seqName" && name.known()) return Value::string(name.value());
  return in.unknown("this property of a sequence is not evaluated", at);
}

Value RoleHost::get(Interpreter& in, std::string_view key, Span at) {
  if (key == "name" && name.known()) return Value::string(name.value());
  return in.unknown("this property of a role is not evaluated", at);
}

Value RoleHost::call_method(Call& call, std::string_view method) {
  if (method == "existing") {
    is_existing = true;
    return call.self;
  }
  return Host::call_method(call, method);
}

Value PolicyHost::get(Interpreter& in, std::string_view key, Span at) {
  if (key == "name" && name.known()) return Value::string(name.value());
  return in.unknown("this property of a policy is not evaluated", at);
}

Value PolicyHost::call_method(Call& call, std::string_view method) {
  if (method == "link") {
    linked = call.argument(0).host_as<TableHost>();
    if (call.argument(0).is(Tag::kUnknown)) taint(&call.argument(0).as_unknown());
    return call.self;
  }
  return Host::call_method(call, method);
}

}  // namespace drizzle_audit::schema
