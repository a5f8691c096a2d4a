// The source of an index, check or policy with its bound values written into the SQL.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "drizzle_audit/model.h"

namespace drizzle_audit::rules::bound_parameter_in_ddl {

/// What `source` becomes when each of `params` (JSON, in order) is written out, or nothing when a value's place is not plain to see.
/// `eq(t.status, "active")` → "sql`${t.status} = 'active'`"; `${LIMIT}` → "${sql.raw(String(LIMIT))}"; `${10}` → "10".
std::optional<std::string> with_values_written_out(const Table& table, std::string_view source, std::span<const std::string_view> params);

}  // namespace drizzle_audit::rules::bound_parameter_in_ddl
