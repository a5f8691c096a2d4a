// The few functions that belong to the model's plain structs.
#include "drizzle_audit/model.h"

#include <algorithm>

namespace drizzle_audit {

std::string_view to_string(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPostgresql: return "postgresql";
    case Dialect::kMysql: return "mysql";
    case Dialect::kSqlite: return "sqlite";
    case Dialect::kSinglestore: return "singlestore";
    case Dialect::kMssql: return "mssql";
    case Dialect::kCockroach: return "cockroach";
  }
  return {};
}

const Column* find_column_by_key(const Table& table, std::string_view key) {
  const auto found = std::ranges::find(table.columns, key, &Column::key);
  return found == table.columns.end() ? nullptr : &*found;
}

const Column* find_column(const Table& table, std::string_view name) {
  const auto found = std::ranges::find_if(table.columns, [&](const Column& column) { return column.name.is(name); });
  return found == table.columns.end() ? nullptr : &*found;
}

bool same_columns(std::span<const Column* const> a, std::span<const Column* const> b) {
  return a.size() == b.size() && std::ranges::all_of(a, [&](const Column* column) { return std::ranges::find(b, column) != b.end(); });
}

bool is_key(const Table& table, std::span<const Column* const> columns) {
  if (columns.empty()) return false;
  for (const PrimaryKey& key : table.primary_keys) {
    if (same_columns(key.columns, columns)) return true;
  }
  for (const Unique& unique : table.uniques) {
    if (same_columns(unique.columns, columns)) return true;
  }
  return std::ranges::any_of(table.indexes, [&](const Index& index) {
    if (!index.unique || index.where || index.columns.size() != columns.size()) return false;
    return std::ranges::all_of(index.columns, [&](const IndexColumn& part) {
      return part.column != nullptr && std::ranges::find(columns, part.column) != columns.end();
    });
  });
}

std::string column_name(const Column& column) { return std::string(column.name.value_or(column.key)); }

std::vector<std::string> column_names(std::span<const Column* const> columns) {
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const Column* column : columns) names.push_back(column_name(*column));
  return names;
}

std::string display_name(const Table& table) {
  const std::string name(table.name.value_or("?"));
  const std::optional<std::string_view>* schema = table.schema.get();
  return schema != nullptr && schema->has_value() ? std::string(**schema) + "." + name : name;
}

}  // namespace drizzle_audit
