#include "incomplete-relations/coverage.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>

namespace drizzle_audit::rules::incomplete_relations {
namespace {

using Name = std::pair<std::string_view, std::string_view>;

/// Schema and name in the database: what a table of another model is compared by.
Name database_name(const Table& table) {
  const std::optional<std::string_view> schema = table.schema.value_or(std::nullopt);
  return {schema.value_or("public"), table.name.value_or("")};
}

bool holds(std::span<const Column* const> columns, const Column* column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

bool shares_column(const Relation& relation, const ForeignKey& key) {
  for (const Column* column : key.columns) {
    if (holds(relation.fields, column) || holds(relation.references, column)) return true;
  }
  return relation.fields.empty();  // it throws; another rule says so
}

}  // namespace

bool can_be_related(const Model& model, const ForeignKey& key) {
  if (key.error || key.foreign_table == nullptr) return false;
  if (std::equal(key.columns.begin(), key.columns.end(), key.foreign_columns.begin(), key.foreign_columns.end())) return false;
  // One of the visible tables: they stand in a row.
  const std::less<> before;
  const Table* const first = model.tables.data();
  return !before(key.foreign_table, first) && before(key.foreign_table, first + model.tables.size());
}

RelationsByTable relations_by_table(const Model& model) {
  RelationsByTable by_table;
  for (const Relation& relation : model.relations) {
    for (const Table* table : std::set<const Table*>{relation.table, relation.target, relation.through}) {
      if (table != nullptr) by_table[table].push_back(&relation);
    }
  }
  return by_table;
}

bool is_related(const RelationsByTable& relations, const Table& table, const ForeignKey& key) {
  const auto found = relations.find(&table);
  if (found == relations.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Relation* relation) {
    if (relation->through == &table) return true;
    const bool joins = (relation->table == &table && relation->target == key.foreign_table) ||
                       (relation->table == key.foreign_table && relation->target == &table);
    return joins && shares_column(*relation, key);
  });
}

Coverage coverage_of(const Model& model) {
  std::set<const Table*> covered;
  std::set<Name> covered_names;
  for (const Relation& relation : model.relations) {
    for (const Table* table : {relation.table, relation.target, relation.through}) covered.insert(table);
  }
  for (const RelationFile& file : model.relation_files) {
    if (file.schema_path.empty()) continue;
    for (const Relation& relation : file.relations) {
      for (const Table* table : {relation.table, relation.target, relation.through}) {
        if (table != nullptr) covered_names.insert(database_name(*table));
      }
    }
  }
  std::set<const Table*> connected;
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.foreign_table == &table || !can_be_related(model, key)) continue;
      connected.insert(&table);
      connected.insert(key.foreign_table);
    }
  }
  Coverage coverage;
  for (const Table& table : model.tables) {
    if (!connected.contains(&table)) continue;
    coverage.connected.push_back(&table);
    if (!covered.contains(&table) && !covered_names.contains(database_name(table))) coverage.missing.push_back(&table);
  }
  return coverage;
}

}  // namespace drizzle_audit::rules::incomplete_relations
