// PostgreSQL: the files that change the catalogue. 2_expand.sql, 3_concurrent.sql, 4_validate.sql, rollback.sql. Sources: PostgreSQL 15
// manual, ALTER TABLE (NOT VALID, VALIDATE CONSTRAINT, ADD … USING INDEX), CREATE INDEX ("Building Indexes Concurrently"), "Explicit
// Locking".
#include "migrate/postgres.h"

#include "migrate/embedded_sql.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate::postgres {
namespace {

constexpr Dialect kPg = Dialect::kPostgresql;

/// Each file can be run alone, so each begins with what it needs.
std::string head(const PlanOptions& options, std::string_view what) {
  return std::string(what) + std::string(kPsqlHead) + '\n' + fill(sql::kSupport, settings(options)) + '\n' +
         fill(sql::kPatiently, settings(options)) + '\n';
}

/// The index's full name as to_regclass() takes it.
std::string index_name(const TableRef& table, const std::string& name) { return qualified(kPg, {table.schema, name}); }

/// Drops what an interrupted try left, then builds the index; notes it before, so that a rollback finds it whatever happens.
std::string create_index(const TableRef& table, const std::vector<std::string>& names, const std::string& name, bool unique,
                         const PlanOptions& options) {
  const std::string full = index_name(table, name);
  const std::string steps = quoted(kPg, options.quarantine) + ".steps";
  const std::string found = "to_regclass(" + literal(kPg, full) + ')';
  std::string out = comment_line(label(table, names) + (unique ? ", unique" : ""));
  out += "INSERT INTO " + steps + " (kind, relation, name, definition) SELECT 'index', " + literal(kPg, qualified(kPg, table)) + ", " +
         literal(kPg, name) + ", " + literal(kPg, full) + "\n  WHERE " + found +
         " IS NULL AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = " + literal(kPg, qualified(kPg, table)) +
         "::regclass AND conname = " + literal(kPg, name) + ")\n  ON CONFLICT DO NOTHING;\n";
  out += "SELECT " + literal(kPg, "DROP INDEX CONCURRENTLY " + full) + " FROM pg_index WHERE indexrelid = " + found +
         " AND NOT indisvalid \\gexec\n";
  out += std::string("CREATE ") + (unique ? "UNIQUE " : "") + "INDEX CONCURRENTLY IF NOT EXISTS " + quoted(kPg, name) + " ON " +
         qualified(kPg, table) + " (" + columns(kPg, names) + ");\n";
  return out;
}

std::string not_null_check(const UniqueChange& change) { return change.name + "_not_null"; }

std::string nulls_condition(const UniqueChange& change) {
  std::string out;
  for (const std::string& name : change.nullable) out += (out.empty() ? "" : " AND ") + quoted(kPg, name) + " IS NOT NULL";
  return out;
}

/// A DO block that validates a constraint. Takes no lock that a writer would wait for.
std::string validated(const TableRef& table, const std::string& name) {
  return "DO " +
         dollar_quoted("\nBEGIN\n  PERFORM pg_temp.patiently(" +
                           dollar_quoted("ALTER TABLE " + qualified(kPg, table) + " VALIDATE CONSTRAINT " + quoted(kPg, name), "sql") +
                           ");\nEND\n",
                       "step") +
         ";\n";
}

}  // namespace

std::vector<std::pair<std::string_view, std::string>> settings(const PlanOptions& options) {
  return {{"quarantine", quoted(kPg, options.quarantine)},
          {"quarantine_text", literal(kPg, options.quarantine)},
          {"steps_text", literal(kPg, quoted(kPg, options.quarantine) + ".steps")},
          {"lock_timeout", options.lock_timeout},
          {"lock_timeout_text", literal(kPg, options.lock_timeout)}};
}

std::string constraint_exists(const TableRef& table, const std::string& name) {
  return "SELECT FROM pg_constraint WHERE conrelid = " + literal(kPg, qualified(kPg, table)) +
         "::regclass AND conname = " + literal(kPg, name);
}

std::string guarded(const PlanOptions& options, const std::string& present, const std::string& statement, const std::string& kind,
                    const TableRef& table, const std::string& name, const std::string& definition) {
  std::string body = "\nBEGIN\n  IF NOT EXISTS (" + present + ") THEN\n";
  body += "    PERFORM pg_temp.patiently(" + dollar_quoted(statement, "sql") + ");\n";
  body += "    INSERT INTO " + quoted(kPg, options.quarantine) + ".steps (kind, relation, name, definition) VALUES (" + literal(kPg, kind) +
          ", " + literal(kPg, qualified(kPg, table)) + ", " + literal(kPg, name) + ", " +
          (definition.empty() ? "NULL" : literal(kPg, definition)) + ")\n      ON CONFLICT DO NOTHING;\n  END IF;\nEND\n";
  return "DO " + dollar_quoted(body, "step") + ";\n";
}

