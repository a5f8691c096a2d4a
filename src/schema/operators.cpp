// The exports of "drizzle-orm": drizzle-orm/sql/expressions/*.ts, sql/functions/*.ts, utils.ts, relations.ts.
#include <algorithm>
#include <array>

#include "program/operators.h"
#include "schema/relations.h"
#include "schema/select.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

/// How an operator's operands are put together.
enum class Form : std::uint8_t {
  kCompare,   ///< left op right, right bound by left's column
  kPlain,     ///< left op right, as they are
  kPrefix,    ///< op value
  kSuffix,    ///< value op
  kIn,        ///< column op (values)
  kBetween,   ///< column op min and max
  kJoin,      ///< and, or
  kArray,     ///< column op values, all in one
  kFunction,  ///< op value )
  kDistance,  ///< column op JSON
};

struct Operator {
  std::string_view name;
  Form form;
  std::string_view text;
  std::string_view empty;  ///< kIn: what an empty list gives
};

constexpr auto kOperators = std::to_array<Operator>({
    {"eq", Form::kCompare, " = ", {}},
    {"ne", Form::kCompare, " <> ", {}},
    {"gt", Form::kCompare, " > ", {}},
    {"gte", Form::kCompare, " >= ", {}},
    {"lt", Form::kCompare, " < ", {}},
    {"lte", Form::kCompare, " <= ", {}},
    {"like", Form::kPlain, " like ", {}},
    {"notLike", Form::kPlain, " not like ", {}},
    {"ilike", Form::kPlain, " ilike ", {}},
    {"notIlike", Form::kPlain, " not ilike ", {}},
    {"not", Form::kPrefix, "not ", {}},
    {"exists", Form::kPrefix, "exists ", {}},
    {"notExists", Form::kPrefix, "not exists ", {}},
    {"isNull", Form::kSuffix, " is null", {}},
    {"isNotNull", Form::kSuffix, " is not null", {}},
    {"asc", Form::kSuffix, " asc", {}},
    {"desc", Form::kSuffix, " desc", {}},
    {"inArray", Form::kIn, " in ", "false"},
    {"notInArray", Form::kIn, " not in ", "true"},
    {"between", Form::kBetween, " between ", {}},
    {"notBetween", Form::kBetween, " not between ", {}},
    {"and", Form::kJoin, " and ", {}},
    {"or", Form::kJoin, " or ", {}},
    {"arrayContains", Form::kArray, " @> ", {}},
    {"arrayContained", Form::kArray, " <@ ", {}},
    {"arrayOverlaps", Form::kArray, " && ", {}},
    {"count", Form::kFunction, "count(", {}},
    {"countDistinct", Form::kFunction, "count(distinct ", {}},
    {"avg", Form::kFunction, "avg(", {}},
    {"avgDistinct", Form::kFunction, "avg(distinct ", {}},
    {"sum", Form::kFunction, "sum(", {}},
    {"sumDistinct", Form::kFunction, "sum(distinct ", {}},
    {"max", Form::kFunction, "max(", {}},
    {"min", Form::kFunction, "min(", {}},
    {"l2Distance", Form::kDistance, " <-> ", {}},
    {"l1Distance", Form::kDistance, " <+> ", {}},
    {"innerProduct", Form::kDistance, " <#> ", {}},
    {"cosineDistance", Form::kDistance, " <=> ", {}},
    {"hammingDistance", Form::kDistance, " <~> ", {}},
    {"jaccardDistance", Form::kDistance, " <%> ", {}},
});

/// What a native of this file knows of itself.
struct OperatorCall {
  const Operator* which;
  bool v1;
};

/// and(), or(): undefined conditions are left out.
Value join_conditions(Call& call, const Operator& which, bool v1) {
  std::vector<Value> conditions;
  for (const Value& condition : call.arguments) {
    if (!condition.is(Tag::kUndefined)) conditions.push_back(condition);
  }
  if (conditions.empty()) return {};
  SqlBuilder joined(call.in, call.site);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (i > 0) joined.text(which.text);
    if (v1 && conditions.size() > 1) joined.value(SqlBuilder(call.in, call.site).text("(").value(conditions[i]).text(")").done());
    else joined.value(conditions[i]);
  }
  if (conditions.size() == 1) return joined.done();
  return SqlBuilder(call.in, call.site).text("(").value(joined.done()).text(")").done();
}

