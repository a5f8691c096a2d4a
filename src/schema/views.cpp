// pgView, pgMaterializedView, mysqlView, sqliteView and their like: drizzle-orm/pg-core/view.ts and its namesakes.
#include "schema/views.h"

#include <array>
#include <string>

#include "program/operators.h"
#include "schema/select.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

constexpr std::string_view kNotRead = "this part of a view is not read";
constexpr auto kOptions = std::to_array<std::string_view>({"with", "using", "tablespace", "withNoData", "algorithm", "sqlSecurity", "withCheckOption"});

/// The view that `.as()` or `.existing()` makes; the builder stays as it is.
ViewHost* finish(Call& call, const ViewHost& builder) {
  Interpreter& in = call.in;
  auto* view = in.make<ViewHost>(&in.memory(), builder.environment, builder.dialect);
  view->span = call.site;
  view->name = builder.name;
  view->schema = builder.schema;
  view->materialized = builder.materialized;
  view->columns = builder.columns;
  view->finished = true;
  view->taint(builder.tainted);
  if (builder.options != nullptr) {
    view->options = in.make_object();
    view->options->incomplete = builder.options->incomplete;
    for (const Property& property : builder.options->properties) view->options->set(property);
  }
  return view;
}

void take_columns(ViewHost& view) {
  if (view.columns == nullptr) return;
  for (ColumnHost* column : view.columns->columns) view.selection.push_back({column->key, Value::host(column)});
  view.selection_incomplete = view.columns->columns_incomplete != nullptr ? view.columns->columns_incomplete : view.columns->tainted;
}

/// getSQL().inlineParams(): a query's SQL is new each time, a given SQL is changed for good.
Value inlined(Interpreter& in, const Value& query, Span at) {
  if (auto* select = query.host_as<SelectHost>()) {
    const Value made = select->get_sql(in, at);
    if (auto* sql = made.host_as<SqlHost>()) sql->inline_params = true;
    return made;
  }
  if (auto* sql = query.host_as<SqlHost>(); sql != nullptr && !sql->alias) {
    sql->inline_params = true;
    return query;
  }
  return query.is(Tag::kUnknown) ? query : in.unknown("the view's query is not read", at);
}

Value define(Call& call, const ViewHost& builder) {
  Interpreter& in = call.in;
  ViewHost* view = finish(call, builder);
  Value query = call.argument(0);
  if (query.is_callable()) {
    const std::array<Value, 1> arguments{make_query_builder(in, builder.environment, builder.dialect, call.site)};
    query = in.call(query, arguments, call.site);
  }
  if (builder.columns != nullptr) {
    take_columns(*view);
  } else if (auto* select = query.host_as<SelectHost>()) {
    const Value fields = select->selected_fields(in, call.site);
    if (fields.is(Tag::kUnknown)) {
      view->selection_incomplete = &fields.as_unknown();
    } else {
      view->selection_incomplete = fields.as_object().incomplete;
      for (const Property& property : fields.as_object().properties) view->selection.push_back({property.key, property.value});
    }
  } else {
    view->selection_incomplete = &(query.is(Tag::kUnknown) ? query : in.unknown("the view's query is not read", call.site)).as_unknown();
  }
  view->query = inlined(in, query, call.site);
  return Value::host(view);
}

}  // namespace

std::string_view ViewHost::class_name() const {
  const bool unfinished = !finished;
  switch (dialect) {
    case Dialect::kPostgresql: return materialized ? (unfinished ? "MaterializedViewBuilder" : "PgMaterializedView") : unfinished ? "ViewBuilder" : "PgView";
    case Dialect::kMysql: return unfinished ? "ViewBuilder" : "MySqlView";
    case Dialect::kSqlite: return unfinished ? "ViewBuilder" : "SQLiteView";
    case Dialect::kSinglestore: return unfinished ? "ViewBuilder" : "SingleStoreView";
    case Dialect::kMssql: return unfinished ? "ViewBuilder" : "MsSqlView";
    case Dialect::kCockroach:
      return materialized ? (unfinished ? "MaterializedViewBuilder" : "CockroachMaterializedView") : unfinished ? "ViewBuilder" : "CockroachView";
  }
  return "View";
}

Value ViewHost::get(Interpreter& in, std::string_view key, Span at) {
  if (!finished) return in.unknown(kNotRead, at);
  for (const Field& field : selection) {
    if (field.key != key) continue;
    SelectionProxy proxy;
    if (!name.known()) return in.unknown(name.unknown().reason, name.unknown().span);
    proxy.alias = name.value();
    proxy.replace_original = true;
    proxy.v1 = environment.v1;
    return proxied_field(in, key, field.value, proxy, at);
  }
  return selection_incomplete != nullptr ? Value::unknown(selection_incomplete) : Value();
}

