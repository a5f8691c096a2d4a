// The query builder, as far as views and conditions use it: qb.select().from()…, subqueries, `$with`, set operators.
//
// Hosts mirror PgSelectBuilder, PgSelect and Subquery of drizzle-orm and their namesakes of other dialects; their SQL is built when
// somebody asks for it, as dialect.buildSelectQuery() does (select_sql.cpp). What is not modelled makes the whole query Unknown.
#pragma once

#include <optional>
#include <string_view>

#include "schema/hosts.h"

namespace drizzle_audit::schema {

/// `new QueryBuilder()`, and the `qb` of a view's callback.
struct QueryBuilderHost final : Host {
  QueryBuilderHost(Environment& its_environment, Dialect its_dialect) : environment(its_environment), dialect(its_dialect) {}
  [[nodiscard]] std::string_view class_name() const override { return "QueryBuilder"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;

  Environment& environment;
  Dialect dialect;
  Casing casing = Casing::kNone;  ///< its own, not drizzle.config's
  program::Array* with_list = nullptr;
};

/// What select() returned: it waits for from().
struct SelectBuilderHost final : Host {
  explicit SelectBuilderHost(QueryBuilderHost& its_builder) : builder(its_builder) {}
  [[nodiscard]] std::string_view class_name() const override { return "SelectBuilder"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;

  QueryBuilderHost& builder;
  Value fields;
  bool distinct = false;
  Value distinct_on;  ///< array, or undefined
  program::Array* with_list = nullptr;
};

struct SelectHost final : Host {
  struct Join {
    std::string_view type;
    bool lateral = false;
    Value table;
    Value on;
    std::optional<std::string_view> alias;
  };
  struct SetOperator {
    std::string_view type;
    bool all = false;
    Value right;
    Value order_by, limit, offset;
  };

  SelectHost(std::pmr::memory_resource* memory, Environment& its_environment, Dialect its_dialect)
      : environment(its_environment), dialect(its_dialect), joins(memory), set_operators(memory) {}
  [[nodiscard]] std::string_view class_name() const override { return "Select"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;
  /// SQL, or Unknown.
  Value get_sql(Interpreter& in, Span at);
  /// getSelectedFields(), as the view or subquery called `alias` sees them.
  Value selected_fields(Interpreter& in, Span at);

  Environment& environment;
  Dialect dialect;
  Casing casing = Casing::kNone;
  program::Object* fields = nullptr;
  bool partial = false;
  Value table;
  std::optional<std::string_view> table_name;
  std::pmr::vector<Join> joins;
  bool nested = false;  ///< the fields were put under the table's name
  Value where, having, group_by, order_by, limit, offset;
  bool distinct = false;
  Value distinct_on;
  program::Array* with_list = nullptr;
  std::pmr::vector<SetOperator> set_operators;
  const Unknown* unread = nullptr;

 private:
  Value join(Call& call, std::string_view type, bool lateral);
  Value fields_proxy(Interpreter& in, bool aliased_to_sql, Span at);
  Value resolve(Call& call, const Value& argument, bool aliased_to_sql);
};

/// select.as(alias), `$with(alias).as(…)`.
struct SubqueryHost final : Host {
  [[nodiscard]] std::string_view class_name() const override { return is_with ? "WithSubquery" : "Subquery"; }
  Value get(Interpreter& in, std::string_view key, Span at) override;
  Value call_method(Call& call, std::string_view name) override;
  void own_properties(Interpreter& in, std::vector<Property>& out) override;

  std::string_view alias;
  Value sql;
  program::Object* fields = nullptr;
  bool is_with = false;
  bool v1 = false;
};

/// How SelectionProxyHandler hands out a field.
struct SelectionProxy {
  std::optional<std::string_view> alias;
  bool aliased_to_sql = false;    ///< sqlAliasedBehavior: "sql"
  bool sql_allowed = false;       ///< sqlBehavior: "sql"
  bool replace_original = false;  ///< replaceOriginalName
  bool v1 = false;
};
/// The field as the proxy gives it. Throws as drizzle-orm does for an expression without alias.
[[nodiscard]] Value proxied_field(Interpreter& in, std::string_view key, const Value& field, const SelectionProxy& proxy, Span at);

/// aliasedTable(): the table under another name.
[[nodiscard]] TableHost* make_alias(Interpreter& in, const TableHost& table, const Fact<std::string_view>& alias);
/// The column under `table`, an alias of its own table.
[[nodiscard]] ColumnHost* alias_column(Interpreter& in, const ColumnHost& column, TableHost& table);
/// CasingCache.getColumnCasing() of a dialect with `casing`.
[[nodiscard]] Fact<std::string_view> query_column_name(Interpreter& in, const ColumnHost& column, Casing casing);
/// dialect.buildSelectQuery(): SQL, or Unknown.
[[nodiscard]] Value build_select(Interpreter& in, SelectHost& select, Span at);

/// `QueryBuilder`, `alias`, `union` and the other set operators of "drizzle-orm/pg-core" and its like; undefined for any other name.
[[nodiscard]] Value select_export(Interpreter& in, Environment& environment, Dialect dialect, std::string_view name, Span at);
/// The `qb` that a view's callback gets.
[[nodiscard]] Value make_query_builder(Interpreter& in, Environment& environment, Dialect dialect, Span at);

}  // namespace drizzle_audit::schema