Value in_list(Call& call, const Operator& which) {
  Interpreter& in = call.in;
  const Value column = call.argument(0);
  const Value values = call.argument(1);
  SqlBuilder sql(in, call.site);
  if (!values.is(Tag::kArray)) return sql.value(column).text(which.text).operand(values, column).done();
  const program::Array& given = values.as_array();
  if (given.incomplete != nullptr) return sql.value(Value::unknown(given.incomplete)).done();
  if (given.items.empty()) return sql.text(which.empty).done();
  sql.value(column).text(which.text).text("(");
  for (std::size_t i = 0; i < given.items.size(); ++i) {
    if (i > 0) sql.text(", ");
    sql.operand(given.items[i], column);
  }
  return sql.text(")").done();
}

Value call_operator(Call& call) {
  Interpreter& in = call.in;
  const auto [self, v1] = *static_cast<const OperatorCall*>(in.current_native().data);
  const Operator& which = *self;
  const Value left = call.argument(0);
  const Value right = call.argument(1);
  SqlBuilder sql(in, call.site);
  switch (which.form) {
    case Form::kCompare: return sql.value(left).text(which.text).operand(right, left).done();
    case Form::kPlain: return sql.value(left).text(which.text).value(right).done();
    case Form::kPrefix:
      if (v1 && which.name == "not" && left.host_as<SqlHost>() != nullptr && !left.host_as<SqlHost>()->alias) {
        return sql.text("not (").value(left).text(")").done();
      }
      return sql.text(which.text).value(left).done();
    case Form::kSuffix:
      if (v1 && which.name.starts_with("is")) return sql.text("(").value(left).text(which.text).text(")").done();
      return sql.value(left).text(which.text).done();
    case Form::kIn: return in_list(call, which);
    case Form::kBetween: return sql.value(left).text(which.text).operand(right, left).text(" and ").operand(call.argument(2), left).done();
    case Form::kJoin: return join_conditions(call, which, v1);
    case Form::kArray:
      if (right.is(Tag::kArray) && right.as_array().items.empty() && right.as_array().incomplete == nullptr) {
        in.throw_error(std::string(which.name) + " requires at least one value", call.site);
      }
      if (v1 && right.is(Tag::kArray) && left.host_as<ColumnHost>() == nullptr)
        return sql.value(left).text(which.text).param(right, nullptr).done();
      return sql.value(left).text(which.text).operand(right, left).done();
    case Form::kFunction:
      sql.text(which.text);
      if (which.name == "count") {
        const auto given = program::truthy(left);
        if (given && !*given) sql.text("*");
        else sql.value(left);
      } else {
        sql.value(left);
      }
      return sql.text(")").done();
    case Form::kDistance: {
      if (!right.is(Tag::kArray)) return sql.value(left).text(which.text).value(right).done();
      const auto json = program::to_json(in, right);
      return sql.value(left).text(which.text).value(json ? in.make_string(*json) : in.unknown("the vector is not known", call.site)).done();
    }
  }
  return {};
}

// ---- tables ---------------------------------------------------------------------------

Value call_get_columns(Call& call) {
  Interpreter& in = call.in;
  const Value table = call.argument(0);
  if (table.is(Tag::kUnknown)) return table;
  const auto* host = table.host_as<TableHost>();
  program::Object* columns = in.make_object();
  if (host == nullptr) {
    if (table.host_as<ViewHost>() == nullptr && table.host_as<SubqueryHost>() == nullptr)
      return in.unknown("its columns are not known", call.site);
    std::vector<Property> properties;
    columns->incomplete = in.own_properties(table, properties, call.site);
    for (const Property& property : properties) columns->set(property);
    return Value::object(columns);
  }
  for (ColumnHost* column : host->columns) columns->set({column->key, Value::host(column), column->property_span, column->key_span, false});
  columns->incomplete = host->columns_incomplete != nullptr ? host->columns_incomplete : host->tainted;
  return Value::object(columns);
}

Value name_value(Interpreter& in, const Fact<std::string_view>& name) {
  return name.known() ? Value::string(name.value()) : in.unknown(name.unknown().reason, name.unknown().span);
}

Value call_get_name(Call& call) {
  const Value table = call.argument(0);
  if (const auto* host = table.host_as<TableHost>()) return name_value(call.in, host->name);
  if (const auto* view = table.host_as<ViewHost>()) return name_value(call.in, view->name);
  return table.is(Tag::kUnknown) ? table : call.in.unknown("its name is not known", call.site);
}

Value call_get_unique_name(Call& call) {
  Interpreter& in = call.in;
  const Value table = call.argument(0);
  const auto* host = table.host_as<TableHost>();
  if (host == nullptr) return table.is(Tag::kUnknown) ? table : in.unknown("its name is not known", call.site);
  if (!host->name.known()) return name_value(in, host->name);
  if (!host->schema.known()) return in.unknown(host->schema.unknown().reason, host->schema.unknown().span);
  return in.make_string(std::string(host->schema.value().value_or("public")) + "." + std::string(host->name.value()));
}

