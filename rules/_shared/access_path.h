// What a database can find rows by: indexes, and the ones that unique constraints and primary keys make. For the rules about indexes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

enum class AccessKind : std::uint8_t { kPrimaryKey, kUnique, kIndex };

struct AccessPath {
  AccessKind kind = AccessKind::kIndex;
  std::vector<const Column*> columns;  ///< null for an expression
  bool unique = false;
  std::string_view name;         ///< empty when it has none or the name is not known
  const Index* index = nullptr;  ///< for kIndex
  Span span;
};

/// Primary keys first, then unique constraints, then indexes, each in the model's order.
std::vector<AccessPath> access_paths(const Table& table);

/// Whether the path finds rows by equal values: a b-tree or hash index, not a full-text or vector one.
bool is_ordinary(const AccessPath& path);

/// Whether it finds the rows in which these columns have given values: it leads with them, in any order. A partial index does where it
/// leaves out only rows without a value (`WHERE column IS NOT NULL`) or those marked as deleted. An unread condition counts as fitting.
bool leads_with(const AccessPath& path, const std::vector<const Column*>& columns);

/// Whether the table's indexes are all known.
bool has_known_indexes(const Table& table);

/// Whether something among the table's extras that drizzle-orm skips was meant to be such an index: ineffective-table-extra has the word.
bool has_ineffective_index(const Table& table, const Column& column);

}  // namespace drizzle_audit::rules
