// dialect.buildSelectQuery() of drizzle-orm: how a select() is put into SQL. PostgreSQL's is the model; mysql's and sqlite's differ little.
#include <array>
#include <string>
#include <vector>

#include "program/operators.h"
#include "schema/select.h"
#include "schema/sql.h"

namespace drizzle_audit::schema {
namespace {

/// A selected field with its path among the keys.
struct SelectedField {
  std::string path;
  Value field;
};

class SelectWriter {
 public:
  SelectWriter(Interpreter& in, SelectHost& select, Span at) : in_(in), select_(select), at_(at) {}

  Value write() {
    if (select_.dialect == Dialect::kMssql) return in_.unknown("queries of mssql are not read", at_);
    if (select_.fields->incomplete != nullptr) return Value::unknown(select_.fields->incomplete);
    if (!order_fields(*select_.fields, "")) return why_;
    if (!check_tables()) return why_;
    SqlBuilder sql(in_, at_);
    with_list(sql);
    sql.text("select");
    if (select_.distinct) sql.text(" distinct");
    if (select_.distinct_on.is(Tag::kUnknown)) return select_.distinct_on;
    if (select_.distinct_on.is(Tag::kArray)) {
      sql.text(" distinct on (");
      list(sql, select_.distinct_on);
      sql.text(")");
    }
    sql.text(" ");
    selection(sql);
    sql.text(" from ");
    from_table(sql, select_.table);
    joins(sql);
    if (!clause(sql, " where ", select_.where)) return why_;
    if (!list_clause(sql, " group by ", select_.group_by, "")) return why_;
    if (!clause(sql, " having ", select_.having)) return why_;
    if (!list_clause(sql, " order by ", select_.order_by, "")) return why_;
    limits(sql, select_.limit, select_.offset);
    Value query = sql.done();
    if (select_.set_operators.empty()) return query;
    if (select_.environment.v1) return in_.unknown("set operators of drizzle-orm 1.0 are not read", at_);
    for (const SelectHost::SetOperator& each : select_.set_operators) {
      query = set_operation(query, each);
      if (query.is(Tag::kUnknown)) return query;
    }
    return query;
  }

 private:
  bool fail(const Value& why, std::string_view reason) {
    why_ = why.is(Tag::kUnknown) ? why : in_.unknown(reason, at_);
    return false;
  }

  bool order_fields(const program::Object& fields, const std::string& prefix) {  // orderSelectedFields
    if (fields.incomplete != nullptr) return fail(Value::unknown(fields.incomplete), "");
    for (const Property& property : fields.properties) {
      const std::string path = prefix.empty() ? std::string(property.key) : prefix + "->" + std::string(property.key);
      const Value& field = property.value;
      if (field.host_as<ColumnHost>() != nullptr || field.host_as<SqlHost>() != nullptr || field.host_as<FieldReference>() != nullptr ||
          field.host_as<SubqueryHost>() != nullptr) {
        fields_.push_back({path, field});
      } else if (const auto* table = field.host_as<TableHost>()) {
        if (table->columns_incomplete != nullptr) return fail(Value::unknown(table->columns_incomplete), "");
        for (ColumnHost* column : table->columns) fields_.push_back({path, Value::host(column)});
      } else if (field.is(Tag::kObject)) {
        if (!order_fields(field.as_object(), path)) return false;
      } else {
        return fail(field, "a selected field is not read");
      }
    }
    return true;
  }

  /// drizzle-orm throws when a selected column's table is not part of the query.
  bool check_tables() {
    for (const SelectedField& field : fields_) {
      const auto* column = field.field.host_as<ColumnHost>();
      if (column == nullptr) continue;
      const TableHost& table = *column->table;
      if (!table.name.known()) return fail(in_.unknown(table.name.unknown().reason, table.name.unknown().span), "");
      const std::string_view name = table.name.value();
      if (select_.table_name && *select_.table_name == name) continue;
      bool joined = false;
      for (const SelectHost::Join& join : select_.joins) joined = joined || (join.alias && *join.alias == name);
      if (joined) continue;
      return fail({}, in_.make_string("drizzle-orm throws: the field \"" + field.path + "\" is a column of \"" + std::string(name) +
                                      "\", which is not part of the query")
                          .text());
    }
    return true;
  }

