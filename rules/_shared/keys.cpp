#include "_shared/keys.h"

#include <algorithm>

namespace drizzle_audit::rules {
namespace {

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

bool same_key_type(const Column& a, const Column& b) {
  if (!a.sql_type.known() || !b.sql_type.known() || a.unread_chain || b.unread_chain) return false;
  return a.dimensions == b.dimensions && key_type(a) == key_type(b);
}

Subject table_subject(SubjectKind kind, const Table& table) {
  TableRef ref = table_ref(table);
  Subject subject;
  subject.kind = kind;
  subject.schema = std::move(ref.schema);
  subject.table = std::move(ref.table);
  return subject;
}

}  // namespace drizzle_audit::rules
