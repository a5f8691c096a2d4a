// Indexes that a plan's own additions make needless: --fix never writes them or takes them away again, so the plan must not leave them.
#include "migrate/redundant.h"

#include <algorithm>

#include "migrate/collect.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate {
namespace {

using Names = std::vector<std::string>;

bool begins_with(const Names& list, const Names& beginning) {
  return list.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), list.begin());
}

bool is_same(const TableRef& a, const TableRef& b) { return a.table == b.table && a.schema.value_or("") == b.schema.value_or(""); }

/// The columns of an index that is nothing but them; empty for any other.
Names plain_columns(const Index& index) {
  Names names;
  if (index.where || !index.with.empty() || index.method.value_or("btree") != "btree") return names;
  for (const IndexColumn& part : index.columns) {
    const bool plain =
        part.column != nullptr && part.column->name.known() && !part.op_class && part.order != "desc" && part.nulls != "first";
    if (!plain) return {};
    names.emplace_back(part.column->name.value());
  }
  return names;
}

/// What the plan adds and finds rows by this index's columns just as well; empty without such a thing.
std::string added_instead(const Changes& changes, const TableRef& table, const std::string& name, const Names& columns) {
  for (const UniqueChange& unique : changes.uniques) {
    if (is_same(unique.table, table) && unique.name != name && begins_with(unique.columns, columns)) return unique.name;
  }
  for (const IndexChange& index : changes.indexes) {
    const bool longer = index.columns.size() > columns.size() || (index.columns.size() == columns.size() && index.name < name);
    if (is_same(index.table, table) && index.name != name && longer && begins_with(index.columns, columns)) return index.name;
  }
  return {};
}

/// What the table has already and does the same.
std::string there_already(const Table& table, const Names& columns) {
  for (const PrimaryKey& key : table.primary_keys) {
    if (begins_with(column_names(key.columns), columns)) return "its primary key";
  }
  for (const Unique& unique : table.uniques) {
    if (begins_with(column_names(unique.columns), columns)) return name_of(unique.name);
  }
  for (const Index& index : table.indexes) {
    if (begins_with(plain_columns(index), columns)) return name_of(index.name);
  }
  return {};
}

}  // namespace

void leave_out_redundant(const Model& model, std::size_t proposed, bool drops, Changes& changes) {
  std::vector<IndexChange> kept;
  for (std::size_t i = 0; i < changes.indexes.size(); ++i) {
    const IndexChange& index = changes.indexes[i];
    std::string other;
    if (i < proposed || drops) other = added_instead(changes, index.table, index.name, index.columns);
    const Table* table = find_table(model, index.table);
    if (other.empty() && drops && table != nullptr) other = there_already(*table, index.columns);
    if (other.empty()) kept.push_back(index);
    else
      changes.left_out.push_back(
          {"add index " + index.name + " to " + label(index.table), "needless: " + other + " begins with its columns"});
  }
  changes.indexes = std::move(kept);
  if (!drops) return;
  for (const Table& table : model.tables) {
    if (!table.name.known() || !table.schema.known()) continue;
    const TableRef ref = table_ref(table);
    for (const Index& index : table.indexes) {
      const Names columns = plain_columns(index);
      const std::string name = name_of(index.name);
      const bool planned = std::any_of(changes.dropped_indexes.begin(), changes.dropped_indexes.end(),
                                       [&](const DropIndexChange& one) { return is_same(one.index.table, ref) && one.index.name == name; });
      if (index.unique || columns.empty() || name.empty() || planned || added_instead(changes, ref, name, columns).empty()) continue;
      changes.dropped_indexes.push_back({{ref, columns, name}, '(' + migrate::columns(model.dialect, columns) + ')', false});
    }
  }
}

}  // namespace drizzle_audit::migrate