Value call_sql_name(Call& call) {
  if (!call.argument(0).is(Tag::kString)) return call.in.unknown("the name is not known", call.site);
  return SqlBuilder(call.in, call.site).name(call.argument(0).text()).done();
}

Value call_relations(Call& call) {
  auto* made = call.in.make<RelationsHost>();
  made->span = call.site;
  made->table = call.argument(0);
  made->callback = call.argument(1);
  if (auto* table = made->table.host_as<TableHost>()) table->environment.relations.push_back(made);
  return Value::host(made);
}

/// What is exported, but not evaluated.
constexpr auto kOperatorsNotRead = std::to_array<std::string_view>({"is",
                                                                    "isTable",
                                                                    "isView",
                                                                    "isSQLWrapper",
                                                                    "isDriverValueEncoder",
                                                                    "Table",
                                                                    "Column",
                                                                    "View",
                                                                    "SQL",
                                                                    "Param",
                                                                    "Name",
                                                                    "Placeholder",
                                                                    "StringChunk",
                                                                    "Subquery",
                                                                    "WithSubquery",
                                                                    "Relation",
                                                                    "Relations",
                                                                    "One",
                                                                    "Many",
                                                                    "entityKind",
                                                                    "hasOwnEntityKind",
                                                                    "extractTablesRelationalConfig",
                                                                    "extractTablesFromSchema",
                                                                    "createTableRelationsHelpers",
                                                                    "createOne",
                                                                    "createMany",
                                                                    "normalizeRelation",
                                                                    "mapRelationalRow",
                                                                    "createRelationsHelper",
                                                                    "processRelations",
                                                                    "buildRelations",
                                                                    "buildRelationsParts",
                                                                    "getOperators",
                                                                    "getOrderByOperators",
                                                                    "aliasedTableColumn",
                                                                    "aliasedRelation",
                                                                    "aliasedColumn",
                                                                    "mapColumnsInSQLToAlias",
                                                                    "mapColumnsInAliasedSQLToAlias",
                                                                    "fillPlaceholders",
                                                                    "noopDecoder",
                                                                    "noopEncoder",
                                                                    "noopMapper",
                                                                    "bindIfParam",
                                                                    "QueryPromise",
                                                                    "DefaultLogger",
                                                                    "ConsoleLogWriter",
                                                                    "NoopLogger",
                                                                    "DrizzleError",
                                                                    "TransactionRollbackError",
                                                                    "DrizzleQueryError",
                                                                    "ColumnBuilder",
                                                                    "orderSelectedFields",
                                                                    "haveSameKeys",
                                                                    "mapResultRow",
                                                                    "mapUpdateSet",
                                                                    "applyMixins",
                                                                    "getTableLikeName",
                                                                    "getColumnNameAndConfig",
                                                                    "isConfig",
                                                                    "ViewBaseConfig",
                                                                    "OriginalName",
                                                                    "BaseName",
                                                                    "IsAlias",
                                                                    "ExtraConfigBuilder",
                                                                    "ExtraConfigColumns",
                                                                    "Columns",
                                                                    "Schema",
                                                                    "TableName",
                                                                    "sqlCommenter"});

}  // namespace

Value orm_export(Interpreter& in, Environment& environment, std::string_view name, Span at) {
  if (name == "sql") return sql_tag(in, at);
  const auto* const found = std::ranges::find(kOperators, name, &Operator::name);
  if (found != kOperators.end()) {
    auto* self = in.make<OperatorCall>();
    *self = {found, environment.v1};
    return in.make_native(found->name, call_operator, self);
  }
  if (name == "getTableColumns" || name == "getColumns" || name == "getViewSelectedFields")
    return in.make_native("getTableColumns", call_get_columns);
  if (name == "getTableName" || name == "getViewName") return in.make_native("getTableName", call_get_name);
  if (name == "getTableUniqueName") return in.make_native("getTableUniqueName", call_get_unique_name);
  if (name == "name") return in.make_native("name", call_sql_name);
  if (name == "param" || name == "placeholder") return in.get(sql_tag(in, at), name, at);
  if (name == "aliasedTable" || name == "alias") return select_export(in, environment, Dialect::kPostgresql, "alias", at);
  // 1.0 keeps the old API in "drizzle-orm/_relations" only; 0.x does not know the new one.
  if (name == "relations" && !environment.v1) return in.make_native("relations", call_relations);
  if (environment.v1 && (name == "defineRelations" || name == "defineRelationsPart"))
    return define_relations(in, environment, name == "defineRelationsPart");
  if (std::ranges::find(kOperatorsNotRead, name) != kOperatorsNotRead.end()) {
    return in.unknown_copy("drizzle-orm's '" + std::string(name) + "' is not evaluated", at);
  }
  return {};
}

}  // namespace drizzle_audit::schema
