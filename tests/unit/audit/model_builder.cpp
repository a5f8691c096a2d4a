#include "unit/audit/model_builder.h"

#include <stdexcept>

namespace drizzle_audit::audit_tests {

ModelBuilder& ModelBuilder::table(const std::string& name, const std::vector<std::string>& columns) {
  Draft& draft = drafts_.emplace_back();
  draft.name = name;
  for (const std::string& column : columns) draft.texts.push_back(column);
  return *this;
}

ModelBuilder& ModelBuilder::foreign_key(const std::string& table, const std::string& column, const std::string& foreign_table,
                                        const std::string& on_delete) {
  keys_.push_back({table, column, foreign_table, on_delete});
  return *this;
}

ModelBuilder& ModelBuilder::foreign_key_named(const std::string& name, const std::string& table, const std::string& column,
                                              const std::string& foreign_table) {
  keys_.push_back({table, column, foreign_table, "no action", name});
  return *this;
}

ModelBuilder& ModelBuilder::index(const std::string& name, const std::string& table, const std::vector<std::string>& columns) {
  indexes_.push_back({name, table, columns});
  return *this;
}

ModelBuilder& ModelBuilder::unique(const std::string& name, const std::string& table, const std::vector<std::string>& columns) {
  uniques_.push_back({name, table, columns});
  return *this;
}

ModelBuilder& ModelBuilder::unique_column(const std::string& table, const std::string& column) {
  uniques_.push_back({table + "_" + column + "_unique", table, {column}, true});
  return *this;
}

ModelBuilder& ModelBuilder::relation(const std::string& table, const std::string& column, const std::string& foreign_table) {
  relations_.push_back({table, column, foreign_table, ""});
  return *this;
}

const Table* ModelBuilder::find(const std::string& name) const {
  for (const Table& table : tables_) {
    if (table.name.is(name)) return &table;
  }
  throw std::logic_error("no table " + name);
}

ModelBuilder::Draft& ModelBuilder::draft(const std::string& name) {
  for (Draft& draft : drafts_) {
    if (draft.name == name) return draft;
  }
  throw std::logic_error("no table " + name);
}

void ModelBuilder::build_groups() {
  for (const Group& group : indexes_) {
    std::vector<IndexColumn>& columns = index_columns_.emplace_back();
    for (const std::string& column : group.columns) columns.emplace_back().column = find_column(*find(group.table), column);
    Index index;
    index.name = std::optional<std::string_view>(group.name);
    index.explicit_name = true;
    index.columns = columns;
    draft(group.table).indexes.push_back(index);
  }
  for (const Group& group : uniques_) {
    std::vector<const Column*>& columns = unique_columns_.emplace_back();
    for (const std::string& column : group.columns) columns.push_back(find_column(*find(group.table), column));
    Unique unique;
    unique.name = std::optional<std::string_view>(group.name);
    unique.explicit_name = !group.is_inline;
    unique.is_inline = group.is_inline;
    unique.columns = columns;
    draft(group.table).uniques.push_back(unique);
  }
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    tables_[i].indexes = drafts_[i].indexes;
    tables_[i].uniques = drafts_[i].uniques;
  }
}

const Model& ModelBuilder::build() {
  std::string text;
  tables_.resize(drafts_.size());
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    Draft& draft = drafts_[i];
    Table& table = tables_[i];
    table.name = std::string_view(draft.name);
    table.export_name = draft.name;
    table.dialect = model_.dialect;
    table.name_span = {0, static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(text.size() + draft.name.size())};
    text += draft.name + "\n";
    for (const std::string& declaration : draft.texts) {
      const std::size_t space = declaration.find(' ');
      Column column;
      column.key = std::string_view(declaration).substr(0, space);
      column.name = column.key;
      column.sql_type = std::string_view(declaration).substr(space + 1);
      column.table = &table;
      column.span = {0, static_cast<std::uint32_t>(text.size() + 2), static_cast<std::uint32_t>(text.size() + 2 + declaration.size())};
      text += "  " + declaration + "\n";
      draft.columns.push_back(column);
    }
    table.columns = draft.columns;
    draft.columns.front().primary_key = true;
    PrimaryKey key;
    key.columns = {keep(&table.columns.front()), 1};
    draft.primary_keys.push_back(key);
    table.primary_keys = draft.primary_keys;
  }
  for (const Link& link : keys_) {
    ForeignKey key;
    key.columns = {keep(find_column(*find(link.table), link.column)), 1};
    key.foreign_table = find(link.foreign_table);
    key.foreign_columns = {keep(&key.foreign_table->columns.front()), 1};
    key.on_delete = link.on_delete;
    key.span = key.columns.front()->span;
    key.explicit_name = !link.name.empty();
    key.is_inline = link.name.empty();
    if (key.explicit_name) key.name = std::optional<std::string_view>(link.name);
    draft(link.table).foreign_keys.push_back(key);
  }
  build_groups();
  for (std::size_t i = 0; i < drafts_.size(); ++i) tables_[i].foreign_keys = drafts_[i].foreign_keys;
  for (const Link& link : relations_) {
    Relation relation;
    relation.table = find(link.table);
    relation.target = find(link.foreign_table);
    relation.key = link.foreign_table;
    relation.is_explicit = true;
    relation.fields = {keep(find_column(*relation.table, link.column)), 1};
    relation.references = {keep(&relation.target->columns.front()), 1};
    finished_relations_.push_back(relation);
  }
  sources_.add("schema.ts", text);
  model_.tables = tables_;
  model_.relations = finished_relations_;
  model_.sources = &sources_;
  model_.coverage.files = 1;
  model_.coverage.tables = static_cast<std::uint32_t>(tables_.size());
  return model_;
}

}  // namespace drizzle_audit::audit_tests
