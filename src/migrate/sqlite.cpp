// SQLite. A foreign key or primary key can only be added by building the table anew (SQLite documentation, "ALTER TABLE", section 7). With
// foreign keys switched on, dropping the old table would delete the rows of tables that refer to it with ON DELETE CASCADE, and inside a
// transaction they cannot be switched off: the file refuses to start unless they are off.
#include "migrate/sqlite.h"

#include <algorithm>
#include <map>

#include "migrate/collect.h"
#include "migrate/sql_text.h"
#include "migrate/static_cleanup.h"
#include "report/schema_sql.h"

namespace drizzle_audit::migrate::sqlite {
namespace {

constexpr Dialect kSqlite = Dialect::kSqlite;
constexpr const char* kForeignKeysAreOn =
    "foreign keys are on, so rebuilding a table would delete rows of others: run this file with sqlite3, not through a migrator";

/// The constraints that rebuilt tables get, by table.
std::map<std::string, std::vector<std::string>> rebuilds(const Changes& changes) {
  std::map<std::string, std::vector<std::string>> tables;
  for (const ForeignKeyChange& change : changes.foreign_keys) {
    const AddForeignKey& key = change.key;
    std::string line = "FOREIGN KEY (" + columns(kSqlite, key.columns) + ") REFERENCES " + qualified(kSqlite, key.foreign_table) + " (" +
                       columns(kSqlite, key.foreign_columns) + ')';
    if (key.on_delete != "no action") line += " ON DELETE " + in_capitals(key.on_delete);
    if (key.on_update != "no action") line += " ON UPDATE " + in_capitals(key.on_update);
    tables[key.table.table].push_back(std::move(line));
  }
  for (const UniqueChange& change : changes.uniques) {
    if (change.kind == UniqueChange::Kind::kPrimaryKey)
      tables[change.table.table].push_back("PRIMARY KEY (" + columns(kSqlite, change.columns) + ')');
  }
  for (const CheckChange& change : changes.checks)
    tables[change.table.table].push_back("CONSTRAINT " + quoted(kSqlite, change.name) + " CHECK (" + change.expression + ')');
  return tables;
}

std::vector<std::string> column_names(const Table& table, bool generated) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) {
    if (column.name.known() && (generated || !column.generated)) names.emplace_back(column.name.value());
  }
  return names;
}

std::string in_list(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + literal(kSqlite, text);
  return '(' + out + ')';
}

std::vector<std::string> index_names(const Table& table, const Changes& changes) {
  std::vector<std::string> names;
  const auto add = [&](const Fact<std::optional<std::string_view>>& name) {
    if (name.known() && name.value()) names.emplace_back(*name.value());
  };
  for (const Index& index : table.indexes) add(index.name);
  for (const Unique& unique : table.uniques) add(unique.name);
  for (const IndexChange& change : changes.indexes) names.push_back(change.name);
  for (const UniqueChange& change : changes.uniques) names.push_back(change.name);
  return names;
}

class Rebuild {
 public:
  Rebuild(const Model& model, const Changes& changes) : model_(model), changes_(changes) {}

  /// `added`: constraints that the tables get; empty lists bring them back to what the schema says.
  std::string write(const std::map<std::string, std::vector<std::string>>& tables, bool with_constraints) {
    std::string out = "PRAGMA foreign_keys = OFF;\nPRAGMA legacy_alter_table = ON;\n" + guard_head(kSqlite) + "BEGIN IMMEDIATE;\n";
    out += stop("SELECT foreign_keys FROM pragma_foreign_keys", kForeignKeysAreOn);
    for (const auto& [name, constraints] : tables) {
      if (const Table* table = find_table(model_, {std::nullopt, name}))
        out += one(*table, with_constraints ? constraints : std::vector<std::string>());
    }
    return out;
  }
  std::string stop(const std::string& count, const std::string& message) { return stop_unless_none(kSqlite, ++guards_, count, message); }

