// Every outcome was seen with drizzle-kit 0.31.11 and 1.0.0-rc.4, PostgreSQL 15, SQLite 3.40 and MariaDB; MySQL's scope of checks is
// its manual's.
#include "duplicate-name/clash.h"

#include <algorithm>

namespace drizzle_audit::rules::duplicate_name {
namespace {

bool is_index_like(const DatabaseName& name) { return name.kind == NameKind::kIndex || name.kind == NameKind::kUnique; }

/// Tables, views, sequences and indexes, also those behind unique constraints and primary keys.
bool is_relation(const DatabaseName& name) {
  return is_index_like(name) || name.kind == NameKind::kTable || name.kind == NameKind::kView || name.kind == NameKind::kSequence ||
         name.kind == NameKind::kPrimaryKey;
}

bool is_constraint(const DatabaseName& name) {
  return name.kind == NameKind::kPrimaryKey || name.kind == NameKind::kUnique || name.kind == NameKind::kForeignKey ||
         name.kind == NameKind::kCheck;
}

bool is_table_like(const DatabaseName& name) { return name.kind == NameKind::kTable || name.kind == NameKind::kView; }

std::string folded(const std::string& text, bool fold) {
  std::string result = text;
  if (fold) {
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  }
  return result;
}

std::string table_key(const DatabaseName& name) {
  return name.schema.value_or("") + "." + std::string(name.table == nullptr ? "" : name.table->name.value_or(""));
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

std::string postgresql_refusal(const DatabaseName& first, const DatabaseName& second) {
  if (first.kind == NameKind::kEnum || second.kind == NameKind::kEnum)
    return "PostgreSQL refuses it (type " + quoted(second.name) + " already exists)";
  if (is_relation(first) && is_relation(second)) return "PostgreSQL refuses it (relation " + quoted(second.name) + " already exists)";
  return "PostgreSQL refuses it (constraint " + quoted(second.name) + " already exists)";
}

std::string refusal(const Model& model, const DatabaseName& first, const DatabaseName& second) {
  if (model.dialect == Dialect::kPostgresql) return postgresql_refusal(first, second);
  if (model.dialect == Dialect::kSqlite) return "SQLite refuses it (there is already one named " + quoted(second.name) + ")";
  if (model.dialect == Dialect::kMysql && second.kind == NameKind::kCheck)
    return "MySQL refuses it, as a check's name is unique in its database (MariaDB allows it)";
  if (model.dialect == Dialect::kMysql && second.kind == NameKind::kForeignKey)
    return "MySQL refuses it, as a foreign key's name is unique in its database";
  return "the database refuses it";
}

/// drizzle-kit 0.31 keeps objects in maps by name: of two in one map it writes the later.
bool share_a_map(const Model& model, const DatabaseName& first, const DatabaseName& second) {
  if (first.kind != second.kind) return false;
  if (first.kind == NameKind::kTable || first.kind == NameKind::kEnum) return true;
  if (first.table != second.table) return false;
  if (first.kind == NameKind::kColumn || first.kind == NameKind::kForeignKey) return true;
  return first.kind == NameKind::kIndex && model.dialect != Dialect::kPostgresql;
}

/// What drizzle-kit 0.31 looks for itself.
bool is_noticed(const Model& model, const DatabaseName& first, const DatabaseName& second) {
  if (first.kind != second.kind) {
    return model.dialect == Dialect::kMysql && first.table == second.table && is_index_like(first) && is_index_like(second);
  }
  if (first.kind == NameKind::kView) return true;
  if (first.kind == NameKind::kIndex) return model.dialect == Dialect::kPostgresql;
  return first.table == second.table &&
         (first.kind == NameKind::kCheck || first.kind == NameKind::kUnique || first.kind == NameKind::kPolicy);
}

bool is_noticed_by_v1(const DatabaseName& first, const DatabaseName& second) {
  if (first.kind != second.kind) return false;
  return first.kind == NameKind::kTable || first.kind == NameKind::kEnum || first.kind == NameKind::kView || first.table == second.table;
}

}  // namespace

std::vector<std::string> scopes_of(const Model& model, const DatabaseName& name) {
  const Dialect dialect = model.dialect;
  const bool fold = dialect == Dialect::kSqlite || (dialect == Dialect::kMysql && !is_table_like(name));
  const std::string text = folded(name.name, fold);
  const std::string schema = name.schema.value_or("") + "/";
  std::vector<std::string> scopes;
  if (name.kind == NameKind::kColumn) scopes.push_back("column/" + table_key(name) + "/" + text);
  if (name.kind == NameKind::kPolicy) scopes.push_back("policy/" + table_key(name) + "/" + text);
  switch (dialect) {
    case Dialect::kPostgresql:
      if (is_relation(name)) scopes.push_back("relation/" + schema + text);
      if (is_table_like(name) || name.kind == NameKind::kEnum) scopes.push_back("type/" + schema + text);
      if (is_constraint(name)) scopes.push_back("constraint/" + table_key(name) + "/" + text);
      break;
    case Dialect::kSqlite:
      if (is_table_like(name) || is_index_like(name)) scopes.push_back("object/" + text);
      break;
    case Dialect::kMysql:
      if (name.kind == NameKind::kForeignKey) scopes.push_back("foreign key/" + schema + text);
      if (name.kind == NameKind::kCheck) scopes.push_back("check/" + schema + text);
      [[fallthrough]];
    case Dialect::kSinglestore:
    case Dialect::kMssql:
    case Dialect::kCockroach:
      if (is_table_like(name)) scopes.push_back("table/" + schema + text);
      if (is_index_like(name)) scopes.push_back("index/" + table_key(name) + "/" + text);
      break;
  }
  return scopes;
}

bool is_exempt(const Model& model, const DatabaseName& a, const DatabaseName& b) {
  const bool same_table = a.table == b.table && a.table != nullptr;
  // Two foreign keys on the same columns: duplicate-foreign-key.
  if (a.kind == NameKind::kForeignKey && b.kind == NameKind::kForeignKey && same_table && a.columns == b.columns) return true;
  // Several primary keys: multiple-primary-keys.
  if (a.kind == NameKind::kPrimaryKey && b.kind == NameKind::kPrimaryKey && same_table) return true;
  // Of two tables with one name everything else is double too; the tables are reported.
  if (a.table != b.table && a.table != nullptr && b.table != nullptr && a.kind != NameKind::kTable && a.schema == b.schema &&
      a.table->name.known() && b.table->name.known() && a.table->name.value() == b.table->name.value()) {
    return true;
  }
  // drizzle-kit 1.0 merges .unique() and unique().on() of one column.
  return model.orm_v1 && a.kind == NameKind::kUnique && b.kind == NameKind::kUnique && same_table && a.columns == b.columns;
}

std::string outcome(const Model& model, const DatabaseName& first, const DatabaseName& second) {
  if (model.orm_v1) {
    if (is_noticed_by_v1(first, second)) return "drizzle-kit 1.0 refuses the schema and exits with 1";
    return "drizzle-kit generates both and exits with 0; " + refusal(model, first, second);
  }
  if (first.kind == NameKind::kColumn)
    return "drizzle-kit creates only the later one and exits with 0, while drizzle-orm reads and writes both properties there";
  if (share_a_map(model, first, second)) return "drizzle-kit creates only one of them and exits with 0";
  if (is_noticed(model, first, second)) return "drizzle-kit refuses the schema and exits with 1";
  return "drizzle-kit generates both and exits with 0; " + refusal(model, first, second);
}

}  // namespace drizzle_audit::rules::duplicate_name
