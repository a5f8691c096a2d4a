// Every name that drizzle-kit gives to something in the database: given in the schema or derived by drizzle-orm. Used by the rules that
// compare names and measure them. What drizzle-kit does not print has none: SQLite's foreign and primary keys, unnamed primary keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

enum class NameKind : std::uint8_t {
  kTable,
  kView,
  kSequence,
  kEnum,
  kColumn,
  kPrimaryKey,
  kUnique,
  kIndex,
  kForeignKey,
  kCheck,
  kPolicy,
};

/// "table", "primary key", "check".
std::string_view to_string(NameKind kind);

struct DatabaseName {
  NameKind kind = NameKind::kTable;
  std::string name;
  std::optional<std::string> schema;   ///< of the table, or of the object itself
  const Table* table = nullptr;        ///< null for views, sequences and enums
  std::vector<const Column*> columns;  ///< of a constraint or index; the column itself
  bool is_unique = false;              ///< a unique index
  bool is_explicit = true;             ///< written down in the schema, not derived
  bool is_inline = false;              ///< written on a column
  Span span;
};

/// All known names, in the model's order.
std::vector<DatabaseName> database_names(const Model& model);

/// The subject of a finding about the named thing.
Subject subject_of(const DatabaseName& name);

/// Where to report it: what a helper in another file makes for many tables is reported at the table.
Span place_of(const DatabaseName& name);

/// "index orders_idx of orders", "column orders.id", "enum status".
std::string label(const DatabaseName& name);

}  // namespace drizzle_audit::rules
