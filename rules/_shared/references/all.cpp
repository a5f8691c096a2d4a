#include "_shared/references/all.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "_shared/references/missing.h"

namespace drizzle_audit::rules::references {

std::vector<Reference> all_references(const RuleContext& context) {
  const Model& model = context.model();
  std::map<const Table*, std::vector<Reference>> by_table;
  std::set<std::vector<const Column*>> seen;
  const auto add = [&](Reference reference) {
    std::vector<const Column*> columns = reference.columns;
    std::sort(columns.begin(), columns.end());
    if (seen.insert(std::move(columns)).second) by_table[reference.table].push_back(std::move(reference));
  };
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.error || key.foreign_table == nullptr || key.columns.empty()) continue;
      add({&table,
           {key.columns.begin(), key.columns.end()},
           key.foreign_table,
           {key.foreign_columns.begin(), key.foreign_columns.end()},
           &key,
           Confidence::kCertain,
           {}});
    }
  }
  const bool only_relations = has_no_foreign_key(model);
  for (const Link& link : missing_links(context)) {
    if (link.may_be_in_migration || (only_relations && !link.by_relation)) continue;
    add({link.table, link.columns, link.target, link.foreign_columns, nullptr, link.confidence, link.evidence});
  }
  std::vector<Reference> all;
  for (const Table& table : model.tables) {
    const auto found = by_table.find(&table);
    if (found == by_table.end()) continue;
    std::stable_sort(found->second.begin(), found->second.end(),
                     [](const Reference& a, const Reference& b) { return a.columns.front() < b.columns.front(); });
    std::move(found->second.begin(), found->second.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace drizzle_audit::rules::references
