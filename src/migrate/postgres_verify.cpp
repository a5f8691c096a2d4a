// PostgreSQL: verify.sql, what must hold when the plan is through.
#include "migrate/embedded_sql.h"
#include "migrate/postgres.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate::postgres {
namespace {

constexpr Dialect kPg = Dialect::kPostgresql;

std::string name_list(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + literal(kPg, name);
  return "ARRAY[" + out + "]::text[]";
}

/// pg_constraint.confdeltype.
std::string action_code(const std::string& action) {
  if (action == "cascade") return "'c'";
  if (action == "restrict") return "'r'";
  if (action == "set null") return "'n'";
  return action == "set default" ? "'d'" : "'a'";
}

}  // namespace

std::string verify(const Changes& changes, const std::vector<DataCheck>& checks, const PlanOptions& options) {
  std::string constraints;
  std::string indexes;
  const auto constraint = [&](const TableRef& table, const std::string& name, const std::string& type,
                              const std::vector<std::string>& names) {
    return "INSERT INTO expected_constraints VALUES (" + literal(kPg, qualified(kPg, table)) + ", " + literal(kPg, name) + ", '" + type +
           "', " + name_list(names);
  };
  for (const ForeignKeyChange& change : changes.foreign_keys) {
    const AddForeignKey& key = change.key;
    constraints += constraint(key.table, key.name, "f", key.columns) + ", " + literal(kPg, qualified(kPg, key.foreign_table)) + ", " +
                   name_list(key.foreign_columns) + ", " + action_code(key.on_delete) + ", " + action_code(key.on_update) + ");\n";
  }
  for (const CheckChange& change : changes.checks) constraints += constraint(change.table, change.name, "c", {}) + ");\n";
  const auto index = [&](const TableRef& table, const std::string& name, const std::vector<std::string>& names, bool unique) {
    indexes += "INSERT INTO expected_indexes VALUES (" + literal(kPg, qualified(kPg, table)) + ", " + literal(kPg, name) + ", " +
               literal(kPg, qualified(kPg, {table.schema, name})) + ", " + name_list(names) + ", " + (unique ? "true" : "false") + ");\n";
  };
  for (const UniqueChange& change : changes.uniques) {
    if (change.kind != UniqueChange::Kind::kIndex)
      constraints +=
          constraint(change.table, change.name, change.kind == UniqueChange::Kind::kPrimaryKey ? "p" : "u", change.columns) + ");\n";
    index(change.table, change.name, change.columns, true);
  }
  for (const IndexChange& change : changes.indexes) index(change.table, change.name, change.columns, false);

  // Differences are no violation of the finished plan: the column is read-only or gone.
  std::vector<DataCheck> lasting;
  for (const DataCheck& check : checks) {
    if (check.kind != CheckKind::kDifferences) lasting.push_back(check);
  }
  return "-- Reads only (its two temporary tables aside). Fails unless the plan is in place and no row is in its way.\n" +
         std::string(kPsqlHead) +
         "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ;\n"
         "CREATE TEMPORARY TABLE expected_constraints (rel text, name text, type text, cols text[], parent text, parent_cols text[], "
         "on_delete text,\n"
         "  on_update text) ON COMMIT DROP;\n"
         "CREATE TEMPORARY TABLE expected_indexes (rel text, name text, index text, cols text[], is_unique boolean) ON COMMIT DROP;\n" +
         constraints + indexes + "SET TRANSACTION READ ONLY;\n" + std::string(sql::kVerify) +
         (lasting.empty() ? std::string() : refusal(changes, lasting, options)) + "COMMIT;\n";
}

}  // namespace drizzle_audit::migrate::postgres
