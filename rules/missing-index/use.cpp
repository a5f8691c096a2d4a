#include "missing-index/use.h"

#include <algorithm>
#include <string>

#include "_shared/keys.h"
#include "missing-index/line_item.h"

namespace drizzle_audit::rules::missing_index {
namespace {

bool is_equality(const ColumnFilter& filter) { return filter.kind == FilterKind::kEqual || filter.kind == FilterKind::kIn; }

/// Whether an index finds the rows of the query by another of its conditions.
bool is_served(const Query& query, const Column& column) {
  const std::vector<AccessPath> paths = access_paths(*column.table);
  return std::any_of(query.filters.begin(), query.filters.end(), [&](const ColumnFilter& filter) {
    if (!is_equality(filter) || filter.column == &column || filter.column->table != column.table) return false;
    return std::any_of(paths.begin(), paths.end(), [&](const AccessPath& path) { return leads_with(path, {filter.column}); });
  });
}

std::string places(std::size_t count) { return count == 1 ? "one place" : std::to_string(count) + " places"; }

bool has_column(std::span<const Column* const> columns, const Column* column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

/// The relation by which the referenced side reads these rows.
const Relation* relation_from_target(const Model& model, const Reference& reference) {
  for (const Relation& relation : model.relations) {
    if (relation.error || relation.table != reference.target || relation.target != reference.table || relation.through != nullptr) continue;
    if (relation.table == relation.target && relation.kind == RelationKind::kOne) continue;
    if (has_column(relation.references, reference.columns.front())) return &relation;
  }
  return nullptr;
}

}  // namespace

Lookups::Lookups(const Queries& queries) {
  for (const Query& query : queries.queries) {
    for (const ColumnFilter& filter : query.filters) {
      if (is_equality(filter) && !is_served(query, *filter.column)) places_[filter.column].push_back(filter.span);
    }
    for (const ColumnJoin& join : query.joins) {
      // From the side that holds the reference, the join looks up the other table's key.
      for (const Column* column : {join.left, join.right}) {
        if (query.table != nullptr && column->table != query.table) places_[column].push_back(join.span);
      }
    }
  }
}

const std::vector<Span>& Lookups::of(const Column& column) const {
  static const std::vector<Span> kNone;
  const auto found = places_.find(&column);
  return found == places_.end() ? kNone : found->second;
}

bool is_behind_tenant(const Table& table, const Column* tenant, const Column* column) {
  if (tenant == nullptr || tenant == column) return false;
  const std::vector<AccessPath> paths = access_paths(table);
  return std::any_of(paths.begin(), paths.end(), [&](const AccessPath& path) { return leads_with(path, {tenant, column}); });
}

Use use_of(const RuleContext& context, const Lookups& lookups, const Reference& reference) {
  Use use;
  const Column& column = *reference.columns.back();
  const std::string name = display_name(*reference.table) + "." + column_name(column);
  const std::string target = display_name(*reference.target) + "." + column_name(*reference.foreign_columns.back());
  const Column* tenant = tenant_column(context.tenants(), *reference.table);
  use.is_behind_tenant = is_behind_tenant(*reference.table, tenant, &column);
  // Behind the tenant the column is in an index. Whether the code looks by it alone cannot be told: the tenant's condition may be added to
  // a list elsewhere, or come from row-level security.
  if (const std::vector<Span>& found = lookups.of(column); !found.empty() && !use.is_behind_tenant) {
    use.is_read = true;
    use.evidence.push_back({"query", "code looks for rows by " + name + " in " + places(found.size()), found.front()});
  }
  if (reference.key != nullptr) {
    const std::string_view action = reference.key->on_delete;
    use.is_followed = action == "cascade" || action == "set null" || action == "set default";
    use.evidence.push_back({"declaration", name + " references " + target + (use.is_followed ? " on delete " + std::string(action) : ""),
                            reference.key->span});
  } else {
    use.evidence.insert(use.evidence.end(), reference.evidence.begin(), reference.evidence.end());
    if (reference.evidence.empty()) use.evidence.push_back({"name", name + " holds the key of " + target, column.span});
  }
  const Relation* relation = relation_from_target(context.model(), reference);
  use.has_relation = relation != nullptr;
  if (relation != nullptr) {
    use.evidence.push_back({"relation",
                            "the relation " + std::string(relation->key) + " of " + display_name(*reference.target) + " reads rows by it",
                            relation->span});
  }
  if (use.is_behind_tenant) {
    use.evidence.push_back({"index", "an index holds it, but only after " + column_name(*tenant), tenant->span});
  }
  // A column that only looks like the tenant's key says nothing about what is read.
  const bool is_tenant = tenant == &column && reference.key != nullptr;
  if (is_tenant) {
    use.evidence.push_back({"tenant", "it says which of " + display_name(*reference.target) + " a row belongs to", column.span});
  }
  use.is_strong =
      use.is_read || (use.is_followed && !notes_who(column)) || is_tenant || (relation != nullptr && context.queries().uses_relations);
  return use;
}

}  // namespace drizzle_audit::rules::missing_index
