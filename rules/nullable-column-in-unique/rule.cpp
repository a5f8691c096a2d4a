// Unique constraints that do not hold for rows without a value in one of their columns, where nothing says that this is meant: in a unique
// constraint of SQL two NULLs differ. Which members are meant to be missing (`external_id`) and which are a scope (`parent_id`) is told by
// what they are, see is_scope().
#include "drizzle_audit/rule.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "_shared/access_path.h"
#include "_shared/keys.h"
#include "drizzle_audit/names.h"

namespace drizzle_audit::rules::nullable_column_in_unique {
namespace {

using Columns = std::vector<const Column*>;

template <std::size_t N>
bool has_word(const Column& column, const std::array<std::string_view, N>& list) {
  const Words words = split_words(column.name.value_or(column.key));
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return std::find(list.begin(), list.end(), word) != list.end(); });
}

/// A mark of rows that do not count any more: those that count have NULL there.
bool marks_deleted(const Column& column) {
  static constexpr std::array<std::string_view, 4> kWords = {"deleted", "archived", "removed", "trashed"};
  return has_word(column, kWords);
}

/// A name or number by itself: rows without one have nothing to be unique by.
bool is_identifier(const Column& column) {
  static constexpr std::array<std::string_view, 20> kWords = {"id",        "uuid",  "key",   "slug",        "code",  "number",  "no",
                                                              "sku",       "email", "phone", "token",       "hash",  "name",    "handle",
                                                              "reference", "ref",   "url",   "fingerprint", "title", "username"};
  return has_word(column, kWords);
}

const ForeignKey* foreign_key(const Column& column) {
  for (const ForeignKey& key : column.table->foreign_keys) {
    if (std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end()) return &key;
  }
  return nullptr;
}

bool can_be_null(const Column& column) {
  if (column.not_null || column.primary_key || column.has_default || column.runtime_default || column.generated || column.auto_increment)
    return false;
  const Table& table = *column.table;
  return std::none_of(table.primary_keys.begin(), table.primary_keys.end(), [&](const PrimaryKey& key) {
    return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end();
  });
}

bool holds(const Columns& columns, const Column* column) { return std::find(columns.begin(), columns.end(), column) != columns.end(); }

/// Whether the column says within what the others are unique, so that a row without it still has something to be unique by.
bool is_scope(const Column& column, const Columns& others, const Column* tenant) {
  if (marks_deleted(column)) return true;
  const auto is_natural = [&](const Column* other) { return other != tenant && foreign_key(*other) == nullptr && !can_be_null(*other); };
  const bool has_natural = std::any_of(others.begin(), others.end(), is_natural);
  if (foreign_key(column) != nullptr) return has_natural || others.size() >= 2;
  return others.size() >= 2 && has_natural && !is_identifier(column);
}

/// Whether another constraint takes care of the rows without a value: a unique index on the others alone, or one for those rows.
bool has_companion(const Table& table, const AccessPath& path, const Columns& nullable) {
  for (const AccessPath& other : access_paths(table)) {
    if (!other.unique || other.span == path.span || other.columns.empty()) continue;
    const bool is_part = std::all_of(other.columns.begin(), other.columns.end(), [&](const Column* column) {
      return column == nullptr || (holds(path.columns, column) && !holds(nullable, column));
    });
    if (is_part) return true;
  }
  return false;
}

/// Whether another constraint does for another column what this one does for `column`: the rows are about one of several things, and each
/// constraint about those of its own.
bool is_one_of_several(const Table& table, const AccessPath& path, const Column& column) {
  for (const AccessPath& other : access_paths(table)) {
    if (!other.unique || other.span == path.span || other.columns.size() != path.columns.size() || holds(other.columns, &column)) continue;
    std::size_t shared = 0;
    for (const Column* part : other.columns) {
      if (part != nullptr && holds(path.columns, part)) ++shared;
    }
    if (shared + 1 == path.columns.size()) return true;
  }
  return false;
}

/// Whether a check speaks of the column: `num_nonnulls(a, b) = 1`, `deleted_at is null or …`.
bool has_check(const Table& table, const Column& column) {
  if (table.incomplete.checks) return true;
  return std::any_of(table.checks.begin(), table.checks.end(), [&](const Check& check) {
    return !check.value.known() || check.value.value().text.find(column_name(column)) != std::string_view::npos;
  });
}

