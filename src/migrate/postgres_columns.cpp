// PostgreSQL: a redundant column and what takes its place. It is made read-only first, so that it can be backed up and compared without
// a lock; dropping it is an instant.
#include "migrate/parity.h"
#include "migrate/postgres.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate::postgres {
namespace {

constexpr Dialect kPg = Dialect::kPostgresql;
// A schema of its own: drizzle-kit push would drop a view among the schema's tables that the schema does not declare.
constexpr std::string_view kViewSchema = "drizzle_audit_views";
constexpr std::size_t kMaxName = 63;  // bytes; PostgreSQL cuts the rest off

std::string short_name(const std::string& name, const std::string& suffix) { return name.substr(0, kMaxName - suffix.size()) + suffix; }

std::string column_exists(const DropColumnChange& change) {
  return "SELECT FROM pg_attribute WHERE attrelid = " + literal(kPg, qualified(kPg, change.drop.table)) +
         "::regclass AND attname = " + literal(kPg, change.drop.column) + " AND NOT attisdropped";
}

std::string read_only_name(const DropColumnChange& change) {
  return short_name(change.drop.table.table + '_' + change.drop.column, "_read_only");
}

/// Runs the statement only while the column is there. `%` in it is safe: nothing formats it.
std::string while_there(const DropColumnChange& change, const std::string& statements) {
  return "DO " +
         dollar_quoted("\nBEGIN\n  IF NOT EXISTS (" + column_exists(change) + ") THEN RETURN; END IF;\n" + statements + "END\n", "step") +
         ";\n";
}

}  // namespace

TableRef view_name(const DropColumnChange& change) {
  const std::string prefix = change.drop.table.schema ? *change.drop.table.schema + '_' : std::string();
  return {std::string(kViewSchema), short_name(prefix + change.drop.table.table + "_with_" + change.drop.column, "")};
}

namespace {

std::string compatibility_view(const DropColumnChange& change) {
  // A WITH query is never updatable by itself (PostgreSQL manual, CREATE VIEW, "Updatable Views"), and is inlined, so that conditions reach
  // the table's indexes.
  return "CREATE VIEW " + qualified(kPg, view_name(change)) + " AS WITH t AS (SELECT " + columns(kPg, change.other_columns) + " FROM " +
         qualified(kPg, change.drop.table) + ") SELECT " + columns(kPg, change.other_columns, "t") + ", " + rebuilt_list(change) + " AS " +
         quoted(kPg, change.drop.column) + " FROM t";
}

}  // namespace

std::string add_compatibility_view(const DropColumnChange& change, const PlanOptions& options) {
  const TableRef view = view_name(change);
  const std::string schema = quoted(kPg, *view.schema);
  return guarded(options, "SELECT FROM pg_namespace WHERE nspname = " + literal(kPg, *view.schema), "CREATE SCHEMA " + schema, "schema",
                 change.drop.table, *view.schema, schema) +
         guarded(options, "SELECT FROM pg_class WHERE oid = to_regclass(" + literal(kPg, qualified(kPg, view)) + ')',
                 compatibility_view(change), "view", change.drop.table, view.table, qualified(kPg, view));
}

std::string read_only(const DropColumnChange& change, const PlanOptions& options) {
  const TableRef function{change.drop.table.schema, read_only_name(change)};
  const std::string column = quoted(kPg, change.drop.column);
  const std::string full = qualified(kPg, function) + "()";
  const std::string message = difference_name(change) + " is read-only: write to " + label(change.drop.parity_table);
  // An insert may say nothing, or that there is nothing.
  const std::string body = "\nBEGIN\n  IF TG_OP = 'INSERT' THEN\n    IF NEW." + column + " IS NULL OR NEW." + column +
                           "::text IN ('[]', '{}', 'null') THEN RETURN NEW; END IF;\n  ELSIF NEW." + column +
                           "::text IS NOT DISTINCT FROM OLD." + column +
                           "::text THEN\n    RETURN NEW;\n  END IF;\n  RAISE EXCEPTION '%', " + literal(kPg, message) +
                           " USING ERRCODE = 'read_only_sql_transaction';\nEND\n";
  std::string out = guarded(options, "SELECT FROM pg_proc WHERE oid = to_regprocedure(" + literal(kPg, full) + ')',
                            "CREATE FUNCTION " + full + " RETURNS trigger LANGUAGE plpgsql AS " + dollar_quoted(body, "body"), "function",
                            change.drop.table, read_only_name(change), full);
  const std::string present = "SELECT FROM pg_trigger WHERE tgrelid = " + literal(kPg, qualified(kPg, change.drop.table)) +
                              "::regclass AND tgname = " + literal(kPg, read_only_name(change)) + " UNION ALL SELECT WHERE NOT EXISTS (" +
                              column_exists(change) + ')';
  return out + guarded(options, present,
                       "CREATE TRIGGER " + quoted(kPg, read_only_name(change)) + " BEFORE INSERT OR UPDATE OF " + column + " ON " +
                           qualified(kPg, change.drop.table) + " FOR EACH ROW EXECUTE FUNCTION " + full,
                       "trigger", change.drop.table, read_only_name(change));
}

