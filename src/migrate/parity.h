// How a redundant column is compared with the rows it repeats, and how it is made of them. One dialect a function.
#pragma once

#include <string>

#include "migrate/changes.h"

namespace drizzle_audit::migrate {

/// A condition on the row `t` of the column's table: the column and the other table disagree. NULL counts as an empty list.
std::string differs(Dialect dialect, const DropColumnChange& change);
/// An expression on the row `t`: the list as the other table has it now. PostgreSQL only.
std::string rebuilt_list(const DropColumnChange& change);

}  // namespace drizzle_audit::migrate
