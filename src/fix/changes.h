// From a schema change to edits of the source.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "drizzle_audit/finding.h"
#include "fix/plan.h"
#include "fix/table_source.h"

namespace drizzle_audit::fix {

/// Tables whose type needs another table's: through `.references(() => other.id)` without a return type. TypeScript gives up where they
/// form a circle. References that fixes add are added here.
class TypeGraph {
 public:
  explicit TypeGraph(const Model& model);
  [[nodiscard]] bool leads_to(const Table* from, const Table* to) const;
  void add(const Table* from, const Table* to) { edges_[from].insert(to); }

 private:
  std::map<const Table*, std::set<const Table*>> edges_;
};

/// The edits that make `finding.change` in the source; none where the source cannot be edited safely: shared helpers, several candidates,
/// generated files.
[[nodiscard]] std::optional<Plan> plan_change(const Project& project, TypeGraph& types, const Finding& finding);

// The parts of it, by what they edit. relations.cpp:
[[nodiscard]] std::optional<Plan> plan_relations(const Project& project, const AddRelations& change);
[[nodiscard]] std::optional<Plan> plan_relation(const Project& project, const Finding& finding, const ReplaceRelation& change);
/// The model's table of that name; null when there is none, or several.
[[nodiscard]] const Table* find_table(const Project& project, const TableRef& ref);

}  // namespace drizzle_audit::fix
