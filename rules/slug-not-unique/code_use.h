// What the code does with a natural key: rows looked up one at a time by it, named as a conflict target, refused as duplicates. Used by
// rule.cpp as evidence, and by scope.cpp to learn what the key is unique within.
#pragma once

#include <vector>

#include "drizzle_audit/queries.h"

namespace drizzle_audit::rules::slug_not_unique {

/// A statement that takes one row for granted.
struct LookUp {
  std::vector<const Column*> columns;  ///< what is compared for equality, the key among them
  Span span;
};

struct CodeUse {
  std::vector<LookUp> look_ups;          ///< findFirst and limit(1) by the key without an order: the first row is the only one
  std::vector<const Query*> conflicts;   ///< inserts whose conflict target has the key
  std::vector<Span> handled_duplicates;  ///< a unique violation is handled after an insert into a table that has no unique constraint
  [[nodiscard]] bool any() const { return !look_ups.empty() || !conflicts.empty() || !handled_duplicates.empty(); }
};

CodeUse code_use(const Queries& queries, const Column& key);

}  // namespace drizzle_audit::rules::slug_not_unique
