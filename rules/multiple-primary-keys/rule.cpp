// Tables with more than one primary key. Source of truth: drizzle-kit 0.31 prints every `.primaryKey()` and the first `primaryKey()` into
// CREATE TABLE and exits with 0; PostgreSQL and SQLite refuse the statement. MySQL's generator keeps one of them, and drizzle-kit 1.0 too.
#include <algorithm>
#include <string>

#include "_shared/foreign_keys.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::multiple_primary_keys {
namespace {

/// What becomes of them: seen with drizzle-kit 0.31.11 and 1.0.0-rc.4, PostgreSQL 15, SQLite 3.40.
std::string outcome(const Model& model, bool all_inline, bool all_table_level) {
  if (model.orm_v1) {
    if (all_inline) return "drizzle-kit 1.0 exits with 0 and keeps the first of them only";
    if (all_table_level) return "drizzle-kit 1.0 refuses two primaryKey() of one name and exits with 1";
    return "drizzle-kit 1.0 exits with 0 and keeps the one of primaryKey() only";
  }
  if (all_table_level) return "drizzle-kit exits with 0 and keeps the first of them only";
  if (model.dialect == Dialect::kMysql || model.dialect == Dialect::kSinglestore)
    return "drizzle-kit exits with 0, and a table has only one";
  return "drizzle-kit writes all of them into CREATE TABLE and exits with 0, and " +
         std::string(model.dialect == Dialect::kSqlite ? "SQLite (\"table has more than one primary key\")"
                                                       : "PostgreSQL (\"multiple primary keys are not allowed\")") +
         " refuses the statement";
}

/// The single column that says `.primaryKey()` beside a primaryKey() of the table; null when there are more.
const Column* lone_inline_column(const Table& table) {
  const Column* found = nullptr;
  for (const PrimaryKey& key : table.primary_keys) {
    if (!key.is_inline) continue;
    if (found != nullptr || key.columns.size() != 1) return nullptr;
    found = key.columns.front();
  }
  return found;
}

void propose(const Model& model, const Table& table, Finding& finding) {
  static constexpr std::string_view kCall = ".primaryKey()";
  const Column* column = lone_inline_column(table);
  if (column == nullptr || table.primary_keys.size() != 2) return;
  const std::string_view source = model.sources->text(column->span);
  if (source.find(kCall) == std::string_view::npos) return;
  // A key of several columns does not make its columns NOT NULL for TypeScript.
  const bool says_not_null = source.find(".notNull()") != std::string_view::npos;
  finding.help = "drop .primaryKey() from " + std::string(column->key) + ", or drop primaryKey() where the column alone identifies a row";
  finding.change = ReplaceColumn{table_ref(table), column_name(*column), std::string(kCall), says_not_null ? "" : ".notNull()"};
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  for (const Table& table : model.tables) {
    if (table.primary_keys.size() < 2 || !table.name.known()) continue;
    const auto is_inline = [](const PrimaryKey& key) { return key.is_inline; };
    const bool all_inline = std::all_of(table.primary_keys.begin(), table.primary_keys.end(), is_inline);
    const bool all_table_level = std::none_of(table.primary_keys.begin(), table.primary_keys.end(), is_inline);
    // SQLite's generator merges primaryKey() on one column into the column.
    const PrimaryKey& first = table.primary_keys.front();
    const auto same = [&](const PrimaryKey& key) { return key.columns.size() == 1 && key.columns.front() == first.columns.front(); };
    if (model.dialect == Dialect::kSqlite && !first.columns.empty() &&
        std::all_of(table.primary_keys.begin(), table.primary_keys.end(), same)) {
      continue;
    }
    std::string list;
    for (const PrimaryKey& key : table.primary_keys) list += (list.empty() ? "" : " and ") + qualified(table, key.columns);
    Finding& finding =
        context.report(table.primary_keys.back().span, table_subject(SubjectKind::kTable, table),
                       display_name(table) + " declares " + std::to_string(table.primary_keys.size()) + " primary keys: " + list);
    finding.note = outcome(model, all_inline, all_table_level);
    finding.help = all_inline
                       ? "for a key of all of them write one primaryKey({ columns: […] }) among the table's extras, and .notNull() on the "
                         "columns; otherwise make the others .notNull().unique()"
                       : "keep one";
    for (const PrimaryKey& key : table.primary_keys) {
      finding.evidence.push_back(
          {"declaration", qualified(table, key.columns) + (key.is_inline ? " by .primaryKey()" : " by primaryKey()"), key.span});
    }
    propose(model, table, finding);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "multiple-primary-keys",
    .summary = "A table declares more than one primary key.",
    .category = "integrity",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::multiple_primary_keys
