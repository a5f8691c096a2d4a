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
constexpr auto kOptions =
    std::to_array<std::string_view>({"with", "using", "tablespace", "withNoData", "algorithm", "sqlSecurity", "withCheckOption"});

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
  view->environment.entities.push_back(view);
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
    case Dialect::kPostgresql:
      return materialized ? (unfinished ? "MaterializedViewBuilder" : "PgMaterializedView") : unfinished ? "ViewBuilder" : "PgView";
    case Dialect::kMysql: return unfinished ? "ViewBuilder" : "MySqlView";
    case Dialect::kSqlite: return unfinished ? "ViewBuilder" : "SQLiteView";
    case Dialect::kSinglestore: return unfinished ? "ViewBuilder" : "SingleStoreView";
    case Dialect::kMssql: return unfinished ? "ViewBuilder" : "MsSqlView";
    case Dialect::kCockroach:
      return materialized ? (unfinished ? "MaterializedViewBuilder" : "CockroachMaterializedView")
             : unfinished ? "ViewBuilder"
                          : "CockroachView";
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

using SqlType = Fact<std::optional<std::string_view>>;

ViewColumn view_column(ModelBuilder& builder, const ViewHost::Field& field) {
  ViewColumn column;
  column.key = builder.keep(field.key);
  column.name = column.key;
  column.sql_type = SqlType(std::optional<std::string_view>());
  const auto* sql = field.value.host_as<SqlHost>();
  if (const auto* host = field.value.host_as<ColumnHost>()) {
    column.name = builder.keep(cased_name(builder.in, *host));
    const Fact<std::string_view> type = builder.keep(host->sql_type);
    column.sql_type = type.known() ? SqlType(std::optional(type.value())) : SqlType(type.unknown());
    column.not_null = host->not_null;
  } else if (sql != nullptr && sql->alias) {
    column.name = builder.keep(*sql->alias);
  } else if (const auto* reference = field.value.host_as<FieldReference>()) {
    column.name = builder.keep(reference->aliased->alias.value_or(""));
  } else if (field.value.is(Tag::kUnknown)) {
    column.name = builder.keep(Fact<std::string_view>(field.value.as_unknown()));
    column.sql_type = SqlType(builder.keep(field.value.as_unknown()));
  } else if (sql != nullptr) {
    // drizzle-orm throws when anybody looks at it.
    column.name = builder.keep(Fact<std::string_view>(Unknown{"an expression without alias has no column name", sql->span}));
  }
  return column;
}

}  // namespace

View build_view(ModelBuilder& builder, const ViewHost& host, std::string_view export_name) {
  using Query = Fact<std::optional<std::string_view>>;
  View view;
  view.export_name = builder.keep(export_name);
  view.name = builder.keep(host.name);
  if (host.schema) view.schema = builder.keep(*host.schema);
  view.materialized = host.materialized;
  view.existing = host.existing;
  view.span = host.span;
  const Unknown* incomplete = host.selection_incomplete != nullptr ? host.selection_incomplete : host.tainted;
  view.columns_incomplete = incomplete != nullptr;
  if (incomplete != nullptr) builder.not_read(*incomplete);
  view.query = Query(std::optional<std::string_view>());
  if (!host.existing) {
    const Fact<SqlText> query = builder.keep(sql_text(builder.in, host.dialect, host.query));
    view.query = query.known() ? Query(std::optional(query.value().text)) : Query(query.unknown());
  }
  std::vector<ViewColumn> columns;
  for (const ViewHost::Field& field : host.selection) columns.push_back(view_column(builder, field));
  view.columns = text::copy(builder.arena, columns);
  std::vector<Option> options;
  for (const std::string_view name : kOptions) {
    const Property* option = host.options == nullptr ? nullptr : host.options->find(name);
    if (option == nullptr || option->value.is(Tag::kUndefined)) continue;
    const auto json = program::to_json(builder.in, option->value);
    if (json) options.push_back({name, builder.keep(*json)});
    else builder.not_read({"an option of the view is not known", option->span});
  }
  view.options = text::copy(builder.arena, options);
  return view;
}

}  // namespace drizzle_audit::schema
