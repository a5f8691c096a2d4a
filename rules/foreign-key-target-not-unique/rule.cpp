// Foreign keys to columns that nothing makes unique. Source of truth: PostgreSQL 15 ("there is no unique constraint matching given keys"),
// SQLite 3.40 ("foreign key mismatch", at the first write), MySQL's manual on foreign keys; drizzle-kit 0.31.11 and 1.0.0-rc.4 check
// nothing.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "_shared/constraint_names.h"
#include "_shared/foreign_keys.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::foreign_key_target_not_unique {
namespace {

using Columns = std::span<const Column* const>;

/// What drizzle-kit writes into CREATE TABLE, or as a constraint before the foreign keys: not a unique index.
bool is_constraint(const Table& table, Columns columns) {
  const auto fits = [&](const auto& key) { return same_columns(key.columns, columns); };
  return std::any_of(table.primary_keys.begin(), table.primary_keys.end(), fits) ||
         std::any_of(table.uniques.begin(), table.uniques.end(), fits);
}

/// Whether an index begins with these columns in this order: what InnoDB asks for.
bool has_index(const Table& table, Columns columns) {
  const auto begins = [&](const auto& key) {
    return key.columns.size() >= columns.size() && std::equal(columns.begin(), columns.end(), key.columns.begin());
  };
  return std::any_of(table.primary_keys.begin(), table.primary_keys.end(), begins) ||
         std::any_of(table.uniques.begin(), table.uniques.end(), begins) ||
         std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
           return index.columns.size() >= columns.size() &&
                  std::equal(columns.begin(), columns.end(), index.columns.begin(),
                             [](const Column* column, const IndexColumn& part) { return part.column == column; });
         });
}

/// A unique constraint that the raw SQL or the misplaced builder among the extras was meant to be is another rule's matter.
bool may_be_unique(const Table& target) {
  return target.incomplete.uniques || target.incomplete.indexes || target.incomplete.primary_keys || target.incomplete.columns ||
         !target.ignored_extras.empty();
}

std::string note_for(const Model& model, const Table& target, Columns columns) {
  switch (model.dialect) {
    case Dialect::kPostgresql:
      return "PostgreSQL refuses it (\"there is no unique constraint matching given keys for referenced table\"); drizzle-kit "
             "generates it and exits with 0";
    case Dialect::kSqlite: return "SQLite creates the tables, and then every write that needs the check fails (\"foreign key mismatch\")";
    case Dialect::kMysql:
      return has_index(target, columns) ? "MySQL 8.4 refuses a foreign key to anything but a unique key (restrict_fk_on_non_standard_key); "
                                          "before, a row may reference several, and deleting one of them is refused or cascades"
                                        : "MySQL refuses a foreign key to columns that no index begins with";
    case Dialect::kSinglestore:
    case Dialect::kMssql:
    case Dialect::kCockroach: break;
  }
  return "the database refuses a foreign key to columns that are not unique together";
}

/// Columns of the primary key or of a unique that is part of what is referenced, or the other way round: often the one that was meant.
void suggest(const Model& model, const Table& target, Columns columns, Finding& finding) {
  std::string names;
  for (const Column* column : columns) names += (names.empty() ? "" : ", ") + column_name(*column);
  finding.help =
      "reference the primary key, or make " + (columns.size() == 1 ? names : "(" + names + ")") + " unique in " + display_name(target);
  if (target.export_name.empty()) return;
  AddUnique change;
  change.table = table_ref(target);
  for (const Column* column : columns) change.columns.push_back(column_name(*column));
  change.name = unique_name(model, target, columns);
  finding.change = std::move(change);
}

void report_not_unique(const RuleContext& context, const Table& table, const ForeignKey& key) {
  const Model& model = context.model();
  const Table& target = *key.foreign_table;
  Finding& finding = context.report(key.span, foreign_key_subject(table, key),
                                    qualified(table, key.columns) + " references " + qualified(target, key.foreign_columns) +
                                        ", which is neither the primary key nor unique");
  finding.note = note_for(model, target, key.foreign_columns);
  if (model.dialect == Dialect::kMysql && has_index(target, key.foreign_columns)) finding.severity = Severity::kWarning;
  suggest(model, target, key.foreign_columns, finding);
  finding.evidence.push_back({"declaration", "the foreign key", key.span});
  for (const PrimaryKey& primary : target.primary_keys) {
    finding.evidence.push_back({"declaration", "the primary key is " + qualified(target, primary.columns), primary.span});
  }
  finding.related.push_back({qualified(target, key.foreign_columns), key.foreign_columns.front()->span});
}

/// From this many on it is the project's habit, and one finding for the schema says more than one for each.
constexpr std::size_t kMany = 6;

constexpr const char* kTooLate =
    "drizzle-kit 0.31 creates indexes after foreign keys, so a push to an empty database, or a migration that brings both, fails (\"there "
    "is "
    "no unique constraint matching given keys\")";

using KeysByIndex = std::map<const Index*, std::vector<std::pair<const Table*, const ForeignKey*>>>;

const Index* unique_index(const Table& table, Columns columns) {
  for (const Index& index : table.indexes) {
    std::vector<const Column*> parts;
    for (const IndexColumn& part : index.columns) parts.push_back(part.column);
    if (index.unique && !index.where && same_columns(parts, columns)) return &index;
  }
  return nullptr;
}

