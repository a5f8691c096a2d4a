// How comments, literals and options are spelled in SQL. Knows nothing of tables. Used by schema_sql.cpp.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

/// `text` as a comment. PostgreSQL nests comments, so neither end may occur in it.
[[nodiscard]] std::string comment(std::string_view text);
[[nodiscard]] std::string unknown_comment(const Unknown& unknown);

/// The scalar of an option, bare: 10 for both 10 and "10".
[[nodiscard]] std::string_view bare(std::string_view json);
/// `{"checkOption": "cascaded", "securityBarrier": true}` as pairs. Options of views are flat objects of scalars.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> flat_members(std::string_view json);
[[nodiscard]] std::string snake_case(std::string_view camel);
[[nodiscard]] std::string upper(std::string_view text);

/// SQL with its bound values written out: `$2` when they are `numbered`, else (MySQL, SQLite) the second `?`.
[[nodiscard]] std::string with_values(const SqlText& sql, bool numbered);

}  // namespace drizzle_audit::report
