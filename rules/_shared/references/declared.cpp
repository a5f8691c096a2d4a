// Links that the schema's relations declare. A relation is drizzle's way to write a join; it creates nothing in the database.
#include <algorithm>
#include <map>

#include "_shared/keys.h"
#include "_shared/references/link.h"

namespace drizzle_audit::rules::references {
namespace {

using Columns = std::vector<const Column*>;

Columns copy(std::span<const Column* const> columns) { return {columns.begin(), columns.end()}; }

bool is_generated_here(const Column& column) {
  return column.auto_increment || column.identity || column.runtime_default || column.has_default ||
         column.builder.find("serial") != std::string_view::npos;
}

/// Which side of a join holds the foreign key: the one whose other side is a key.
enum class Owner { kSource, kTarget, kNobody };

Owner owner_of(const Relation& relation) {
  const bool source_is_key = is_key(*relation.table, relation.fields);
  const bool target_is_key = is_key(*relation.target, relation.references);
  if (source_is_key && target_is_key) {
    // One to one. Where one side is a primary key and the other only unique, the unique one refers.
    const bool source_is_primary = primary_key(*relation.table) == copy(relation.fields);
    const bool target_is_primary = primary_key(*relation.target) == copy(relation.references);
    if (source_is_primary != target_is_primary) return target_is_primary ? Owner::kSource : Owner::kTarget;
    // Shared keys: the side that makes its own values is the one referred to.
    const bool source_generates =
        std::any_of(relation.fields.begin(), relation.fields.end(), [](const Column* c) { return is_generated_here(*c); });
    const bool target_generates =
        std::any_of(relation.references.begin(), relation.references.end(), [](const Column* c) { return is_generated_here(*c); });
    if (source_generates == target_generates) return Owner::kNobody;
    return target_generates ? Owner::kSource : Owner::kTarget;
  }
  if (target_is_key) return Owner::kSource;
  return source_is_key ? Owner::kTarget : Owner::kNobody;
}

bool usable(const Relation& relation) {
  return !relation.error && relation.table != nullptr && relation.target != nullptr && relation.through == nullptr && !relation.filtered &&
         !relation.fields.empty() && relation.fields.size() == relation.references.size();
}

bool types_agree(const Columns& columns, const Columns& foreign_columns) {
  return std::equal(columns.begin(), columns.end(), foreign_columns.begin(), foreign_columns.end(),
                    [](const Column* a, const Column* b) { return same_key_type(*a, *b); });
}

Link to_link(const Relation& relation, Owner owner) {
  const bool forward = owner == Owner::kSource;
  Link link;
  link.table = forward ? relation.table : relation.target;
  link.target = forward ? relation.target : relation.table;
  link.columns = copy(forward ? relation.fields : relation.references);
  link.foreign_columns = copy(forward ? relation.references : relation.fields);
  link.confidence = Confidence::kCertain;
  link.by_relation = true;
  link.evidence.push_back({"relation",
                           "the relation " + std::string(relation.key) + " of " + display_name(*relation.table) + " joins " +
                               display_name(*link.table) + "." + column_name(*link.columns.front()) + " to " + display_name(*link.target) +
                               "." + column_name(*link.foreign_columns.front()),
                           relation.span});
  return link;
}

}  // namespace

Declared declared_links(const Model& model) {
  Declared declared;
  std::map<Columns, std::size_t> place;
  for (const Relation& relation : model.relations) {
    if (!usable(relation)) continue;
    const Owner owner = owner_of(relation);
    if (owner == Owner::kNobody) continue;
    Link link = to_link(relation, owner);
    const auto [known, is_new] = place.emplace(link.columns, declared.links.size());
    if (is_new) {
      declared.links.push_back(std::move(link));
      continue;
    }
    // Both sides of one relation say the same; two targets for one column are polymorphic.
    if (declared.links[known->second].target != link.target) declared.ambiguous.insert(link.columns.begin(), link.columns.end());
  }
  std::erase_if(declared.links, [](const Link& link) { return !types_agree(link.columns, link.foreign_columns); });
  return declared;
}

}  // namespace drizzle_audit::rules::references
