#include "report/html_schema.h"

#include <nlohmann/json.hpp>

#include "report/schema_text.h"
#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

using Json = nlohmann::ordered_json;

// What a column is, as bits: html/README.md.
constexpr unsigned kPrimary = 1;
constexpr unsigned kForeign = 2;
constexpr unsigned kUnique = 4;
constexpr unsigned kRequired = 8;

bool holds_foreign_key(const Table& table, const Column& column) {
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
    return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end();
  });
}

unsigned column_bits(const Table& table, const Column& column) {
  const Column* const self[] = {&column};
  unsigned bits = 0;
  if (in_primary_key(column)) bits |= kPrimary | kRequired;
  if (holds_foreign_key(table, column)) bits |= kForeign;
  if (is_unique(table, self)) bits |= kUnique;
  if (column.not_null) bits |= kRequired;
  return bits;
}

Json column_labels(std::span<const Column* const> columns) {
  Json names = Json::array();
  for (const Column* column : columns) names.push_back(printable(label(*column)));
  return names;
}

std::string joined(std::span<const Column* const> columns) {
  std::string text;
  for (const Column* column : columns) text += (text.empty() ? "" : ", ") + printable(label(*column));
  return text;
}

/// Indexes and keys over several columns, as people write them: what the column list cannot show.
Json constraints_json(const Table& table) {
  Json lines = Json::array();
  for (const PrimaryKey& key : table.primary_keys) {
    if (key.columns.size() > 1) lines.push_back("primary key (" + joined(key.columns) + ")");
  }
  for (const Unique& unique : table.uniques) {
    if (!unique.is_inline) lines.push_back("unique (" + joined(unique.columns) + ")");
  }
  for (const Index& index : table.indexes) {
    std::string parts;
    for (const IndexColumn& part : index.columns) {
      const std::string text =
          part.column != nullptr ? std::string(label(*part.column)) : std::string(part.expression.value_or("an expression"));
      parts += (parts.empty() ? "" : ", ") + printable(text);
    }
    lines.push_back(std::string(index.unique ? "unique index (" : "index (") + parts + ")" + (index.where ? " where …" : ""));
  }
  return lines;
}

}  // namespace

TableIndex::TableIndex(std::span<const Model* const> models) : models_(models) {
  const auto add = [&](const Table& table, std::size_t model, bool hidden) {
    const int id = static_cast<int>(entries_.size());
    entries_.push_back({&table, model, hidden});
    by_table_.emplace(&table, id);
    by_name_.try_emplace({model, std::string(schema_of(table).value_or("")), std::string(label(table))}, id);
  };
  for (std::size_t i = 0; i < models.size(); ++i) {
    for (const Table& table : models[i]->tables) add(table, i, false);
    for (const Table& table : models[i]->hidden_tables) add(table, i, true);
  }
}

int TableIndex::find(const Table* table) const {
  const auto found = by_table_.find(table);
  return found == by_table_.end() ? -1 : found->second;
}

int TableIndex::find(const Model* model, const std::optional<std::string>& schema, const std::string& table) const {
  for (std::size_t i = 0; i < models_.size(); ++i) {
    if (model != nullptr && models_[i] != model) continue;
    const auto found = by_name_.find({i, schema.value_or(""), table});
    if (found != by_name_.end()) return found->second;
  }
  return -1;
}

Json TableIndex::table_json(const Entry& entry) const {
  const Table& table = *entry.table;
  Json columns = Json::array();
  for (const Column& column : table.columns) {
    columns.push_back({printable(label(column)), printable(column.sql_type.value_or("unknown")), column_bits(table, column)});
  }
  const Location at = models_[entry.model]->sources->location(table.span);
  Json json = {{"name", printable(label(table))}, {"model", entry.model}, {"columns", std::move(columns)}};
  if (const auto schema = schema_of(table)) json["schema"] = printable(*schema);
  if (Json constraints = constraints_json(table); !constraints.empty()) json["constraints"] = std::move(constraints);
  if (entry.hidden) json["hidden"] = true;
  json["path"] = printable(at.path);
  json["line"] = at.line;
  return json;
}

Json TableIndex::json() const {
  Json schemas = Json::array();
  for (const Model* model : models_) schemas.push_back({{"config", printable(model->config_path)}, {"dialect", to_string(model->dialect)}});
  Json tables = Json::array();
  Json keys = Json::array();
  for (const Entry& entry : entries_) {
    tables.push_back(table_json(entry));
    for (const ForeignKey& key : entry.table->foreign_keys) {
      const int target = find(key.foreign_table);
      if (key.error || target < 0) continue;
      keys.push_back({{"from", find(entry.table)},
                      {"to", target},
                      {"columns", column_labels(key.columns)},
                      {"foreign", column_labels(key.foreign_columns)},
                      {"onDelete", key.on_delete},
                      {"one", is_unique(*entry.table, key.columns)},
                      {"optional", is_nullable(key.columns)}});
    }
  }
  return {{"schemas", std::move(schemas)}, {"tables", std::move(tables)}, {"keys", std::move(keys)}};
}

}  // namespace drizzle_audit::report