bool is_distinct(const Table& table, const AccessPath& path) {
  return std::none_of(table.uniques.begin(), table.uniques.end(),
                      [&](const Unique& unique) { return unique.span == path.span && unique.nulls_not_distinct; });
}

std::string list(const Columns& columns) {
  std::string text;
  for (const Column* column : columns) text += (text.empty() ? "" : ", ") + column_name(*column);
  return text;
}

std::string help_for(const Table& table, const Column& column, bool is_constraint) {
  const std::string key = std::string(column.key);
  const std::string name = column_name(column);
  const std::string owner(table.extras_parameter.empty() ? std::string_view("t") : table.extras_parameter);
  if (marks_deleted(column)) {
    if (table.dialect == Dialect::kMysql) return "take " + name + " out and add a generated column that is NULL for deleted rows only";
    return "use a unique index on the other columns with .where(sql`${" + owner + "." + key + "} is null`)";
  }
  std::string help = "if rows without " + name + " count, make it NOT NULL";
  if (table.dialect == Dialect::kPostgresql) {
    help += is_constraint ? ", or add .nullsNotDistinct() (PostgreSQL 15)"
                          : ", or use unique().on(…).nullsNotDistinct() instead of the unique index (PostgreSQL 15)";
  } else if (table.dialect == Dialect::kSqlite) {
    help += ", or add a unique index on the other columns with .where(sql`${" + owner + "." + key + "} is null`)";
  }
  return help;
}

void check_path(const RuleContext& context, const Table& table, const AccessPath& path) {
  const Column* tenant = tenant_column(context.tenants(), table);
  if (!path.unique || path.kind == AccessKind::kPrimaryKey || path.columns.size() < 2 || holds(path.columns, nullptr)) return;
  if ((path.index != nullptr && path.index->where) || !is_distinct(table, path)) return;
  Columns nullable;
  for (const Column* column : path.columns) {
    if (column->unread_chain || !column->name.known()) return;
    if (can_be_null(*column)) nullable.push_back(column);
  }
  if (nullable.empty() || has_companion(table, path, nullable)) return;
  const Column* worst = nullptr;
  for (const Column* column : nullable) {
    Columns others = path.columns;
    std::erase(others, column);
    if (!is_scope(*column, others, tenant) || has_check(table, *column) || is_one_of_several(table, path, *column)) continue;
    if (worst == nullptr || (marks_deleted(*column) && !marks_deleted(*worst))) worst = column;
  }
  if (worst == nullptr) return;

  Columns others = path.columns;
  std::erase(others, worst);
  const bool deleted = marks_deleted(*worst);
  Subject subject = table_subject(path.kind == AccessKind::kUnique ? SubjectKind::kUnique : SubjectKind::kIndex, table);
  for (const Column* column : path.columns) subject.columns.push_back(column_name(*column));
  subject.name = path.name;
  const std::string of = display_name(table) + " (" + list(path.columns) + ")";
  Finding& finding =
      context.report(path.span, std::move(subject),
                     deleted ? "unique " + of + " holds for deleted rows only: " + column_name(*worst) + " of all others is NULL"
                             : "unique " + of + " does not hold for rows without " + column_name(*worst));
  finding.severity = deleted ? Severity::kWarning : Severity::kInfo;
  finding.confidence = deleted ? Confidence::kCertain : Confidence::kHigh;
  finding.note = "two NULLs are not equal in a unique constraint, so any number of such rows can have the same " + list(others);
  finding.help = help_for(table, *worst, path.kind == AccessKind::kUnique);
  finding.evidence.push_back({"declaration", display_name(table) + "." + column_name(*worst) + " can be NULL", worst->span});
  if (const ForeignKey* key = foreign_key(*worst); key != nullptr && key->on_delete == "set null") {
    finding.evidence.push_back({"declaration", "it becomes NULL when the row it references is deleted", key->span});
  }
}

void check(const RuleContext& context) {
  // In SQL Server two NULLs are equal, and the constraint holds.
  if (context.model().dialect == Dialect::kMssql) return;
  for (const Table& table : context.model().tables) {
    if (!table.name.known() || !has_known_indexes(table)) continue;
    for (const AccessPath& path : access_paths(table)) check_path(context, table, path);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "nullable-column-in-unique",
    .summary = "A unique constraint does not hold for rows without a value in one of its columns.",
    .category = "integrity",
    .severity = Severity::kInfo,
    .check = check,
};

}  // namespace drizzle_audit::rules::nullable_column_in_unique
