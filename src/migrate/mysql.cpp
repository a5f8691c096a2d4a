// MySQL and MariaDB. Every statement that changes the catalogue commits by itself, so each asks information_schema first whether it is
// still
// to be done: the files can be run again. Source: MySQL 8.0 manual, "Online DDL Operations".
#include "migrate/mysql.h"

#include "migrate/sql_text.h"
#include "migrate/static_cleanup.h"

namespace drizzle_audit::migrate::mysql {
namespace {

constexpr Dialect kMysql = Dialect::kMysql;

std::string schema_of(const TableRef& table) { return table.schema ? literal(kMysql, *table.schema) : "DATABASE()"; }

std::string constraint_count(const TableRef& table, const std::string& name) {
  return "SELECT count(*) FROM information_schema.table_constraints WHERE table_schema = " + schema_of(table) +
         " AND table_name = " + literal(kMysql, table.table) + " AND constraint_name = " + literal(kMysql, name);
}

std::string index_count(const TableRef& table, const std::string& name) {
  return "SELECT count(*) FROM information_schema.statistics WHERE table_schema = " + schema_of(table) +
         " AND table_name = " + literal(kMysql, table.table) + " AND index_name = " + literal(kMysql, name);
}

std::string column_count(const TableRef& table, const std::string& name) {
  return "SELECT count(*) FROM information_schema.columns WHERE table_schema = " + schema_of(table) +
         " AND table_name = " + literal(kMysql, table.table) + " AND column_name = " + literal(kMysql, name);
}

/// Runs the statement when the count is 0 (`when_none`), or when it is not.
std::string conditional(const std::string& count, bool when_none, const std::string& statement) {
  return "SET @drizzle_audit_sql = IF((" + count + ") " + (when_none ? "= 0" : "> 0") + ", " + literal(kMysql, statement) +
         ", 'DO 0');\nPREPARE drizzle_audit FROM @drizzle_audit_sql;\nEXECUTE drizzle_audit;\nDEALLOCATE PREPARE drizzle_audit;\n";
}

std::string add_foreign_key(const AddForeignKey& key) {
  std::string out = "ALTER TABLE " + qualified(kMysql, key.table) + " ADD CONSTRAINT " + quoted(kMysql, key.name) + " FOREIGN KEY (" +
                    columns(kMysql, key.columns) + ") REFERENCES " + qualified(kMysql, key.foreign_table) + " (" +
                    columns(kMysql, key.foreign_columns) + ')';
  if (key.on_delete != "no action") out += " ON DELETE " + in_capitals(key.on_delete);
  if (key.on_update != "no action") out += " ON UPDATE " + in_capitals(key.on_update);
  return out;
}

std::string apply(const Changes& changes) {
  std::string out = "SET SESSION lock_wait_timeout = 30;\n";
  for (const IndexChange& change : changes.indexes) {
    out += comment_line("index on " + label(change.table, change.columns));
    out += conditional(index_count(change.table, change.name), true,
                       "ALTER TABLE " + qualified(kMysql, change.table) + " ADD INDEX " + quoted(kMysql, change.name) + " (" +
                           columns(kMysql, change.columns) + "), ALGORITHM=INPLACE, LOCK=NONE");
  }
  for (const UniqueChange& change : changes.uniques) {
    const std::string table = "ALTER TABLE " + qualified(kMysql, change.table);
    if (change.kind == UniqueChange::Kind::kPrimaryKey) {
      out += comment_line("primary key of " + label(change.table, change.columns));
      out += conditional(constraint_count(change.table, "PRIMARY"), true,
                         table + " ADD PRIMARY KEY (" + columns(kMysql, change.columns) + ')');
      continue;
    }
    out += comment_line(label(change.table, change.columns) + " is unique");
    out += conditional(index_count(change.table, change.name), true,
                       table + " ADD CONSTRAINT " + quoted(kMysql, change.name) + " UNIQUE (" + columns(kMysql, change.columns) +
                           "), ALGORITHM=INPLACE, LOCK=NONE");
  }
  for (const ForeignKeyChange& change : changes.foreign_keys) {
    out += comment_line(label(change.key.table, change.key.columns) + " refers to " +
                        label(change.key.foreign_table, change.key.foreign_columns));
    out += conditional(constraint_count(change.key.table, change.key.name), true, add_foreign_key(change.key));
  }
  for (const CheckChange& change : changes.checks) {
    out += conditional(constraint_count(change.table, change.name), true,
                       "ALTER TABLE " + qualified(kMysql, change.table) + " ADD CONSTRAINT " + quoted(kMysql, change.name) + " CHECK (" +
                           change.expression + ')');
  }
  for (const DropIndexChange& change : changes.dropped_indexes) {
    out += comment_line(label(change.index.table, change.index.columns) + ": another index does its work");
    out += conditional(index_count(change.index.table, change.index.name), false,
                       "ALTER TABLE " + qualified(kMysql, change.index.table) + " DROP INDEX " + quoted(kMysql, change.index.name) +
                           ", ALGORITHM=INPLACE, LOCK=NONE");
  }
  return out;
}

std::string backup_name(const DropColumnChange& change, const PlanOptions& options) {
  return quoted(kMysql, (options.quarantine + "_backup_" + change.drop.table.table + '_' + change.drop.column).substr(0, 64));
}

/// Dropped only when that was chosen: MySQL's plan has no trigger to make a column read-only.
std::string drop_columns(const Plan& plan) {
  std::string out;
  int id = 1000;
  for (const DropColumnChange& change : plan.changes.dropped_columns) {
    if (change.fate != ColumnFate::kDrop) {
      out += comment_line(label(change.drop.table) + '.' + change.drop.column + " is kept; --redundant-columns drop removes it");
      continue;
    }
    for (const DataCheck& check : plan.checks) {
      if (check.kind == CheckKind::kDifferences && check.name == difference_name(change) && change.choice == Choice::kAbort)
        out += "-- Only while nothing differs; the column may be gone already.\n" +
               conditional(column_count(change.drop.table, change.drop.column), false,
                           "SELECT (" + check.count + ") INTO @drizzle_audit_differences") +
               stop_unless_none(kMysql, ++id, "SELECT coalesce(@drizzle_audit_differences, 0)", "rows differ: " + check.name);
    }
    const std::string table = qualified(kMysql, change.drop.table);
    const std::string copy = "SELECT " + columns(kMysql, change.row_key) + ", " + quoted(kMysql, change.drop.column) + " FROM " + table;
    out += conditional(column_count(change.drop.table, change.drop.column), false,
                       "CREATE TABLE IF NOT EXISTS " + backup_name(change, plan.options) + " AS " + copy);
    out += conditional(column_count(change.drop.table, change.drop.column), false,
                       "ALTER TABLE " + table + " DROP COLUMN " + quoted(kMysql, change.drop.column));
  }
  return out;
}

std::string verify(const Plan& plan) {
  std::string out;
  int id = 0;
  const auto present = [&](const std::string& count, const std::string& name) {
    out += stop_unless_none(kMysql, ++id, "SELECT (" + count + ") = 0", name + " is missing");
  };
  for (const ForeignKeyChange& change : plan.changes.foreign_keys)
    present(constraint_count(change.key.table, change.key.name), change.key.name);
  for (const UniqueChange& change : plan.changes.uniques) {
    const std::string name = change.kind == UniqueChange::Kind::kPrimaryKey ? "PRIMARY" : change.name;
    present(index_count(change.table, name), change.name);
  }
  for (const IndexChange& change : plan.changes.indexes) present(index_count(change.table, change.name), change.name);
  for (const CheckChange& change : plan.changes.checks) present(constraint_count(change.table, change.name), change.name);
  for (const DataCheck& check : plan.checks) {
    if (check.kind != CheckKind::kDifferences)
      out += stop_unless_none(kMysql, ++id, check.count, std::string(to_string(check.kind)) + ' ' + check.name);
  }
  return out + "SELECT 'the plan is in place' AS result;\n";
}

std::string rollback(const Model& model, const Plan& plan) {
  std::string out = "SET SESSION lock_wait_timeout = 30;\n";
  // First, for a foreign key must have an index all the time.
  for (const DropIndexChange& change : plan.changes.dropped_indexes) {
    out += conditional(index_count(change.index.table, change.index.name), true,
                       "ALTER TABLE " + qualified(kMysql, change.index.table) + " ADD " + (change.unique ? "UNIQUE " : "") + "INDEX " +
                           quoted(kMysql, change.index.name) + " (" + columns(kMysql, change.index.columns) + ')');
  }
  for (const ForeignKeyChange& change : plan.changes.foreign_keys) {
    const std::string table = "ALTER TABLE " + qualified(kMysql, change.key.table);
    out += conditional(constraint_count(change.key.table, change.key.name), false,
                       table + " DROP FOREIGN KEY " + quoted(kMysql, change.key.name));
    // MySQL makes an index for a foreign key that has none, calls it by the key's name, and leaves it behind.
    out += conditional(index_count(change.key.table, change.key.name), false, table + " DROP INDEX " + quoted(kMysql, change.key.name));
  }
  for (const UniqueChange& change : plan.changes.uniques) {
    const std::string table = "ALTER TABLE " + qualified(kMysql, change.table);
    if (change.kind == UniqueChange::Kind::kPrimaryKey)
      out += conditional(constraint_count(change.table, "PRIMARY"), false, table + " DROP PRIMARY KEY");
    else out += conditional(index_count(change.table, change.name), false, table + " DROP INDEX " + quoted(kMysql, change.name));
  }
  for (const IndexChange& change : plan.changes.indexes)
    out += conditional(index_count(change.table, change.name), false,
                       "ALTER TABLE " + qualified(kMysql, change.table) + " DROP INDEX " + quoted(kMysql, change.name));
  for (const CheckChange& change : plan.changes.checks)
    out += conditional(constraint_count(change.table, change.name), false,
                       "ALTER TABLE " + qualified(kMysql, change.table) + " DROP CONSTRAINT " + quoted(kMysql, change.name));
  for (const DropColumnChange& change : plan.changes.dropped_columns) {
    if (change.fate != ColumnFate::kDrop) continue;
    const std::string table = qualified(kMysql, change.drop.table);
    const std::string column = quoted(kMysql, change.drop.column);
    const std::string backup = backup_name(change, plan.options);
    out +=
        conditional(column_count(change.drop.table, change.drop.column), true, "ALTER TABLE " + table + " ADD COLUMN " + column + " json");
    std::string match;
    for (const std::string& name : change.row_key)
      match += (match.empty() ? "b." : " AND b.") + quoted(kMysql, name) + " = t." + quoted(kMysql, name);
    out += "CREATE TABLE IF NOT EXISTS " + backup + " AS SELECT " + columns(kMysql, change.row_key) + ", " + column + " FROM " + table +
           " WHERE 1 = 0;\n";
    out += "UPDATE " + table + " t JOIN " + backup + " b ON " + match + " SET t." + column + " = b." + column + ";\nDROP TABLE " + backup +
           ";\n";
  }
  return out + static_restore(model, plan);
}

}  // namespace

std::vector<PlanFile> files(const Model& model, const Plan& plan) {
  return {{"0_preflight.sql", "-- Reads only. Counts the rows that are in the way, shows some, and fails while there are any.\n" +
                                  static_preflight(kMysql, plan.checks)},
          {"1_cleanup.sql",
           "-- Moves the rows that are in the way into the quarantine, as chosen when the plan was made.\n" + static_cleanup(model, plan)},
          {"2_apply.sql", "-- Adds indexes and constraints. Each statement is skipped when it has been done.\n" + apply(plan.changes) +
                              drop_columns(plan)},
          {"verify.sql", "-- Reads only. Fails unless the plan is in place.\n" + verify(plan)},
          {"rollback.sql", "-- Undoes the plan, however far it got.\n" + rollback(model, plan)}};
}

}  // namespace drizzle_audit::migrate::mysql
