// PostgreSQL's table was measured on version 15, with every pair of the types below; MySQL's follows its manual ("size and sign of fixed
// precision types must be the same, the length of string types need not be") and agrees with MariaDB; SQLite's follows its affinities.
#include "foreign-key-type-mismatch/key_types.h"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace drizzle_audit::rules::foreign_key_type_mismatch {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

/// Lower case, without lengths and precisions: "varchar(255)" → "varchar", "timestamp (3) with time zone" → "timestamp with time zone".
std::string base_type(std::string_view sql) {
  std::string type;
  int depth = 0;
  for (const char c : sql) {
    if (c == '(') ++depth;
    if (depth == 0 && !(c == ' ' && (type.empty() || type.back() == ' ')))
      type += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (c == ')') --depth;
  }
  if (const std::size_t at = type.find(" collate "); at != std::string::npos) type.erase(at);  // compares all the same
  while (!type.empty() && type.back() == ' ') type.pop_back();
  return type;
}

std::string postgresql_type(std::string_view sql) {
  std::string type = base_type(sql);
  if (is_one_of(type, {"serial", "int", "int4", "serial4"})) return "integer";
  if (is_one_of(type, {"bigserial", "int8", "serial8"})) return "bigint";
  if (is_one_of(type, {"smallserial", "int2", "serial2"})) return "smallint";
  if (is_one_of(type, {"varchar", "character varying", "char", "character", "bpchar", "citext"})) return "text";
  if (type == "decimal") return "numeric";
  if (is_one_of(type, {"timestamptz", "timestamp with time zone"})) return "timestamptz";
  if (type == "timestamp without time zone") return "timestamp";
  if (type == "bool") return "boolean";
  if (type == "float8") return "double precision";
  if (type == "float4") return "real";
  if (type == "cidr") return "inet";
  return type;
}

/// 1, 2, 3 for smallint, integer, bigint; 0 for anything else.
int integer_size(std::string_view type) { return type == "smallint" ? 1 : type == "integer" ? 2 : type == "bigint" ? 3 : 0; }

/// Types drizzle names: between two of them the table is complete. A custom type may be a domain over anything.
bool is_builtin(const Column& column) { return column.builder != "customType"; }

Fit postgresql_fit(const Column& child, const Column& parent) {
  if (child.dimensions != parent.dimensions) return Fit::kRefused;
  const std::string a = postgresql_type(child.sql_type.value());
  const std::string b = postgresql_type(parent.sql_type.value());
  if (a == b) return Fit::kSame;
  if (!is_builtin(child) || !is_builtin(parent)) return Fit::kUnknown;
  if (child.dimensions > 0) return Fit::kRefused;
  const int size_a = integer_size(a);
  const int size_b = integer_size(b);
  if (size_a > 0 && size_b > 0) return size_a < size_b ? Fit::kNarrower : Fit::kWider;
  // Integers convert to the others by themselves, and not back.
  if (b == "numeric" && size_a > 0) return Fit::kLoose;
  if (is_one_of(b, {"real", "double precision"}) && (size_a > 0 || is_one_of(a, {"numeric", "real", "double precision"})))
    return Fit::kLoose;
  const auto is_moment = [](std::string_view type) { return is_one_of(type, {"date", "timestamp", "timestamptz"}); };
  if (is_moment(a) && is_moment(b)) return Fit::kLoose;
  return Fit::kRefused;
}

std::string mysql_type(std::string_view sql) {
  std::string type = base_type(sql);
  for (const std::string_view tail : {std::string_view(" auto_increment")}) {
    if (type.size() > tail.size() && std::string_view(type).ends_with(tail)) type.erase(type.size() - tail.size());
  }
  if (type == "serial") return "bigint unsigned";
  if (type == "integer") return "int";
  if (type == "integer unsigned") return "int unsigned";
  if (type == "bool" || type == "boolean") return "tinyint";
  if (is_one_of(type, {"varchar", "char", "enum"})) return "string";
  if (is_one_of(type, {"binary", "varbinary"})) return "bytes";
  if (is_one_of(type, {"numeric", "decimal unsigned", "numeric unsigned"})) return "decimal";
  return type;
}

Fit mysql_fit(const Column& child, const Column& parent) {
  if (mysql_type(child.sql_type.value()) == mysql_type(parent.sql_type.value())) return Fit::kSame;
  return is_builtin(child) && is_builtin(parent) ? Fit::kRefused : Fit::kUnknown;
}

/// SQLite's rules for the affinity of a declared type.
std::string_view affinity(std::string_view sql) {
  const std::string type = base_type(sql);
  const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
  if (has("int")) return "number";
  if (has("char") || has("clob") || has("text")) return "text";
  if (type.empty() || has("blob")) return "blob";
  return "number";  // real, numeric: they compare as numbers
}

Fit sqlite_fit(const Column& child, const Column& parent) {
  const std::string_view a = affinity(child.sql_type.value());
  const std::string_view b = affinity(parent.sql_type.value());
  if (a == b) return Fit::kSame;
  if (!is_builtin(child) || !is_builtin(parent)) return Fit::kUnknown;
  return a == "blob" || b == "blob" ? Fit::kRefused : Fit::kLoose;
}

}  // namespace

Fit fit_of(Dialect dialect, const Column& child, const Column& parent) {
  if (!child.sql_type.known() || !parent.sql_type.known() || child.unread_chain || parent.unread_chain) return Fit::kUnknown;
  switch (dialect) {
    case Dialect::kPostgresql: return postgresql_fit(child, parent);
    case Dialect::kMysql: return mysql_fit(child, parent);
    case Dialect::kSqlite: return sqlite_fit(child, parent);
    case Dialect::kSinglestore:
    case Dialect::kMssql:
    case Dialect::kCockroach: break;
  }
  return Fit::kUnknown;
}

}  // namespace drizzle_audit::rules::foreign_key_type_mismatch