Value ViewHost::call_method(Call& call, std::string_view method) {
  Interpreter& in = call.in;
  if (finished) {
    if (method == "getSQL") return SqlBuilder(in, call.site).value(call.self).done();
    return in.unknown(kNotRead, call.site);
  }
  if (method == "as") return define(call, *this);
  if (method == "existing") {
    ViewHost* view = finish(call, *this);
    view->existing = true;
    take_columns(*view);
    if (!materialized) view->options = nullptr;  // only materialized views keep them
    return Value::host(view);
  }
  for (const std::string_view option : kOptions) {
    if (option != method) continue;
    Value value = call.argument(0);
    if (method == "withNoData") value = Value::boolean(true);
    if (method == "withCheckOption" && value.is_nullish()) value = Value::string("cascaded");
    if (options == nullptr) options = in.make_object();
    options->set({option, value, call.site, call.site, false});
    return call.self;
  }
  return in.unknown(kNotRead, call.site);
}

void ViewHost::own_properties(Interpreter& in, std::vector<Property>& out) {
  for (const Field& field : selection) out.push_back({field.key, get(in, field.key, span), span, span, false});
  if (selection_incomplete != nullptr) taint(selection_incomplete);
}

Value make_view(Interpreter& in, Environment& environment, Dialect dialect, const Value& name, TableHost* columns, bool materialized,
                std::optional<std::string_view> schema, Span at) {
  auto* view = in.make<ViewHost>(&in.memory(), environment, dialect);
  view->span = at;
  view->name = text_fact(in, name, at);
  view->schema = schema;
  view->materialized = materialized;
  view->columns = columns;
  return Value::host(view);
}

// ---- the model -------------------------------------------------------------------------

namespace {

Fact<std::string_view> copy(text::Arena& arena, const Fact<std::string_view>& fact) {
  if (fact.known()) return text::copy(arena, fact.value());
  return Unknown{text::copy(arena, fact.unknown().reason), fact.unknown().span};
}

Unknown copy(text::Arena& arena, const Unknown& why) { return {text::copy(arena, why.reason), why.span}; }

ViewColumn view_column(Interpreter& in, const ViewHost::Field& field, text::Arena& arena) {
  ViewColumn column;
  column.key = text::copy(arena, field.key);
  column.name = column.key;
  if (const auto* host = field.value.host_as<ColumnHost>()) {
    column.name = copy(arena, cased_name(in, *host));
    const Fact<std::string_view> type = copy(arena, host->sql_type);
    if (type.known()) column.sql_type = Fact<std::optional<std::string_view>>(std::optional(type.value()));
    else column.sql_type = Fact<std::optional<std::string_view>>(type.unknown());
    column.not_null = host->not_null;
  } else if (const auto* sql = field.value.host_as<SqlHost>(); sql != nullptr && sql->alias) {
    column.name = text::copy(arena, *sql->alias);
  } else if (const auto* reference = field.value.host_as<FieldReference>()) {
    column.name = text::copy(arena, reference->aliased->alias.value_or(""));
  } else if (field.value.is(Tag::kUnknown)) {
    column.name = copy(arena, field.value.as_unknown());
    column.sql_type = Fact<std::optional<std::string_view>>(copy(arena, field.value.as_unknown()));
  } else if (sql != nullptr) {
    // drizzle-orm throws when anybody looks at an expression without alias.
    const Unknown why{"an expression without alias has no column name", sql->span};
    column.name = why;
  }
  return column;
}

}  // namespace

View build_view(Interpreter& in, const ViewHost& host, std::string_view export_name, text::Arena& arena) {
  View view;
  view.export_name = text::copy(arena, export_name);
  view.name = copy(arena, host.name);
  if (host.schema) view.schema = text::copy(arena, *host.schema);
  view.materialized = host.materialized;
  view.existing = host.existing;
  view.span = host.span;
  const Unknown* incomplete = host.selection_incomplete != nullptr ? host.selection_incomplete : host.tainted;
  view.columns_incomplete = incomplete != nullptr;
  if (host.existing) {
    view.query = Fact<std::optional<std::string_view>>(std::optional<std::string_view>());
  } else {
    const Fact<SqlText> query = sql_text(in, host.dialect, host.query);
    if (query.known()) view.query = Fact<std::optional<std::string_view>>(std::optional(text::copy(arena, query.value().text)));
    else view.query = Fact<std::optional<std::string_view>>(copy(arena, query.unknown()));
  }
  std::vector<ViewColumn> columns;
  for (const ViewHost::Field& field : host.selection) columns.push_back(view_column(in, field, arena));
  view.columns = text::copy(arena, columns);
  std::vector<Option> options;
  for (const std::string_view name : kOptions) {
    const Property* option = host.options == nullptr ? nullptr : host.options->find(name);
    if (option == nullptr || option->value.is(Tag::kUndefined)) continue;
    const auto json = program::to_json(in, option->value);
    if (json) options.push_back({name, text::copy(arena, *json)});
  }
  view.options = text::copy(arena, options);
  return view;
}

}  // namespace drizzle_audit::schema