 private:
  std::string one(const Table& table, const std::vector<std::string>& constraints) {
    const std::string name(table.name.value());
    const std::string text = literal(kSqlite, name);
    const std::string fresh = "__drizzle_audit_" + name;
    std::string out = '\n' + comment_line(name + ", rebuilt");
    // What the schema does not know would be lost.
    out += stop("SELECT count(*) FROM pragma_table_xinfo(" + text + ") WHERE name NOT IN " + in_list(column_names(table, true)),
                name + " has columns that the schema lacks");
    out += stop("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = " + text +
                    " AND name NOT LIKE '%\\_read\\_only' ESCAPE '\\'",
                name + " has triggers, which rebuilding it would drop");
    out += stop("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = " + text + " AND name NOT IN " +
                    in_list(index_names(table, changes_)),
                name + " has indexes that the schema lacks");
    out += "DROP TABLE IF EXISTS " + quoted(kSqlite, fresh) + ";\n" + report::rebuilt_table_sql(model_, table, fresh, constraints);
    const std::string list = columns(kSqlite, column_names(table, false));
    out += "INSERT INTO " + quoted(kSqlite, fresh) + " (" + list + ") SELECT " + list + " FROM " + quoted(kSqlite, name) + ";\n";
    out +=
        "DROP TABLE " + quoted(kSqlite, name) + ";\nALTER TABLE " + quoted(kSqlite, fresh) + " RENAME TO " + quoted(kSqlite, name) + ";\n";
    return out + report::table_indexes_sql(model_, table);
  }

  const Model& model_;
  const Changes& changes_;
  int guards_ = 0;
};

std::string create_indexes(const Changes& changes) {
  std::string out;
  for (const IndexChange& change : changes.indexes)
    out += "CREATE INDEX IF NOT EXISTS " + quoted(kSqlite, change.name) + " ON " + qualified(kSqlite, change.table) + " (" +
           columns(kSqlite, change.columns) + ");\n";
  for (const UniqueChange& change : changes.uniques) {
    if (change.kind != UniqueChange::Kind::kPrimaryKey)
      out += "CREATE UNIQUE INDEX IF NOT EXISTS " + quoted(kSqlite, change.name) + " ON " + qualified(kSqlite, change.table) + " (" +
             columns(kSqlite, change.columns) + ");\n";
  }
  return out;
}

std::string trigger_name(const DropColumnChange& change, std::string_view event) {
  return change.drop.table.table + '_' + change.drop.column + '_' + std::string(event) + "_read_only";
}

std::string read_only(const DropColumnChange& change) {
  const std::string table = qualified(kSqlite, change.drop.table);
  const std::string column = quoted(kSqlite, change.drop.column);
  const std::string raise = " BEGIN SELECT RAISE(ABORT, " +
                            literal(kSqlite, difference_name(change) + " is read-only: write to " + label(change.drop.parity_table)) +
                            "); END;\n";
  return comment_line(difference_name(change) + " repeats " + label(change.drop.parity_table)) + "CREATE TRIGGER IF NOT EXISTS " +
         quoted(kSqlite, trigger_name(change, "update")) + " BEFORE UPDATE OF " + column + " ON " + table + " WHEN NEW." + column +
         " IS NOT OLD." + column + raise + "CREATE TRIGGER IF NOT EXISTS " + quoted(kSqlite, trigger_name(change, "insert")) +
         " BEFORE INSERT ON " + table + " WHEN NEW." + column + " IS NOT NULL AND NEW." + column + " NOT IN ('[]', '{}', 'null')" + raise;
}

std::string drop_triggers(const Changes& changes) {
  std::string out;
  for (const DropColumnChange& change : changes.dropped_columns) {
    for (const std::string_view event : {"update", "insert"})
      out += "DROP TRIGGER IF EXISTS " + quoted(kSqlite, trigger_name(change, event)) + ";\n";
  }
  return out;
}

std::string apply(const Model& model, const Plan& plan) {
  const Changes& changes = plan.changes;
  const auto tables = rebuilds(changes);
  std::string out;
  Rebuild rebuild(model, changes);
  if (tables.empty()) {
    out += "BEGIN IMMEDIATE;\n";
  } else {
    out += drop_triggers(changes) + rebuild.write(tables, true);
  }
  out += create_indexes(changes);
  for (const DropIndexChange& change : changes.dropped_indexes) out += "DROP INDEX IF EXISTS " + quoted(kSqlite, change.index.name) + ";\n";
  for (const DropColumnChange& change : changes.dropped_columns) out += read_only(change);
  if (!tables.empty())
    out += rebuild.stop("SELECT count(*) FROM pragma_foreign_key_check", "rows violate a foreign key: 0_preflight.sql shows which");
  out += "COMMIT;\n";
  return tables.empty() ? out : out + "PRAGMA legacy_alter_table = OFF;\nPRAGMA foreign_keys = ON;\n";
}

