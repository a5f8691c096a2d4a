// The query builder's hosts and methods: drizzle-orm/pg-core/query-builders/{query-builder,select}.ts, selection-proxy.ts, alias.ts.
#include "schema/select.h"

#include <algorithm>
#include <array>

#include "program/operators.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

constexpr std::string_view kNotModelled = "this part of a query is not read";

struct SetOperatorName {
  std::string_view name, type;
  bool all;
};
constexpr auto kSetOperators = std::to_array<SetOperatorName>({{"union", "union", false},
                                                               {"unionAll", "union", true},
                                                               {"intersect", "intersect", false},
                                                               {"intersectAll", "intersect", true},
                                                               {"except", "except", false},
                                                               {"exceptAll", "except", true}});

const SetOperatorName* set_operator(std::string_view name) {
  const auto* const found = std::ranges::find(kSetOperators, name, &SetOperatorName::name);
  return found == kSetOperators.end() ? nullptr : found;
}

/// getTableLikeName(): none for SQL.
std::optional<std::string_view> table_like_name(const Value& table) {
  if (const auto* host = table.host_as<TableHost>()) return host->name.known() ? std::optional(host->name.value()) : std::nullopt;
  if (const auto* subquery = table.host_as<SubqueryHost>()) return subquery->alias;
  if (const auto* view = table.host_as<ViewHost>()) return view->name.known() ? std::optional(view->name.value()) : std::nullopt;
  return std::nullopt;
}

/// The columns or fields that a table, view or subquery offers; null when it is none of them.
program::Object* fields_of(Interpreter& in, const Value& table, Span at) {
  program::Object* fields = in.make_object();
  if (const auto* host = table.host_as<TableHost>()) {
    for (ColumnHost* column : host->columns)
      fields->set({column->key, Value::host(column), column->property_span, column->key_span, false});
    fields->incomplete = host->columns_incomplete != nullptr ? host->columns_incomplete : host->tainted;
    return fields;
  }
  if (table.host_as<SubqueryHost>() == nullptr && table.host_as<ViewHost>() == nullptr) return nullptr;
  std::vector<Property> properties;
  fields->incomplete = in.own_properties(table, properties, at);
  for (const Property& property : properties) fields->set(property);
  return fields;
}

program::Object* copy_fields(Interpreter& in, const Value& value, Span at) {
  program::Object* fields = in.make_object();
  std::vector<Property> properties;
  fields->incomplete = in.own_properties(value, properties, at);
  for (const Property& property : properties) fields->set(property);
  return fields;
}

program::Array* to_array(Interpreter& in, std::span<const Value> values) {
  program::Array* array = in.make_array();
  array->items.assign(values.begin(), values.end());
  return array;
}

/// A method of a host as a value: `const { select } = qb`.
Value call_bound(Call& call) {
  const std::string_view name = call.in.current_native().name;
  return call.self.as_host().call_method(call, name);
}

Value add_set_operator(Call& call, SelectHost& left, const SetOperatorName& which, const Value& right) {
  SelectHost::SetOperator added;
  added.type = which.type;
  added.all = which.all;
  added.right = right;
  if (right.host_as<SelectHost>() == nullptr && left.unread == nullptr) {
    left.unread =
        &(right.is(Tag::kUnknown) ? right : call.in.unknown("the other side of a set operator is not read", call.site)).as_unknown();
  }
  left.set_operators.push_back(added);
  return Value::host(&left);
}

/// union(left, right, …rest).
Value call_set_operator(Call& call) {
  const SetOperatorName* which = set_operator(call.in.current_native().name);
  auto* left = call.argument(0).host_as<SelectHost>();
  if (left == nullptr || which == nullptr || call.arguments.size() < 2) {
    return call.argument(0).is(Tag::kUnknown) ? call.argument(0) : call.in.unknown(kNotModelled, call.site);
  }
  for (std::size_t i = 1; i < call.arguments.size(); ++i) add_set_operator(call, *left, *which, call.arguments[i]);
  return call.argument(0);
}

