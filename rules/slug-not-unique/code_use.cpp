#include "slug-not-unique/code_use.h"

#include <algorithm>

#include "drizzle_audit/model.h"
#include "slug-not-unique/natural_key.h"

namespace drizzle_audit::rules::slug_not_unique {
namespace {

bool is_primary(const Column& column) {
  if (column.primary_key) return true;
  const auto& keys = column.table->primary_keys;
  return std::any_of(keys.begin(), keys.end(),
                     [&](const PrimaryKey& key) { return key.columns.size() == 1 && key.columns.front() == &column; });
}

/// The columns compared for equality, when nothing else narrows the look-up down: `ne(id, …)` (is another row called so?) and
/// `isNull(deletedAt)` do not.
std::vector<const Column*> looked_up_by(const Query& query) {
  std::vector<const Column*> columns;
  for (const ColumnFilter& filter : query.filters) {
    if (filter.column == nullptr || filter.column->table != query.table) return {};
    const bool aside = (filter.kind == FilterKind::kOther && is_primary(*filter.column)) ||
                       (filter.kind == FilterKind::kNull && filter.column == deletion_mark(*query.table));
    if (aside) continue;
    if (filter.kind != FilterKind::kEqual) return {};
    if (std::find(columns.begin(), columns.end(), filter.column) == columns.end()) columns.push_back(filter.column);
  }
  return columns;
}

bool holds(const std::vector<const Column*>& columns, const Column& column) {
  return std::find(columns.begin(), columns.end(), &column) != columns.end();
}

/// Whether the last write before the place is an insert into the table.
bool follows_insert(const Queries& queries, const Table& table, Span place) {
  const Query* last = nullptr;
  for (const Query& query : queries.queries) {
    const bool writes = query.kind == QueryKind::kInsert || query.kind == QueryKind::kUpdate;
    if (writes && query.span.file == place.file && query.span.start < place.start) last = &query;
  }
  return last != nullptr && last->table == &table && last->kind == QueryKind::kInsert;
}

bool has_unique(const Table& table) {
  return !table.uniques.empty() || std::any_of(table.indexes.begin(), table.indexes.end(), [](const Index& index) { return index.unique; });
}

}  // namespace

CodeUse code_use(const Queries& queries, const Column& key) {
  CodeUse use;
  const Table& table = *key.table;
  for (const Query& query : queries.queries) {
    if (query.table != &table) continue;
    if (holds(query.conflict_target, key)) use.conflicts.push_back(&query);
    const bool reads = query.kind == QueryKind::kFindFirst || query.kind == QueryKind::kSelect;
    if (!reads || !query.expects_one || !query.sorts.empty() || !query.joins.empty()) continue;
    std::vector<const Column*> columns = looked_up_by(query);
    if (holds(columns, key)) use.look_ups.push_back({std::move(columns), query.span});
  }
  if (!has_unique(table)) {
    for (const Span place : queries.unique_violations) {
      if (follows_insert(queries, table, place)) use.handled_duplicates.push_back(place);
    }
  }
  return use;
}

}  // namespace drizzle_audit::rules::slug_not_unique