  void with_list(SqlBuilder& sql) {  // buildWithCTE
    if (select_.with_list == nullptr || select_.with_list->items.empty()) return;
    sql.text("with ");
    bool first = true;
    for (const Value& each : select_.with_list->items) {
      if (!first) sql.text(", ");
      first = false;
      if (const auto* subquery = each.host_as<SubqueryHost>()) sql.name(subquery->alias).text(" as (").value(subquery->sql).text(")");
      else sql.value(each.is(Tag::kUnknown) ? each : in_.unknown("a part of with() is not read", at_));
    }
    sql.text(" ");
  }

  [[nodiscard]] bool single_table() const { return select_.joins.empty(); }

  Fact<std::string_view> column_name(const ColumnHost& column) { return query_column_name(in_, column, select_.casing); }

  /// The SQL, with its own columns bare when there is one table only.
  Value bare(const SqlHost& sql) {
    if (!single_table() || sql.unread != nullptr) return without_alias(in_, sql);
    SqlBuilder made(in_, sql.span);
    for (const Chunk& chunk : sql.chunks) {
      const auto* column = chunk.kind == Chunk::Kind::kValue ? chunk.value.host_as<ColumnHost>() : nullptr;
      if (column != nullptr && (select_.dialect == Dialect::kSqlite || column->table->dialect == select_.dialect))
        made.name(column_name(*column));
      else made.host().chunks.push_back(chunk);
    }
    made.host().taint(sql.tainted);
    // Until 1.0 the copy forgets that its values were to be written inline.
    if (select_.environment.v1) made.host().inline_params = sql.inline_params;
    return made.done();
  }

  void selection(SqlBuilder& sql) {  // buildSelection
    const bool sqlite = select_.dialect == Dialect::kSqlite;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const Value& field = fields_[i].field;
      if (i > 0) sql.text(", ");
      if (const auto* reference = field.host_as<FieldReference>()) {
        if (!single_table() && reference->origin) sql.name(*reference->origin).text(".");
        sql.name(reference->aliased->alias.value_or(""));
      } else if (const auto* expression = field.host_as<SqlHost>()) {
        sql.value(bare(*expression));
        if (expression->alias) sql.text(" as ").name(*expression->alias);
      } else if (const auto* column = field.host_as<ColumnHost>()) {
        const bool cast = sqlite && column->column_type == "SQLiteNumericBigInt";
        if (cast) sql.text("cast(");
        if (single_table()) sql.name(column_name(*column));
        else if (sqlite) sql.name(column->table->name).text(".").name(column_name(*column));
        else sql.value(field);
        if (cast) sql.text(" as text)");
      } else {
        sql.value(field);
      }
    }
  }

  /// "schema"."table" "alias".
  void table_with_alias(SqlBuilder& sql, const TableHost& table) {
    const TableHost& original = table.original != nullptr ? *table.original : table;
    if (!table.schema.known()) sql.value(in_.unknown(table.schema.unknown().reason, table.schema.unknown().span));
    else if (table.schema.value() && !table.schema.value()->empty()) sql.name(*table.schema.value()).text(".");
    sql.name(original.name);
    if (table.is_alias) sql.text(" ").name(table.name);
  }

  void from_table(SqlBuilder& sql, const Value& table) {
    const auto* host = table.host_as<TableHost>();
    if (host != nullptr && host->is_alias) table_with_alias(sql, *host);
    else sql.value(table);
  }

  void joins(SqlBuilder& sql) {
    for (const SelectHost::Join& join : select_.joins) {
      sql.text(" ").text(join.type).text(" join").text(join.lateral ? " lateral " : " ");
      if (const auto* table = join.table.host_as<TableHost>()) table_with_alias(sql, *table);
      else if (is_sql_wrapper(join.table)) sql.value(join.table);
      else sql.value(join.table.is(Tag::kUnknown) ? join.table : in_.unknown("a joined table is not read", at_));
      if (!join.on.is_nullish()) sql.text(" on ").value(join.on);
    }
  }

