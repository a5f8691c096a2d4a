// A database's tables as far as drift is looked for. Filled by the drivers, and from plan.json for the schema's side.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::verify {

struct CatalogueColumn {
  std::string name;
  std::optional<std::string> type;  ///< none: not compared
  std::optional<bool> not_null;
};

enum class ConstraintKind : std::uint8_t { kPrimaryKey, kForeignKey, kUnique, kCheck };
std::string_view to_string(ConstraintKind kind);  // "primary key", …

struct CatalogueConstraint {
  ConstraintKind kind = ConstraintKind::kCheck;
  std::string name;  ///< empty where it has none, or where it is not known
  std::vector<std::string> columns;
  std::string foreign_schema;  ///< empty: the default one
  std::string foreign_table;
  std::vector<std::string> foreign_columns;
  std::string on_delete;
  std::string on_update;
  bool valid = true;
};

struct CatalogueIndex {
  std::string name;
  std::vector<std::string> columns;  ///< an expression is an empty text
  bool unique = false;
  bool valid = true;
};

struct CatalogueTable {
  std::string schema;  ///< empty: the default one
  std::string name;
  std::vector<CatalogueColumn> columns;
  std::vector<CatalogueConstraint> constraints;
  std::vector<CatalogueIndex> indexes;  ///< without those that a constraint brings with it
  bool incomplete = false;              ///< the schema's side: parts of it could not be read
};

using TableKey = std::pair<std::string, std::string>;
using Catalogue = std::map<TableKey, CatalogueTable>;

}  // namespace drizzle_audit::verify
