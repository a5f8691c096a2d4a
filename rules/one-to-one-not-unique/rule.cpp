// A `one` relation reads at most one row (drizzle-orm joins it with LIMIT 1). Where the columns it looks up are no key of the other table,
// several rows fit, and the database picks any of them.
#include <algorithm>
#include <string>
#include <vector>

#include "_shared/keys.h"
#include "_shared/relation_defects.h"
#include "_shared/relations.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::one_to_one_not_unique {
namespace {

bool within(const std::vector<const Column*>& key, std::span<const Column* const> columns) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [&](const Column* column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  });
}

/// Whether some key lies within the columns, so that at most one row fits. A partial unique index counts: the author thought of it.
bool holds_key(const Table& table, std::span<const Column* const> columns) {
  for (const PrimaryKey& key : table.primary_keys) {
    if (within({key.columns.begin(), key.columns.end()}, columns)) return true;
  }
  for (const Unique& unique : table.uniques) {
    if (within({unique.columns.begin(), unique.columns.end()}, columns)) return true;
  }
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    if (!index.unique) return false;
    std::vector<const Column*> key;
    for (const IndexColumn& part : index.columns) {
      if (part.column == nullptr) return true;  // an expression: lower(email) may well be what makes it a key
      key.push_back(part.column);
    }
    return within(key, columns);
  });
}

/// Foreign keys need a key to reference; PostgreSQL and MySQL refuse others, so that is another defect.
bool is_foreign_key(const Relation& relation) {
  return std::any_of(relation.table->foreign_keys.begin(), relation.table->foreign_keys.end(), [&](const ForeignKey& key) {
    return !key.error && same_pairs(key.columns, key.foreign_columns, relation.fields, relation.references);
  });
}

const ForeignKey* foreign_key_back(const Relation& relation) {
  for (const ForeignKey& key : relation.target->foreign_keys) {
    if (!key.error && same_pairs(key.columns, key.foreign_columns, relation.references, relation.fields)) return &key;
  }
  return nullptr;
}

void check_relation(const RuleContext& context, const Relation& relation) {
  if (relation.kind != RelationKind::kOne || relation.error || relation.through != nullptr || relation.filtered) return;
  if (relation.fields.empty() || relation.fields.size() != relation.references.size()) return;
  const Table& target = *relation.target;
  if (target.incomplete.uniques || target.incomplete.indexes || target.incomplete.primary_keys) return;
  const bool own = std::all_of(relation.references.begin(), relation.references.end(),
                               [&](const Column* column) { return column->table == &target && !column->unread_chain; });
  if (column_defect(relation) || foreign_key_defect(context.model(), relation)) return;
  if (!own || holds_key(target, relation.references) || is_foreign_key(relation)) return;

  const std::string columns = display_name(target) + "." + column_list(relation.references);
  Finding& finding = context.report(relation.span, relation_subject(relation),
                                    "relation " + relation_label(relation) + " reads one row of " + display_name(target) + " by " +
                                        column_list(relation.references) + ", which is not unique there");
  finding.confidence = Confidence::kHigh;
  finding.note =
      "nothing keeps " + display_name(target) + " from holding several such rows; the query takes the first one the database finds";
  finding.help = "make " + columns + " unique if there can only be one, else declare many()";
  if (const ForeignKey* key = foreign_key_back(relation)) {
    finding.evidence.push_back(
        {"declaration", columns + " references " + display_name(*relation.table) + ", by a foreign key that is not unique", key->span});
  }
  finding.related.push_back({columns, relation.references.front()->span});
}

void check(const RuleContext& context) {
  for (const Relation& relation : context.model().relations) check_relation(context, relation);
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "one-to-one-not-unique",
    .summary = "A one() relation looks its row up by columns that are not unique.",
    .category = "relations",
    .severity = Severity::kWarning,
    .check = check,
};

}  // namespace drizzle_audit::rules::one_to_one_not_unique