  bool clause(SqlBuilder& sql, std::string_view keyword, const Value& value) {
    const auto given = program::truthy(value);
    if (!given) return fail(value, "a condition is not known");
    if (*given) sql.text(keyword).value(value);
    return true;
  }

  void list(SqlBuilder& sql, const Value& values) {
    if (values.as_array().incomplete != nullptr) sql.value(Value::unknown(values.as_array().incomplete));
    bool first = true;
    for (const Value& value : values.as_array().items) {
      if (!first) sql.text(", ");
      first = false;
      sql.value(value);
    }
  }

  bool list_clause(SqlBuilder& sql, std::string_view keyword, const Value& values, std::string_view after) {
    if (values.is(Tag::kUndefined)) return true;
    if (!values.is(Tag::kArray)) return fail(values, "a list of columns is not known");
    if (values.as_array().items.empty() && values.as_array().incomplete == nullptr) return true;
    sql.text(keyword);
    list(sql, values);
    sql.text(after);
    return true;
  }

  void limits(SqlBuilder& sql, const Value& limit, const Value& offset) {
    const bool number = limit.is(Tag::kNumber) && limit.as_number() >= 0;
    if (number || limit.is(Tag::kNull) || limit.is(Tag::kHost) || limit.is(Tag::kObject) || limit.is(Tag::kUnknown)) {
      sql.text(" limit ").value(limit);
    }
    if (offset.is(Tag::kUnknown) || program::truthy(offset).value_or(true)) sql.text(" offset ").value(offset);
  }

  Value set_operation(const Value& left, const SelectHost::SetOperator& each) {  // buildSetOperationQuery
    auto* right = each.right.host_as<SelectHost>();
    if (right == nullptr) return in_.unknown("the other side of a set operator is not read", at_);
    const bool sqlite = select_.dialect == Dialect::kSqlite;
    const Value right_sql = right->get_sql(in_, at_);
    SqlBuilder sql(in_, at_);
    sql.text(sqlite ? "" : "(").value(left).text(sqlite ? " " : ") ").text(each.type).text(each.all ? " all " : " ");
    sql.text(sqlite ? "" : "(").value(right_sql).text(sqlite ? "" : ")");
    if (each.order_by.is(Tag::kUnknown)) return each.order_by;
    if (each.order_by.is(Tag::kArray) && !each.order_by.as_array().items.empty()) {
      sql.text(" order by ");
      bool first = true;
      for (const Value& value : each.order_by.as_array().items) {
        if (!first) sql.text(", ");
        first = false;
        order_of_set(sql, value);
      }
      if (!sqlite) sql.text(" ");
    }
    limits(sql, each.limit, each.offset);
    return sql.done();
  }

  /// The columns of the result have no table.
  void order_of_set(SqlBuilder& sql, const Value& value) {
    const bool mysql = select_.dialect == Dialect::kMysql || select_.dialect == Dialect::kSinglestore;
    if (const auto* column = value.host_as<ColumnHost>()) {
      if (mysql) sql.name(column_name(*column));
      else sql.name(column->name);
      return;
    }
    const auto* given = value.host_as<SqlHost>();
    if (given == nullptr || given->alias || given->unread != nullptr) {
      sql.value(value);
      return;
    }
    for (const Chunk& chunk : given->chunks) {
      const auto* column = chunk.kind == Chunk::Kind::kValue ? chunk.value.host_as<ColumnHost>() : nullptr;
      if (column == nullptr) sql.host().chunks.push_back(chunk);
      else if (select_.dialect == Dialect::kPostgresql || select_.dialect == Dialect::kCockroach) sql.name(column->name);
      else sql.name(column_name(*column));
    }
  }

  Interpreter& in_;
  SelectHost& select_;
  Span at_;
  std::vector<SelectedField> fields_;
  Value why_;
};

}  // namespace

Value build_select(Interpreter& in, SelectHost& select, Span at) { return SelectWriter(in, select, at).write(); }

}  // namespace drizzle_audit::schema
