#include "_shared/references/joined.h"

#include <algorithm>
#include <string>

#include "_shared/keys.h"

namespace drizzle_audit::rules::references {
namespace {

bool is_key_column(const Column& column) {
  const Column* const columns[] = {&column};
  return column.table != nullptr && is_key(*column.table, columns);
}

bool is_primary(const Column& column) { return primary_key(*column.table) == std::vector<const Column*>{&column}; }

}  // namespace

Joins::Joins(const Queries& queries) {
  for (const Query& query : queries.queries) {
    for (const ColumnJoin& join : query.joins) {
      if (join.left == nullptr || join.right == nullptr || join.left == join.right) continue;
      if (is_key_column(*join.right)) joins_[join.left].push_back({join.right, join.span});
      if (is_key_column(*join.left)) joins_[join.right].push_back({join.left, join.span});
    }
  }
}

const std::vector<Joins::Join>& Joins::joins_of(const Column& column) const {
  static const std::vector<Join> kNone;
  const auto at = joins_.find(&column);
  return at == joins_.end() ? kNone : at->second;
}

std::optional<Link> Joins::link_of(const Table& table, const Column& column) const {
  const std::vector<Join>& joins = joins_of(column);
  // A name such as `slug` that two tables share is joined too, without either owning it; primary keys are what references hold.
  if (joins.empty() || reference_words(column).empty() || may_be_anything(column) || !reason_for_silence(table, column).empty())
    return std::nullopt;
  const Column& key = *joins.front().other;
  const bool one = std::all_of(joins.begin(), joins.end(), [&](const Join& join) { return join.other == &key; });
  if (!one || !is_primary(key) || !same_key_type(column, key)) return std::nullopt;
  // A key that is a reference itself leads on: the column may mean what that one means.
  if (std::any_of(key.table->foreign_keys.begin(), key.table->foreign_keys.end(), [&](const ForeignKey& foreign) {
        return std::find(foreign.columns.begin(), foreign.columns.end(), &key) != foreign.columns.end();
      })) {
    return std::nullopt;
  }
  Link link;
  link.table = &table;
  link.columns = {&column};
  link.target = key.table;
  link.foreign_columns = {&key};
  link.confidence = Confidence::kMedium;
  return link;
}

std::vector<Span> Joins::places_of(const Link& link) const {
  std::vector<Span> places;
  if (link.columns.size() != 1) return places;
  for (const Join& join : joins_of(*link.columns.front())) {
    if (join.other == link.foreign_columns.front()) places.push_back(join.span);
  }
  return places;
}

bool Joins::contradict(const Link& link) const {
  if (link.columns.size() != 1) return false;
  const std::vector<Join>& joins = joins_of(*link.columns.front());
  return !joins.empty() && std::none_of(joins.begin(), joins.end(), [&](const Join& join) { return join.other->table == link.target; });
}

}  // namespace drizzle_audit::rules::references
