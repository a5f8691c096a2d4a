// What the code joins: `eq(orders.customerId, customers.id)` says what a column refers to as plainly as a relation does, and that it does
// not refer to what its name says when it is joined to something else. Used by missing.cpp.
#pragma once

#include <unordered_map>
#include <vector>

#include "_shared/references/link.h"
#include "drizzle_audit/queries.h"

namespace drizzle_audit::rules::references {

class Joins {
 public:
  /// `queries` outlives this.
  explicit Joins(const Queries& queries);

  /// A link for a column that the code joins to the key of exactly one other table.
  [[nodiscard]] std::optional<Link> link_of(const Table& table, const Column& column) const;
  /// The places that join the link's column to its target.
  [[nodiscard]] std::vector<Span> places_of(const Link& link) const;
  /// Whether the code joins the link's column to keys, and never to its target's.
  [[nodiscard]] bool contradict(const Link& link) const;

 private:
  struct Join {
    const Column* other = nullptr;
    Span span;
  };
  [[nodiscard]] const std::vector<Join>& joins_of(const Column& column) const;

  std::unordered_map<const Column*, std::vector<Join>> joins_;  ///< to keys only
};

}  // namespace drizzle_audit::rules::references