std::string verify(const Plan& plan) {
  std::string out = guard_head(kSqlite);
  int id = 0;
  const auto stop = [&](const std::string& count, const std::string& message) { out += stop_unless_none(kSqlite, ++id, count, message); };
  for (const ForeignKeyChange& change : plan.changes.foreign_keys) {
    for (std::size_t i = 0; i < change.key.columns.size(); ++i) {
      stop("SELECT NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(" + literal(kSqlite, change.key.table.table) + ") WHERE \"table\" = " +
               literal(kSqlite, change.key.foreign_table.table) + " AND \"from\" = " + literal(kSqlite, change.key.columns[i]) +
               " AND \"to\" = " + literal(kSqlite, change.key.foreign_columns[i]) +
               " AND on_delete = " + literal(kSqlite, in_capitals(change.key.on_delete)) + ')',
           "foreign key " + change.key.name + " is missing");
    }
  }
  const auto index = [&](const std::string& name, const TableRef& table) {
    stop("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = " + literal(kSqlite, name) +
             " AND tbl_name = " + literal(kSqlite, table.table) + ')',
         "index " + name + " is missing");
  };
  for (const UniqueChange& change : plan.changes.uniques) {
    if (change.kind != UniqueChange::Kind::kPrimaryKey) index(change.name, change.table);
  }
  for (const IndexChange& change : plan.changes.indexes) index(change.name, change.table);
  for (const DataCheck& check : plan.checks) {
    if (check.kind != CheckKind::kDifferences) stop(check.count, std::string(to_string(check.kind)) + ' ' + check.name);
  }
  stop("SELECT count(*) FROM pragma_foreign_key_check", "rows violate a foreign key");
  return out + "SELECT 'the plan is in place';\n";
}

std::string rollback(const Model& model, const Plan& plan) {
  const Changes& changes = plan.changes;
  std::string out;
  const auto tables = rebuilds(changes);
  for (const IndexChange& change : changes.indexes) out += "DROP INDEX IF EXISTS " + quoted(kSqlite, change.name) + ";\n";
  for (const UniqueChange& change : changes.uniques) out += "DROP INDEX IF EXISTS " + quoted(kSqlite, change.name) + ";\n";
  for (const DropIndexChange& change : changes.dropped_indexes) {
    out += std::string("CREATE ") + (change.unique ? "UNIQUE " : "") + "INDEX IF NOT EXISTS " + quoted(kSqlite, change.index.name) +
           " ON " + qualified(kSqlite, change.index.table) + " (" + columns(kSqlite, change.index.columns) + ");\n";
  }
  out += drop_triggers(changes);
  if (!tables.empty()) out += Rebuild(model, changes).write(tables, false) + "COMMIT;\nPRAGMA legacy_alter_table = OFF;\n";
  return out + static_restore(model, plan);
}

}  // namespace

std::vector<PlanFile> files(const Model& model, const Plan& plan) {
  // Without it the shell goes on after an error, past the guards.
  const std::string bail = ".bail on\n";
  return {{"0_preflight.sql", "-- Reads only. Counts the rows that are in the way, shows some, and fails while there are any.\n" + bail +
                                  static_preflight(kSqlite, plan.checks)},
          {"1_cleanup.sql", "-- Moves the rows that are in the way into the quarantine, as chosen when the plan was made.\n" + bail +
                                static_cleanup(model, plan)},
          {"2_apply.sql",
           "-- All in one transaction. A table is built anew for each new foreign key or primary key.\n" + bail + apply(model, plan)},
          {"verify.sql", "-- Reads only. Fails unless the plan is in place.\n" + bail + verify(plan)},
          {"rollback.sql", "-- Undoes the plan, however far it got.\n" + bail + rollback(model, plan)}};
}

}  // namespace drizzle_audit::migrate::sqlite
