// A natural key that nothing keeps unique. natural_key.h says which columns are such keys, scope.h within what, code_use.h what the code
// takes for granted about them; this file weighs the signs and words the findings.
#include <algorithm>
#include <string>
#include <vector>

#include "_shared/constraint_names.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"
#include "slug-not-unique/code_use.h"
#include "slug-not-unique/natural_key.h"
#include "slug-not-unique/scope.h"

namespace drizzle_audit::rules::slug_not_unique {
namespace {

struct Case {
  const Column* key = nullptr;
  KeyKind kind = KeyKind::kSlug;
  Scope scope;
  CodeUse use;
  const Column* sibling = nullptr;  ///< another table's column of this name that is bound
};

/// Another table that has the same kind of key in the same columns and keeps them unique together.
const Column* bound_sibling(const SchemaIndex& schema, const Column& key, KeyKind kind, const Scope& scope) {
  for (const Column* column : schema.columns_called(key.name.value())) {
    if (column == &key || natural_key(*column->table, *column) != kind) continue;
    std::vector<const Column*> columns;
    for (const Column* part : scope.columns) {
      if (const Column* same = find_column(*column->table, part->name.value())) columns.push_back(same);
    }
    if (columns.size() == scope.columns.size() && is_key(*column->table, columns)) return column;
  }
  return nullptr;
}

/// Whether a unique constraint names the table's rows by something else that is not a reference: UNIQUE (company_id, key).
bool has_another_name(const SchemaIndex& schema, const Column& key) {
  const auto names_row = [&](const std::vector<const Column*>& columns) {
    return std::find(columns.begin(), columns.end(), &key) == columns.end() &&
           std::any_of(columns.begin(), columns.end(), [&](const Column* c) { return !c->primary_key && !schema.is_reference(*c); });
  };
  for (const Unique& unique : key.table->uniques) {
    if (names_row({unique.columns.begin(), unique.columns.end()})) return true;
  }
  return std::any_of(key.table->indexes.begin(), key.table->indexes.end(), [&](const Index& index) {
    std::vector<const Column*> columns;
    for (const IndexColumn& part : index.columns) {
      if (part.column != nullptr) columns.push_back(part.column);
    }
    return index.unique && names_row(columns);
  });
}

std::string names(const std::vector<const Column*>& columns) {
  std::string text;
  for (const Column* column : columns) text += (text.empty() ? "" : ", ") + column_name(*column);
  return columns.size() == 1 ? text : "(" + text + ")";
}

std::string label(const Column& column) { return display_name(*column.table) + "." + column_name(column); }

std::string message_for(const Case& found) {
  if (found.scope.columns.size() == 1) return label(*found.key) + " is not unique: no unique constraint binds it";
  return label(*found.key) + " is not unique within " + found.scope.label + ": no unique constraint binds " + names(found.scope.columns);
}

std::string note_for(const Case& found, Dialect dialect) {
  if (!found.use.conflicts.empty()) {
    return dialect == Dialect::kSqlite ? "SQLite refuses the statement: its ON CONFLICT clause matches no PRIMARY KEY or UNIQUE constraint"
                                       : "the database refuses the statement: no unique constraint matches its ON CONFLICT columns";
  }
  if (!found.use.look_ups.empty()) return "where two rows have the same one, the code takes whichever comes first";
  if (!found.use.handled_duplicates.empty()) return "the code waits for an error that the database never raises, and duplicates are stored";
  return "two rows can answer to the same one; a check in the application does not stop two requests at once";
}

/// MySQL can index a part of a text only.
bool is_unindexable(const Case& found, Dialect dialect) {
  return dialect == Dialect::kMysql && std::any_of(found.scope.columns.begin(), found.scope.columns.end(), [](const Column* column) {
           return std::string_view(column->sql_type.value_or("")).find("text") != std::string_view::npos;
         });
}

std::string help_for(const Case& found, Dialect dialect) {
  const std::string_view written = found.key->table->extras_parameter;
  const std::string parameter(written.empty() ? "t" : written);
  std::string list;
  for (const Column* column : found.scope.columns) list += (list.empty() ? "" : ", ") + parameter + "." + std::string(column->key);
  std::string help;
  if (const Column* mark = deletion_mark(*found.key->table); mark != nullptr && dialect != Dialect::kMysql) {
    help = "add uniqueIndex().on(" + list + ").where(isNull(" + parameter + "." + std::string(mark->key) +
           ")) to the table, so that rows marked as deleted do not keep theirs, or unique().on(" + list + ") if they do";
  } else if (found.scope.columns.size() == 1) {
    help = "add .unique() to " + std::string(found.key->key);
  } else {
    help = "add unique().on(" + list + ") to the table";
  }
  if (is_unindexable(found, dialect)) help += ", after giving the text a length: MySQL has no unique constraint on the whole of a text";
  return help + "; rows that repeat it have to be cleaned up first";
}

void add_evidence(Finding& finding, const Case& found) {
  for (const Query* query : found.use.conflicts) {
    finding.evidence.push_back(
        {"conflict-target",
         "an insert into " + display_name(*found.key->table) + " names " + names(query->conflict_target) + " as its conflict target",
         query->span});
  }
  for (const LookUp& look_up : found.use.look_ups) {
    finding.evidence.push_back({"look-up", "a single row is looked up by " + names(look_up.columns), look_up.span});
  }
  for (const Span place : found.use.handled_duplicates) {
    finding.evidence.push_back(
        {"unique-violation",
         "a duplicate is handled after an insert into " + display_name(*found.key->table) + ", which has no unique constraint", place});
  }
  if (found.scope.index != nullptr) {
    finding.evidence.push_back({"index", "an index serves look-ups by it", found.scope.index->span});
  }
  if (found.sibling != nullptr)
    finding.evidence.push_back({"sibling", label(*found.sibling) + " is unique in the same way", found.sibling->span});
  finding.evidence.push_back({"name", column_name(*found.key) + " names a row of " + display_name(*found.key->table), found.key->span});
  constexpr std::size_t kShown = 10;
  if (finding.evidence.size() > kShown) finding.evidence.erase(finding.evidence.begin() + kShown, finding.evidence.end() - 1);
}

void report(const RuleContext& context, const Case& found, ConstraintNames& constraint_names) {
  const Table& table = *found.key->table;
  Subject subject = table_subject(SubjectKind::kUnique, table);
  for (const Column* column : found.scope.columns) subject.columns.push_back(column_name(*column));
  Finding& finding = context.report(found.key->span, std::move(subject), message_for(found));
  if (!found.use.any()) finding.severity = Severity::kWarning;
  finding.confidence =
      found.use.any() || found.scope.index != nullptr || found.sibling != nullptr ? Confidence::kHigh : Confidence::kMedium;
  finding.note = note_for(found, table.dialect);
  finding.help = help_for(found, table.dialect);
  add_evidence(finding, found);
  if (is_unindexable(found, table.dialect)) return;
  // A constraint on all rows is not what a table that only marks its deleted rows can have without more ado.
  if (deletion_mark(table) != nullptr && found.use.conflicts.empty()) return;
  AddUnique change;
  change.table = table_ref(table);
  for (const Column* column : found.scope.columns) change.columns.push_back(column_name(*column));
  change.name = constraint_names.unique(table, found.scope.columns);
  finding.change = std::move(change);
}

bool is_unread(const Table& table) {
  return !table.name.known() || table.incomplete.uniques || table.incomplete.indexes || table.incomplete.primary_keys ||
         table.incomplete.columns;
}

void check_column(const RuleContext& context, const SchemaIndex& schema, const Column& key, ConstraintNames& constraint_names) {
  const Table& table = *key.table;
  const std::optional<KeyKind> kind = natural_key(table, key);
  if (!kind || is_bound(table, key) || schema.is_reference(key)) return;
  Case found;
  found.key = &key;
  found.kind = *kind;
  found.use = code_use(context.queries(), key);
  // ineffective-table-extra has the cure for what was written and skipped; this rule adds what the code makes of it.
  if (!found.use.any() && is_meant_to_be_bound(table, key)) return;
  std::optional<Scope> scope = scope_of(context.tenants(), schema, key, *kind, found.use);
  if (!scope) return;
  found.scope = std::move(*scope);
  const bool readable =
      std::all_of(found.scope.columns.begin(), found.scope.columns.end(), [](const Column* c) { return c->name.known(); });
  if (!readable || is_key(table, found.scope.columns)) return;
  // Where rows have another name that is unique, this one may repeat; only a look-up by it says that it must not.
  if (!found.use.any() && found.scope.index == nullptr && has_another_name(schema, key)) return;
  found.sibling = bound_sibling(schema, key, *kind, found.scope);
  const bool second_sign = found.use.any() || (key.not_null && (found.scope.index != nullptr || found.sibling != nullptr));
  if (needs_second_sign(*kind, key) && !second_sign) return;
  report(context, found, constraint_names);
}

void check(const RuleContext& context) {
  const SchemaIndex schema(context.model());
  ConstraintNames constraint_names(context.model());
  for (const Table& table : context.model().tables) {
    if (is_unread(table)) continue;
    for (const Column& column : table.columns) check_column(context, schema, column, constraint_names);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "slug-not-unique",
    .summary = "A slug, number or code that names a row is not unique.",
    .category = "integrity",
    .severity = Severity::kError,
    .reads_code = true,
    .check = check,
};

}  // namespace drizzle_audit::rules::slug_not_unique