std::string count_differences(const DropColumnChange& change, const PlanOptions& options) {
  // Differences that somebody accepted are in the quarantine, row by row; the table it is kept in may not be there.
  const std::string column = quoted(kPg, change.drop.column);
  std::string accepted;
  for (const std::string& name : change.row_key) accepted += "q." + quoted(kPg, name) + " = t." + quoted(kPg, name) + " AND ";
  accepted += "q." + column + "::text IS NOT DISTINCT FROM t." + column +
              "::text AND q.quarantine_action = 'difference' AND q.quarantine_cause = " + literal(kPg, difference_name(change));
  const std::string table = qualified(kPg, change.drop.table);
  const std::string shelf = literal(kPg, quoted(kPg, options.quarantine) + '.' + quoted(kPg, quarantine_table(change.drop.table)));
  return "n := 0;\n  IF EXISTS (" + column_exists(change) + ") THEN\n    EXECUTE " +
         dollar_quoted("SELECT count(*) FROM " + table + " t WHERE (" + differs(kPg, change) + ')', "sql") + " || CASE WHEN to_regclass(" +
         shelf + ") IS NULL THEN '' ELSE " +
         dollar_quoted(" AND NOT EXISTS (SELECT FROM " + quoted(kPg, options.quarantine) + '.' +
                           quoted(kPg, quarantine_table(change.drop.table)) + " q WHERE " + accepted + ")",
                       "sql") +
         " END INTO n;\n  END IF;\n";
}

std::string drop_column(const DropColumnChange& change, const PlanOptions& options) {
  const std::string table = qualified(kPg, change.drop.table);
  const std::string column = quoted(kPg, change.drop.column);
  const std::string quarantine = quoted(kPg, options.quarantine);
  const std::string backup = quarantine + '.' + quoted(kPg, short_name("backup of " + difference_name(change), ""));
  const std::string backup_text = literal(kPg, backup);

  std::string out = while_there(
      change,
      "  DECLARE\n    n bigint;\n  BEGIN\n    " + count_differences(change, options) + "    IF n > 0 THEN\n      RAISE EXCEPTION '%', " +
          literal(kPg, difference_name(change) + " still differs from " + label(change.drop.parity_table) + " in ") +
          " || n || ' rows'\n        USING HINT = 'Correct them, or accept them: 1_cleanup.sql, README.md.';\n    END IF;\n  END;\n");
  std::string referenced_backup;
  for (const std::string& name : change.row_key) {
    referenced_backup += (referenced_backup.empty() ? "b." : " AND b.") + quoted(kPg, name) + " = t." + quoted(kPg, name);
  }
  out += while_there(change, "  IF to_regclass(" + backup_text + ") IS NULL THEN\n    CREATE TABLE " + backup + " AS SELECT " +
                                 columns(kPg, change.row_key) + ", " + column + " FROM " + table + ";\n  END IF;\n");
  // What brings it back: the column as the catalogue describes it now, its values, and what was built on it.
  const std::string definition =
      "SELECT format('ALTER TABLE %s ADD COLUMN %I %s%s%s; ', " + literal(kPg, table) +
      ", a.attname, format_type(a.atttypid, a.atttypmod), "
      "CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END, "
      "coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), ''))"
      " || " +
      literal(kPg, "UPDATE " + table + " t SET " + column + " = b." + column + " FROM " + backup + " b WHERE " + referenced_backup + "; ") +
      " || CASE WHEN a.attnotnull THEN format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL; ', " + literal(kPg, table) +
      ", a.attname) ELSE '' END"
      " || coalesce((SELECT string_agg(format('ALTER TABLE %s ADD CONSTRAINT %I %s; ', " +
      literal(kPg, table) +
      ", c.conname, pg_get_constraintdef(c.oid)), '' ORDER BY c.oid)"
      " FROM pg_constraint c WHERE c.conrelid = a.attrelid AND a.attnum = ANY (c.conkey)), '')"
      " || coalesce((SELECT string_agg(pg_get_indexdef(i.indexrelid) || '; ', '' ORDER BY i.indexrelid) FROM pg_index i WHERE i.indrelid = "
      "a.attrelid"
      " AND a.attnum = ANY (i.indkey::int2[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)), '')"
      " || coalesce(format('COMMENT ON COLUMN %s.%I IS %L; ', " +
      literal(kPg, table) +
      ", a.attname, col_description(a.attrelid, a.attnum)), '')"
      " FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
      " WHERE a.attrelid = " +
      literal(kPg, table) + "::regclass AND a.attname = " + literal(kPg, change.drop.column);
  out += while_there(change, "  INSERT INTO " + quarantine + ".steps (kind, relation, name, definition) VALUES ('column', " +
                                 literal(kPg, table) + ", " + literal(kPg, change.drop.column) + ", (" + definition +
                                 ")) ON CONFLICT DO NOTHING;\n" + "  PERFORM pg_temp.patiently(" +
                                 dollar_quoted("DROP TRIGGER IF EXISTS " + quoted(kPg, read_only_name(change)) + " ON " + table +
                                                   "; ALTER TABLE " + table + " DROP COLUMN " + column,
                                               "sql") +
                                 ");\n");
  return out;
}

}  // namespace drizzle_audit::migrate::postgres
