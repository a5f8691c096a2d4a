// PostgreSQL: the files that read and move rows. 0_preflight.sql, 1_cleanup.sql.
#include <cctype>

#include "migrate/embedded_sql.h"
#include "migrate/parity.h"
#include "migrate/postgres.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate::postgres {
namespace {

constexpr Dialect kPg = Dialect::kPostgresql;

std::string text_array(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + literal(kPg, name);
  return "ARRAY[" + out + "]::text[]";
}

std::string newest_order(const UniqueChange& change) {
  std::string out;
  for (const std::string& name : change.newest) out += "t." + quoted(kPg, name) + " DESC NULLS LAST, ";
  return out + "t.ctid DESC";
}

/// For the row `t` and its copy `q`: the same row with the same value.
std::string same_value(const DropColumnChange& change) {
  std::string out;
  for (const std::string& name : change.row_key) out += "q." + quoted(kPg, name) + " = t." + quoted(kPg, name) + " AND ";
  return out + "q." + quoted(kPg, change.drop.column) + "::text IS NOT DISTINCT FROM t." + quoted(kPg, change.drop.column) + "::text";
}

struct PlannedRow {
  std::string_view kind;
  std::string name;
  std::string fields;  ///< rel, cols, parent, parent_cols, nullable, newest, condition, same
  Choice choice = Choice::kAbort;
};

std::vector<PlannedRow> rows_of(const Changes& changes) {
  std::vector<PlannedRow> rows;
  for (const ForeignKeyChange& change : changes.foreign_keys) {
    const AddForeignKey& key = change.key;
    rows.push_back({"orphans", key.name,
                    literal(kPg, qualified(kPg, key.table)) + ", " + text_array(key.columns) + ", " +
                        literal(kPg, qualified(kPg, key.foreign_table)) + ", " + text_array(key.foreign_columns) + ", " +
                        (change.nullable ? "true" : "false") + ", NULL, NULL, NULL",
                    change.choice});
  }
  for (const UniqueChange& change : changes.uniques) {
    rows.push_back({"duplicates", change.name,
                    literal(kPg, qualified(kPg, change.table)) + ", " + text_array(change.columns) + ", NULL, NULL, false, " +
                        literal(kPg, newest_order(change)) + ", NULL, NULL",
                    change.choice});
  }
  for (const DropColumnChange& change : changes.dropped_columns) {
    rows.push_back({"differences", difference_name(change),
                    literal(kPg, qualified(kPg, change.drop.table)) + ", " + text_array({change.drop.column}) +
                        ", NULL, NULL, false, NULL, " + literal(kPg, differs(kPg, change)) + ", " + literal(kPg, same_value(change)),
                    change.choice});
  }
  return rows;
}

}  // namespace

std::string variable(const std::string& name) {
  std::string out;
  for (const char c : name) out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return out;
}

std::string quarantine_table(const TableRef& table) { return table.schema.value_or("public") + '.' + table.table; }

std::string refusal(const Changes& changes, const std::vector<DataCheck>& checks, const PlanOptions& options) {
  std::string body = "\nDECLARE\n  n bigint;\n  sample text;\n  violations text := '';\nBEGIN\n";
  for (const DataCheck& check : checks) {
    const std::string kind(to_string(check.kind));
    body += "  " + comment_line(kind + ": " + check.what);
    std::string count = "n := (" + check.count + ");\n";
    for (const DropColumnChange& change : changes.dropped_columns) {
      if (check.kind == CheckKind::kDifferences && check.name == difference_name(change)) count = count_differences(change, options);
    }
    body += "  " + count;
    body += "  IF n > 0 THEN\n    SELECT string_agg(s.key, ', ') INTO sample FROM (" + check.sample_key + ") s;\n";
    body += "    RAISE NOTICE '%', " + literal(kPg, kind + ' ' + check.name + ": ") + " || n || " +
            literal(kPg, " rows of " + check.table + ", for example ") + " || sample;\n";
    body += "    violations := violations || E'\\n  ' || " + literal(kPg, kind + ' ' + check.name + ": ") + " || n;\n";
    body += "  ELSE\n    RAISE NOTICE '%', " + literal(kPg, kind + ' ' + check.name + ": none") + ";\n  END IF;\n";
  }
  body +=
      "  IF violations <> '' THEN\n    RAISE EXCEPTION 'rows are in the way:%', violations\n"
      "      USING HINT = 'README.md, \"Cleaning up\", says what can be done with them.';\n  END IF;\nEND\n";
  return "DO " + dollar_quoted(body, "preflight") + ";\n";
}

std::string preflight(const Changes& changes, const std::vector<DataCheck>& checks, const PlanOptions& options) {
  return "-- Reads only. Counts the rows that are in the way of the plan, shows some of each kind, and fails while there are any.\n"
         "--   psql -X -f 0_preflight.sql \"$DATABASE_URL\"\n" +
         std::string(kPsqlHead) + "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;\n" + refusal(changes, checks, options) +
         "COMMIT;\n";
}

std::string planned_rows(const Changes& changes, const PlanOptions& options, bool variables) {
  std::string out =
      "CREATE TEMPORARY TABLE planned (id int, kind text, name text, rel regclass, cols text[], parent regclass, parent_cols text[],\n"
      "  nullable boolean, newest text, condition text, same text, choice text) ON COMMIT DROP;\n"
      "CREATE TEMPORARY TABLE followed (name text) ON COMMIT DROP;\n";
  int id = 0;
  for (const PlannedRow& row : rows_of(changes)) {
    const std::string choice = variables ? ":'" + variable(row.name) + '\'' : literal(kPg, to_string(row.choice));
    out += "INSERT INTO planned VALUES (" + std::to_string(++id) + ", " + literal(kPg, row.kind) + ", " + literal(kPg, row.name) + ", " +
           row.fields + ", " + choice + ");\n";
  }
  if (variables) return out + "INSERT INTO followed SELECT btrim(unnest(string_to_array(:'follow', ',')));\n";
  for (const std::string& name : options.follow) out += "INSERT INTO followed VALUES (" + literal(kPg, name) + ");\n";
  return out;
}

std::string cleanup(const Changes& changes, const PlanOptions& options) {
  const auto defaulted = [](const std::string& name, const std::string& value) {
    return "\\if :{?" + name + "}\n\\else\n\\set " + name + ' ' + value + "\n\\endif\n";
  };
  std::string out = "-- Moves the rows that are in the way into the schema " + quoted(kPg, options.quarantine) +
                    ". One transaction: all of it happens, or nothing.\n"
                    "-- A choice for each constraint; abort means: stop, and change nothing. Give others on the command line, for example\n"
                    "--   psql -X -v NAME=delete -f 1_cleanup.sql \"$DATABASE_URL\"\n"
                    "-- orphans: abort, delete, set-null. duplicates: abort, keep-newest. differences: abort, accept.\n" +
                    std::string(kPsqlHead);
  for (const PlannedRow& row : rows_of(changes)) {
    out += comment_line(std::string(row.kind) + ' ' + row.name);
    out += defaulted(variable(row.name), std::string(to_string(row.choice)));
  }
  out += "-- foreign keys of the database, separated by commas, whose rows may go with the rows they refer to\n";
  out += defaulted("follow", "'" + joined(options.follow, ",") + "'");
  out += "\nBEGIN;\n" + fill(sql::kSupport, settings(options)) + fill(sql::kFunctions, settings(options)) + '\n';
  out += planned_rows(changes, options, true) + '\n' + fill(sql::kCleanup, settings(options)) + "COMMIT;\n";
  return out;
}

}  // namespace drizzle_audit::migrate::postgres
