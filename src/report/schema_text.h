// Small questions that the writers of SQL, Mermaid, DOT and DBML all ask of the model. Used by src/report/schema_*.cpp only.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

/// The table's database name; for one that could not be read, the name it is exported by, or "unknown".
inline std::string_view label(const Table& table) {
  if (table.name.known()) return table.name.value();
  return table.export_name.empty() ? std::string_view("unknown") : table.export_name;
}

/// The column's database name; for one that could not be read, its TypeScript key.
inline std::string_view label(const Column& column) { return column.name.known() ? column.name.value() : column.key; }

/// The table's schema; none for the default one and for one that could not be read.
inline std::optional<std::string_view> schema_of(const Table& table) { return table.schema.known() ? table.schema.value() : std::nullopt; }

/// Whether drizzle-kit creates `table`, so that a statement may refer to it.
inline bool is_created(const Model& model, const Table* table) {
  const Table* begin = model.tables.data();
  return table != nullptr && !std::less<>{}(table, begin) && std::less<>{}(table, begin + model.tables.size());
}

/// Whether `column` is part of a primary key, its own or the table's.
inline bool in_primary_key(const Column& column) {
  if (column.primary_key) return true;
  if (column.table == nullptr) return false;
  return std::any_of(column.table->primary_keys.begin(), column.table->primary_keys.end(), [&](const PrimaryKey& key) {
    return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end();
  });
}

/// Whether each of `members` is one of `columns`.
inline bool within(std::span<const Column* const> members, std::span<const Column* const> columns) {
  return !members.empty() && std::all_of(members.begin(), members.end(), [&](const Column* member) {
    return std::find(columns.begin(), columns.end(), member) != columns.end();
  });
}

/// Whether at most one row of `table` can have the same values in `columns`.
inline bool is_unique(const Table& table, std::span<const Column* const> columns) {
  const auto bound = [&](const auto& key) { return within(key.columns, columns); };
  if (std::any_of(table.primary_keys.begin(), table.primary_keys.end(), bound)) return true;
  if (std::any_of(table.uniques.begin(), table.uniques.end(), bound)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    return index.unique && !index.where && !index.columns.empty() &&
           std::all_of(index.columns.begin(), index.columns.end(), [&](const IndexColumn& part) {
             return part.column != nullptr && std::find(columns.begin(), columns.end(), part.column) != columns.end();
           });
  });
}

/// Whether a row may have no value in one of `columns`.
inline bool is_nullable(std::span<const Column* const> columns) {
  return std::any_of(columns.begin(), columns.end(), [](const Column* c) { return !c->not_null && !in_primary_key(*c); });
}

/// `text` with every `from` replaced by `to`.
inline std::string replaced(std::string_view text, char from, std::string_view to) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == from) {
      out += to;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace drizzle_audit::report
