#include "_shared/keys.h"

#include <algorithm>

namespace drizzle_audit::rules {
namespace {

bool same_columns(std::span<const Column* const> a, std::span<const Column* const> b) {
  return a.size() == b.size() &&
         std::all_of(a.begin(), a.end(), [&](const Column* column) { return std::find(b.begin(), b.end(), column) != b.end(); });
}

/// "varchar(255)" → "varchar", "bigserial" → "bigint".
std::string key_type(const Column& column) {
  std::string type(column.sql_type.value());
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const bool is_array = type.find('[') != std::string::npos;
  if (const std::size_t open = type.find('('); open != std::string::npos && !is_array) {
    const std::size_t close = type.find(')', open);
    // The precision of a number decides its values; the length of a string only how many fit.
    const bool is_text = type.compare(0, open, "varchar") == 0 || type.compare(0, open, "char") == 0 || type.compare(0, open, "int") == 0 ||
                         type.compare(0, open, "bigint") == 0 || type.compare(0, open, "nvarchar") == 0 ||
                         type.compare(0, open, "text") == 0;
    if (is_text && close != std::string::npos) type.erase(open, close - open + 1);
  }
  if (type == "serial") return column.table != nullptr && column.table->dialect == Dialect::kMysql ? "bigint unsigned" : "integer";
  if (type == "serial auto_increment") return "bigint unsigned";
  if (type == "int" || type == "int4" || type == "serial4") return "integer";
  if (type == "bigserial" || type == "int8" || type == "serial8") return "bigint";
  if (type == "smallserial" || type == "int2") return "smallint";
  return type;
}

}  // namespace

std::vector<const Column*> primary_key(const Table& table) {
  if (table.primary_keys.size() != 1) return {};
  const PrimaryKey& key = table.primary_keys.front();
  return {key.columns.begin(), key.columns.end()};
}

bool is_key(const Table& table, std::span<const Column* const> columns) {
  if (columns.empty()) return false;
  for (const PrimaryKey& key : table.primary_keys) {
    if (same_columns(key.columns, columns)) return true;
  }
  for (const Unique& unique : table.uniques) {
    if (same_columns(unique.columns, columns)) return true;
  }
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    if (!index.unique || index.where || index.columns.size() != columns.size()) return false;
    return std::all_of(index.columns.begin(), index.columns.end(), [&](const IndexColumn& part) {
      return part.column != nullptr && std::find(columns.begin(), columns.end(), part.column) != columns.end();
    });
  });
}

bool same_key_type(const Column& a, const Column& b) {
  if (!a.sql_type.known() || !b.sql_type.known() || a.unread_chain || b.unread_chain) return false;
  return a.dimensions == b.dimensions && key_type(a) == key_type(b);
}

TableRef table_ref(const Table& table) {
  TableRef ref;
  ref.table = table.name.value_or("");
  if (table.schema.known() && table.schema.value()) ref.schema = std::string(*table.schema.value());
  return ref;
}

Subject table_subject(SubjectKind kind, const Table& table) {
  TableRef ref = table_ref(table);
  Subject subject;
  subject.kind = kind;
  subject.schema = std::move(ref.schema);
  subject.table = std::move(ref.table);
  return subject;
}

std::string column_name(const Column& column) { return std::string(column.name.value_or(column.key)); }

}  // namespace drizzle_audit::rules