/// `uniqueIndex("x").on(t.a)` → `unique("x").on(t.a)`, where the index says nothing that a constraint cannot.
std::optional<ReplaceExtra> as_constraint(const Model& model, const Table& table, const Index& index) {
  static constexpr std::string_view kBuilder = "uniqueIndex(";
  const std::string source(model.sources->text(index.span));
  const std::size_t at = source.find(kBuilder);
  for (const std::string_view beyond : {".asc(", ".desc(", ".nulls", ".op(", ".using(", ".with(", ".concurrently("}) {
    if (source.find(beyond) != std::string::npos) return std::nullopt;
  }
  if (at == std::string::npos) return std::nullopt;
  return ReplaceExtra{table_ref(table), source, source.substr(0, at) + "unique(" + source.substr(at + kBuilder.size())};
}

/// drizzle-kit 0.31 writes CREATE UNIQUE INDEX after the foreign keys. One finding for an index, however many foreign keys need it.
void report_index_only(const RuleContext& context, const Table& target, const Index& index,
                       const std::vector<std::pair<const Table*, const ForeignKey*>>& keys) {
  static constexpr std::size_t kShown = 10;
  const ForeignKey& first = *keys.front().second;
  const std::string name(index.name.known() && index.name.value() ? *index.name.value() : std::string_view());
  Subject subject = table_subject(SubjectKind::kIndex, target);
  for (const Column* column : first.foreign_columns) subject.columns.push_back(column_name(*column));
  subject.name = name;
  const std::string referenced = qualified(target, first.foreign_columns);
  Finding& finding = context.report(index.span, std::move(subject),
                                    (keys.size() == 1 ? qualified(*keys.front().first, first.columns) + " references "
                                                      : std::to_string(keys.size()) + " foreign keys reference ") +
                                        referenced + ", which only the unique index " + name + " makes unique");
  finding.severity = Severity::kWarning;
  finding.note =
      "drizzle-kit 0.31 creates indexes after foreign keys, so a push to an empty database, or a migration that brings both, fails "
      "(\"there is "
      "no unique constraint matching given keys\")";
  finding.help =
      "use unique() instead of uniqueIndex(); a database that has the index already takes ALTER TABLE … ADD CONSTRAINT … UNIQUE "
      "USING INDEX " +
      name;
  for (std::size_t i = 0; i < keys.size() && i < kShown; ++i) {
    finding.evidence.push_back(
        {"declaration", qualified(*keys[i].first, keys[i].second->columns) + " references " + referenced, keys[i].second->span});
  }
  if (std::optional<ReplaceExtra> change = as_constraint(context.model(), target, index)) finding.change = std::move(*change);
}

void report_index_habit(const RuleContext& context, const KeysByIndex& by_index) {
  const Model& model = context.model();
  Subject subject;
  subject.kind = SubjectKind::kFile;
  subject.name = model.config_path.empty() ? "schema" : std::string(model.config_path);
  std::vector<Evidence> evidence;
  for (const Table& target : model.tables) {
    for (const Index& index : target.indexes) {
      const auto keys = by_index.find(&index);
      if (keys == by_index.end()) continue;
      const std::size_t count = keys->second.size();
      evidence.push_back({"declaration",
                          qualified(target, keys->second.front().second->foreign_columns) + " is referenced by " + std::to_string(count) +
                              (count == 1 ? " foreign key" : " foreign keys"),
                          index.span});
    }
  }
  Finding& finding = context.report(
      evidence.front().span, std::move(subject),
      "foreign keys reference " + std::to_string(evidence.size()) + " sets of columns that only a unique index makes unique");
  finding.severity = Severity::kWarning;
  finding.note = kTooLate;
  finding.help =
      "use unique() instead of uniqueIndex() for what is referenced; a database that has the index already takes ALTER TABLE … ADD "
      "CONSTRAINT … UNIQUE USING INDEX …";
  finding.evidence = std::move(evidence);
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  KeysByIndex by_index;
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (!is_readable(table, key)) continue;
      const Table& target = *key.foreign_table;
      // What is not exported is not created by drizzle-kit: it mirrors a table of somebody else's, and need not say all of it.
      if (target.export_name.empty() || is_managed_elsewhere(target) || may_be_unique(target)) continue;
      if (!is_key(target, key.foreign_columns)) {
        report_not_unique(context, table, key);
      } else if (model.dialect == Dialect::kPostgresql && !model.orm_v1 && !is_constraint(target, key.foreign_columns)) {
        if (const Index* index = unique_index(target, key.foreign_columns)) by_index[index].emplace_back(&table, &key);
      }
    }
  }
  if (by_index.size() >= kMany) return report_index_habit(context, by_index);
  for (const Table& target : model.tables) {
    for (const Index& index : target.indexes) {
      const auto keys = by_index.find(&index);
      if (keys != by_index.end()) report_index_only(context, target, index, keys->second);
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "foreign-key-target-not-unique",
    .summary = "A foreign key references columns that nothing makes unique.",
    .category = "integrity",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::foreign_key_target_not_unique