std::string add_foreign_key(const AddForeignKey& key, bool not_valid) {
  std::string out = "ALTER TABLE " + qualified(kPg, key.table) + " ADD CONSTRAINT " + quoted(kPg, key.name) + " FOREIGN KEY (" +
                    columns(kPg, key.columns) + ") REFERENCES " + qualified(kPg, key.foreign_table) + " (" +
                    columns(kPg, key.foreign_columns) + ')';
  if (key.on_delete != "no action") out += " ON DELETE " + in_capitals(key.on_delete);
  if (key.on_update != "no action") out += " ON UPDATE " + in_capitals(key.on_update);
  return not_valid ? out + " NOT VALID" : out;
}

std::string expand(const Changes& changes, const PlanOptions& options) {
  std::string out =
      head(options,
           "-- Adds constraints that hold for new rows at once and are not checked for old ones yet, and compatibility views.\n"
           "-- Each statement locks its tables against writers for an instant.\n");
  for (const ForeignKeyChange& change : changes.foreign_keys) {
    const AddForeignKey& key = change.key;
    out += comment_line(label(key.table, key.columns) + " refers to " + label(key.foreign_table, key.foreign_columns));
    out += guarded(options, constraint_exists(key.table, key.name), add_foreign_key(key, true), "constraint", key.table, key.name);
  }
  for (const CheckChange& change : changes.checks) {
    out += comment_line("check of " + label(change.table));
    out += guarded(options, constraint_exists(change.table, change.name),
                   "ALTER TABLE " + qualified(kPg, change.table) + " ADD CONSTRAINT " + quoted(kPg, change.name) + " CHECK (" +
                       change.expression + ") NOT VALID",
                   "check", change.table, change.name);
  }
  for (const UniqueChange& change : changes.uniques) {
    if (change.nullable.empty()) continue;
    // Nothing to do once the columns are NOT NULL: the check is gone then.
    std::string present = constraint_exists(change.table, not_null_check(change)) +
                          " UNION ALL SELECT FROM pg_attribute WHERE attrelid = " + literal(kPg, qualified(kPg, change.table)) +
                          "::regclass AND attname = " + literal(kPg, change.nullable.back()) + " AND attnotnull";
    out += comment_line(label(change.table, change.nullable) + " is never null: what a primary key needs");
    out += guarded(options, present,
                   "ALTER TABLE " + qualified(kPg, change.table) + " ADD CONSTRAINT " + quoted(kPg, not_null_check(change)) + " CHECK (" +
                       nulls_condition(change) + ") NOT VALID",
                   "check", change.table, not_null_check(change));
  }
  for (const DropColumnChange& change : changes.dropped_columns) {
    out += comment_line(difference_name(change) + ", made of " + label(change.drop.parity_table) + ": for readers that still want it");
    out += add_compatibility_view(change, options);
  }
  return out;
}

std::string concurrent(const Changes& changes, const PlanOptions& options) {
  std::string out =
      "-- Builds the indexes. Writers go on; outside of any transaction, one statement at a time.\n"
      "-- What an interrupted try left behind is invalid, and is dropped first.\n" +
      std::string(kPsqlHead) + '\n' + fill(sql::kSupport, settings(options)) +
      "\n-- No lock that is waited for here keeps anybody else waiting, and giving up would leave an invalid index.\nSET lock_timeout = "
      "0;\nSET client_min_messages = warning;\n\n";
  for (const IndexChange& change : changes.indexes) out += create_index(change.table, change.columns, change.name, false, options);
  for (const UniqueChange& change : changes.uniques) out += create_index(change.table, change.columns, change.name, true, options);
  return out;
}