/// `QueryBuilder` of one dialect's module.
class QueryBuilderClass final : public Host {
 public:
  QueryBuilderClass(Environment& its_environment, Dialect its_dialect) : environment_(its_environment), dialect_(its_dialect) {}
  [[nodiscard]] std::string_view class_name() const override { return "Function"; }
  [[nodiscard]] bool is_callable() const override { return true; }
  Value get(Interpreter& in, std::string_view, Span at) override { return in.unknown(kNotModelled, at); }
  Value call(Call& call) override {
    Interpreter& in = call.in;
    const Value made = make_query_builder(in, environment_, dialect_, call.site);
    const Value config = call.argument(0);
    if (config.is_nullish()) return made;
    const Value casing = in.get(config, "casing", call.site);
    if (casing.is(Tag::kUnknown)) return casing;
    if (casing.is(Tag::kString)) {
      made.host_as<QueryBuilderHost>()->casing = casing.text() == "snake_case"  ? Casing::kSnakeCase
                                                 : casing.text() == "camelCase" ? Casing::kCamelCase
                                                                                : Casing::kNone;
    } else if (!casing.is_nullish()) {
      return in.unknown(kNotModelled, call.site);
    }
    return made;
  }

 private:
  Environment& environment_;
  Dialect dialect_;
};

/// `$with(alias, selection)`: waits for as().
class WithBuilder final : public Host {
 public:
  WithBuilder(QueryBuilderHost& builder, std::string_view alias, const Value& selection)
      : builder_(builder), alias_(alias), selection_(selection) {}
  [[nodiscard]] std::string_view class_name() const override { return "Object"; }
  Value get(Interpreter& in, std::string_view key, Span) override {
    return key == "as" ? in.make_native("as", call_bound, nullptr, Value::host(this)) : Value();
  }
  Value call_method(Call& call, std::string_view name) override {
    Interpreter& in = call.in;
    if (name != "as") return in.unknown(kNotModelled, call.site);
    Value query = call.argument(0);
    if (query.is_callable()) {
      const std::array<Value, 1> arguments{Value::host(&builder_)};
      query = in.call(query, arguments, call.site);
    }
    auto* subquery = in.make<SubqueryHost>();
    subquery->span = call.site;
    subquery->alias = alias_;
    subquery->is_with = true;
    subquery->v1 = builder_.environment.v1;
    if (auto* select = query.host_as<SelectHost>()) {
      subquery->sql = select->get_sql(in, call.site);
      const Value fields = selection_.is(Tag::kUndefined) ? select->selected_fields(in, call.site) : selection_;
      subquery->fields = fields.is(Tag::kObject) ? &fields.as_object() : copy_fields(in, fields, call.site);
    } else if (query.host_as<SqlHost>() != nullptr) {
      subquery->sql = query;
      subquery->fields = copy_fields(in, selection_, call.site);
    } else {
      return query.is(Tag::kUnknown) ? query : in.unknown(kNotModelled, call.site);
    }
    return Value::host(subquery);
  }

 private:
  QueryBuilderHost& builder_;
  std::string_view alias_;
  Value selection_;
};

}  // namespace

// ---- QueryBuilder --------------------------------------------------------------------

Value make_query_builder(Interpreter& in, Environment& environment, Dialect dialect, Span at) {
  auto* builder = in.make<QueryBuilderHost>(environment, dialect);
  builder->span = at;
  return Value::host(builder);
}

Value QueryBuilderHost::get(Interpreter& in, std::string_view key, Span at) {
  for (const std::string_view name : {"select", "selectDistinct", "selectDistinctOn", "with", "$with"}) {
    if (name == key) return in.make_native(name, call_bound, nullptr, Value::host(this));
  }
  return in.unknown(kNotModelled, at);
}

Value QueryBuilderHost::call_method(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  if (name == "select" || name == "selectDistinct" || name == "selectDistinctOn") {
    auto* made = in.make<SelectBuilderHost>(*this);
    made->span = call.site;
    // Only select() keeps the list of with().
    if (name == "select") made->with_list = with_list;
    made->distinct = name == "selectDistinct";
    if (name == "selectDistinctOn") made->distinct_on = call.argument(0);
    made->fields = call.argument(name == "selectDistinctOn" ? 1 : 0);
    return Value::host(made);
  }
  if (name == "with") {
    auto* made = in.make<QueryBuilderHost>(environment, dialect);
    made->span = call.site;
    made->casing = casing;
    made->with_list = to_array(in, call.arguments);
    return Value::host(made);
  }
  if (name == "$with") {
    if (!call.argument(0).is(Tag::kString)) return in.unknown("the alias is not known", call.site);
    auto* made = in.make<WithBuilder>(*this, call.argument(0).text(), call.argument(1));
    made->span = call.site;
    return Value::host(made);
  }
  return in.unknown(kNotModelled, call.site);
}

// ---- select() ------------------------------------------------------------------------

