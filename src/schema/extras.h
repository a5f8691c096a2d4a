// The third argument of a table: what drizzle-orm takes from it, and what it silently skips.
#pragma once

#include <vector>

#include "schema/model_builder.h"

namespace drizzle_audit::schema {

struct Extras {
  std::vector<const ConstraintBuilder*> constraints;  ///< those that count, in order
  std::vector<const PolicyHost*> policies;
  std::vector<IgnoredExtra> ignored;
};

/// Calls the callback and looks at what it returns as getTableConfig() does: `Object.values(extras).flat(1)`, then by class. What cannot
/// be known is reported to `builder` and marked in `table.incomplete`. All columns of all tables are built by then.
[[nodiscard]] Extras read_extras(ModelBuilder& builder, const TableHost& host, Table& table);

}  // namespace drizzle_audit::schema
