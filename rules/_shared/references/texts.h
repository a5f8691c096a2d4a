// What the code puts into a column that is no key: `.values({ parentId: "" })` for none, `createdBy: "admin-api"` for somebody who is no
// user. A foreign key would refuse such rows. Used by missing.cpp.
#pragma once

#include <unordered_map>
#include <vector>

#include "_shared/references/link.h"
#include "drizzle_audit/queries.h"

namespace drizzle_audit::rules::references {

class Texts {
 public:
  /// `queries` outlives this.
  explicit Texts(const Queries& queries);

  /// Whether the code stores or looks for a value that stands for no row: as a default of '' or 0 says it.
  [[nodiscard]] bool say_nobody(const Link& link) const;
  /// A text that may be no key, though not for certain: a word may be the key of a row that a migration inserts. Null when there is none.
  [[nodiscard]] const ColumnText* doubtful(const Link& link) const;

 private:
  /// The texts of the link's column that its type can hold and that the code does not use for the target's key as well.
  [[nodiscard]] std::vector<const ColumnText*> texts_of(const Link& link) const;

  std::unordered_map<const Column*, std::vector<const ColumnText*>> texts_;
};

}  // namespace drizzle_audit::rules::references