Value SelectBuilderHost::get(Interpreter& in, std::string_view, Span at) { return in.unknown(kNotModelled, at); }

Value SelectBuilderHost::call_method(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  if (name != "from") return in.unknown(kNotModelled, call.site);
  const Value source = call.argument(0);
  auto* select = in.make<SelectHost>(&in.memory(), builder.environment, builder.dialect);
  select->span = call.site;
  select->casing = builder.casing;
  select->table = source;
  select->table_name = table_like_name(source);
  select->distinct = distinct;
  select->distinct_on = distinct_on;
  select->with_list = with_list;
  const auto fail = [&](const Value& why) {
    if (select->unread == nullptr) select->unread = &(why.is(Tag::kUnknown) ? why : in.unknown(kNotModelled, call.site)).as_unknown();
  };
  if (call.arguments.size() > 1 && !call.argument(1).is(Tag::kUndefined)) fail(call.argument(1));  // mysql's index hints
  select->fields = in.make_object();
  if (!fields.is_nullish()) {
    select->partial = true;
    if (fields.is(Tag::kUnknown)) fail(fields);
    else select->fields = copy_fields(in, fields, call.site);
  } else if (source.host_as<SqlHost>() == nullptr) {
    if (program::Object* offered = fields_of(in, source, call.site)) select->fields = offered;
    else fail(source);
  }
  const bool known = source.host_as<SqlHost>() != nullptr || source.host_as<TableHost>() != nullptr ||
                     source.host_as<ViewHost>() != nullptr || source.host_as<SubqueryHost>() != nullptr;
  if (!known) fail(source);
  return Value::host(select);
}

Value SelectHost::get(Interpreter& in, std::string_view, Span at) { return in.unknown(kNotModelled, at); }

Value SelectHost::get_sql(Interpreter& in, Span at) {
  if (unread != nullptr) return Value::unknown(unread);
  if (tainted != nullptr) return Value::unknown(tainted);
  return build_select(in, *this, at);
}

Value SelectHost::selected_fields(Interpreter& in, Span) {
  if (unread != nullptr) return Value::unknown(unread);
  // The proxy renames the columns' table; whoever shows the fields renames it once more, so plain fields are as good.
  program::Object* copy = in.make_object();
  copy->incomplete = fields->incomplete;
  for (const Property& property : fields->properties) copy->set(property);
  return Value::object(copy);
}

Value SelectHost::fields_proxy(Interpreter& in, bool aliased_to_sql, Span at) {
  SelectionProxy proxy;
  proxy.aliased_to_sql = aliased_to_sql;
  proxy.sql_allowed = true;
  proxy.v1 = environment.v1;
  return proxied_field(in, "", Value::object(fields), proxy, at);
}

/// An argument that may be a callback of the fields.
Value SelectHost::resolve(Call& call, const Value& argument, bool aliased_to_sql) {
  if (!argument.is_callable()) return argument;
  const std::array<Value, 1> arguments{fields_proxy(call.in, aliased_to_sql, call.site)};
  return call.in.call(argument, arguments, call.site);
}

Value SelectHost::join(Call& call, std::string_view type, bool lateral) {
  Interpreter& in = call.in;
  Join added;
  added.type = type;
  added.lateral = lateral;
  added.table = call.argument(0);
  added.alias = table_like_name(added.table);
  if (call.arguments.size() > 2 && unread == nullptr) unread = &in.unknown(kNotModelled, call.site).as_unknown();
  if (added.alias && std::ranges::any_of(joins, [&](const Join& other) { return other.alias == added.alias; })) {
    in.throw_error("Alias \"" + std::string(*added.alias) + "\" is already used in this query", call.site);
  }
  if (!partial) {
    if (!nested && table_name) {
      program::Object* outer = in.make_object();
      outer->set({*table_name, Value::object(fields), call.site, call.site, false});
      fields = outer;
      nested = true;
    }
    if (added.alias) {
      if (program::Object* offered = fields_of(in, added.table, call.site)) {
        fields->set({*added.alias, Value::object(offered), call.site, call.site, false});
      }
    }
  }
  added.on = resolve(call, call.argument(1), true);
  joins.push_back(added);
  return call.self;
}