std::string validate(const Changes& changes, const PlanOptions& options) {
  std::string out =
      head(options,
           "-- Checks the old rows against the new constraints, which locks nobody out, and turns unique indexes into constraints, which\n"
           "-- takes an exclusive lock for an instant.\n");
  for (const ForeignKeyChange& change : changes.foreign_keys) out += validated(change.key.table, change.key.name);
  for (const CheckChange& change : changes.checks) out += validated(change.table, change.name);
  for (const UniqueChange& change : changes.uniques) {
    const std::string table = qualified(kPg, change.table);
    if (!change.nullable.empty()) {
      const std::string check = not_null_check(change);
      std::string body = "\nBEGIN\n  IF EXISTS (" + constraint_exists(change.table, check) + ") THEN\n    PERFORM pg_temp.patiently(" +
                         dollar_quoted("ALTER TABLE " + table + " VALIDATE CONSTRAINT " + quoted(kPg, check), "sql") +
                         ");\n  END IF;\nEND\n";
      out += "DO " + dollar_quoted(body, "step") + ";\n";
      // With the check validated, SET NOT NULL reads no row.
      for (const std::string& name : change.nullable) {
        out += guarded(options,
                       "SELECT FROM pg_attribute WHERE attrelid = " + literal(kPg, table) +
                           "::regclass AND attname = " + literal(kPg, name) + " AND attnotnull",
                       "ALTER TABLE " + table + " ALTER COLUMN " + quoted(kPg, name) + " SET NOT NULL", "not null", change.table, name);
      }
      body = "\nBEGIN\n  PERFORM pg_temp.patiently(" +
             dollar_quoted("ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS " + quoted(kPg, check), "sql") + ");\nEND\n";
      out += "DO " + dollar_quoted(body, "step") + ";\n";
    }
    if (change.kind == UniqueChange::Kind::kIndex) continue;
    const std::string what = change.kind == UniqueChange::Kind::kPrimaryKey ? " PRIMARY KEY" : " UNIQUE";
    out +=
        guarded(options, constraint_exists(change.table, change.name),
                "ALTER TABLE " + table + " ADD CONSTRAINT " + quoted(kPg, change.name) + what + " USING INDEX " + quoted(kPg, change.name),
                "constraint", change.table, change.name);
  }
  return out;
}

std::string contract(const Changes& changes, const PlanOptions& options) {
  std::string out =
      head(options,
           "-- Takes away what is not needed any more: run it when no deployed code writes these columns or relies on these indexes.\n"
           "-- A redundant column is kept and made read-only, or dropped: -v redundant_columns=keep or -v redundant_columns=drop.\n");
  if (!changes.dropped_columns.empty()) {
    out += std::string("\\if :{?redundant_columns}\n\\else\n\\set redundant_columns ") +
           (options.redundant_columns == ColumnFate::kDrop ? "drop" : "keep") +
           "\n\\endif\n"
           "SELECT :'redundant_columns' = 'drop' AS drop_columns, :'redundant_columns' NOT IN ('keep', 'drop') AS is_wrong \\gset\n"
           "\\if :is_wrong\nDO $$ BEGIN RAISE EXCEPTION 'redundant_columns is neither keep nor drop'; END $$;\n\\endif\n\n";
  }
  for (const DropColumnChange& change : changes.dropped_columns) {
    out += comment_line(difference_name(change));
    out += read_only(change, options) + "\\if :drop_columns\n" + drop_column(change, options) + "\\endif\n";
  }
  if (changes.dropped_indexes.empty()) return out;
  out += "SET lock_timeout = 0;\n";
  const std::string steps = quoted(kPg, options.quarantine) + ".steps";
  for (const DropIndexChange& change : changes.dropped_indexes) {
    const std::string full = index_name(change.index.table, change.index.name);
    const std::string table = qualified(kPg, change.index.table);
    const std::string found = "to_regclass(" + literal(kPg, full) + ')';
    out += comment_line(label(change.index.table, change.index.columns) + ": another index does its work");
    out += "INSERT INTO " + steps +
           " (kind, relation, name, definition)\n  SELECT CASE WHEN c.oid IS NULL THEN 'dropped index' ELSE 'dropped constraint' END, " +
           literal(kPg, table) + ", " + literal(kPg, full) +
           ",\n    CASE WHEN c.oid IS NULL THEN replace(pg_get_indexdef(i.indexrelid), ' INDEX ', ' INDEX CONCURRENTLY ')\n"
           "         ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', " +
           literal(kPg, table) +
           ", c.conname, pg_get_constraintdef(c.oid)) END\n  FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND " +
           "c.conrelid = i.indrelid\n  WHERE i.indexrelid = " + found + " ON CONFLICT DO NOTHING;\n";
    out += "SELECT " + literal(kPg, "DROP INDEX CONCURRENTLY " + full) + " FROM " + steps +
           " WHERE kind = 'dropped index' AND name = " + literal(kPg, full) + " AND " + found + " IS NOT NULL \\gexec\n";
    std::string body = "\nBEGIN\n  IF EXISTS (SELECT FROM " + steps +
                       " WHERE kind = 'dropped constraint' AND name = " + literal(kPg, full) + ") THEN\n    PERFORM pg_temp.patiently(" +
                       dollar_quoted("ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS " + quoted(kPg, change.index.name), "sql") +
                       ");\n  END IF;\nEND\n";
    out += "DO " + dollar_quoted(body, "step") + ";\n";
  }
  return out;
}

std::string rollback(const PlanOptions& options) {
  return "-- Undoes the plan, however far it got: constraints, indexes, views, triggers and columns; the rows of the quarantine go back to "
         "their tables.\n" +
         std::string(kPsqlHead) + '\n' + fill(sql::kFunctions, settings(options)) + '\n' + fill(sql::kPatiently, settings(options)) + '\n' +
         fill(sql::kRollback, settings(options));
}

}  // namespace drizzle_audit::migrate::postgres
