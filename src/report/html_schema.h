// The schema as the HTML page's diagram needs it: tables with columns, and the foreign keys between them. Used by html.cpp only.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <tuple>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

/// Tables of all models in one list; findings and foreign keys name them by their place in it.
class TableIndex {
 public:
  explicit TableIndex(std::span<const Model* const> models);

  /// -1 when the models have no such table. `model` null: the first one that has it.
  [[nodiscard]] int find(const Model* model, const std::optional<std::string>& schema, const std::string& table) const;
  [[nodiscard]] int find(const Table* table) const;

  /// {"schemas": […], "tables": […], "keys": […]}; the shapes are described in html/README.md.
  [[nodiscard]] nlohmann::ordered_json json() const;

 private:
  struct Entry {
    const Table* table = nullptr;
    std::size_t model = 0;
    bool hidden = false;
  };
  [[nodiscard]] nlohmann::ordered_json table_json(const Entry& entry) const;

  std::span<const Model* const> models_;
  std::vector<Entry> entries_;
  std::map<const Table*, int> by_table_;
  std::map<std::tuple<std::size_t, std::string, std::string>, int> by_name_;  // model, schema, table
};

}  // namespace drizzle_audit::report