Value SelectHost::call_method(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  static constexpr std::array<std::string_view, 5> kJoins{"left", "right", "inner", "full", "cross"};
  for (const std::string_view type : kJoins) {
    if (!name.starts_with(type)) continue;
    const std::string_view rest = name.substr(type.size());
    if (rest == "Join" || rest == "JoinLateral") return join(call, type, rest == "JoinLateral");
  }
  if (name == "where") {
    where = resolve(call, call.argument(0), true);
    return call.self;
  }
  if (name == "having") {
    having = resolve(call, call.argument(0), true);
    return call.self;
  }
  if (name == "groupBy" || name == "orderBy") {
    Value list;
    if (call.argument(0).is_callable()) {
      list = resolve(call, call.argument(0), false);
      if (!list.is(Tag::kArray) && !list.is(Tag::kUnknown)) list = Value::array(to_array(in, std::array<Value, 1>{list}));
    } else {
      list = Value::array(to_array(in, call.arguments));
    }
    if (name == "groupBy") group_by = list;
    else if (set_operators.empty()) order_by = list;
    else set_operators.back().order_by = list;
    return call.self;
  }
  if (name == "limit" || name == "offset") {
    const bool is_limit = name == "limit";
    Value& slot = set_operators.empty() ? (is_limit ? limit : offset) : is_limit ? set_operators.back().limit : set_operators.back().offset;
    slot = call.argument(0);
    return call.self;
  }
  if (const SetOperatorName* which = set_operator(name)) {
    Value right = call.argument(0);
    if (right.is_callable()) {
      program::Object* operators = in.make_object();
      for (const SetOperatorName& each : kSetOperators) {
        operators->set({each.name, in.make_native(each.name, call_set_operator), call.site, call.site, false});
      }
      const std::array<Value, 1> arguments{Value::object(operators)};
      right = in.call(right, arguments, call.site);
    }
    return add_set_operator(call, *this, *which, right);
  }
  if (name == "$dynamic" || name == "$withCache") return call.self;
  if (name == "getSQL") return get_sql(in, call.site);
  if (name == "as") {
    if (!call.argument(0).is(Tag::kString)) return in.unknown("the alias is not known", call.site);
    auto* subquery = in.make<SubqueryHost>();
    subquery->span = call.site;
    subquery->alias = call.argument(0).text();
    subquery->sql = get_sql(in, call.site);
    const Value selected = selected_fields(in, call.site);
    if (!selected.is(Tag::kObject)) return selected;
    subquery->fields = &selected.as_object();
    subquery->v1 = environment.v1;
    return Value::host(subquery);
  }
  const Value why = in.unknown(kNotModelled, call.site);
  if (unread == nullptr) unread = &why.as_unknown();  // for("update") and its like change the query
  return why;
}

// ---- subqueries ----------------------------------------------------------------------

Value SubqueryHost::get(Interpreter& in, std::string_view key, Span at) {
  const Property* field = fields->find(key);
  if (field == nullptr) return fields->incomplete != nullptr ? Value::unknown(fields->incomplete) : Value();
  SelectionProxy proxy;
  proxy.alias = alias;
  proxy.v1 = v1;
  return proxied_field(in, key, field->value, proxy, at);
}

Value SubqueryHost::call_method(Call& call, std::string_view name) {
  if (name == "getSQL") return SqlBuilder(call.in, call.site).value(call.self).done();
  return call.in.unknown(kNotModelled, call.site);
}

void SubqueryHost::own_properties(Interpreter& in, std::vector<Property>& out) {
  for (const Property& property : fields->properties) {
    Property copied = property;
    copied.value = get(in, property.key, span);
    out.push_back(copied);
  }
  if (fields->incomplete != nullptr) taint(fields->incomplete);
}

// ---- exports -------------------------------------------------------------------------

namespace {

Value call_alias(Call& call) {
  Interpreter& in = call.in;
  const Value table = call.argument(0);
  const auto* host = table.host_as<TableHost>();
  if (host == nullptr) return table.is(Tag::kUnknown) ? table : in.unknown("an alias of a view or subquery is not read", call.site);
  return Value::host(make_alias(in, *host, text_fact(in, call.argument(1), call.site)));
}

}  // namespace

Value select_export(Interpreter& in, Environment& environment, Dialect dialect, std::string_view name, Span at) {
  if (name == "QueryBuilder") {
    auto* made = in.make<QueryBuilderClass>(environment, dialect);
    made->span = at;
    return Value::host(made);
  }
  if (name == "alias" || name == "aliasedTable") return in.make_native("alias", call_alias);
  if (const SetOperatorName* which = set_operator(name)) return in.make_native(which->name, call_set_operator);
  return {};
}

}  // namespace drizzle_audit::schema
