// The files of src/migrate/sql, compiled in by embed.cmake. `{{name}}` in them is filled in by fill() (sql_text.h).
#pragma once

#include <string_view>

namespace drizzle_audit::migrate::sql {

extern const std::string_view kCleanup;    ///< 1_cleanup.sql: moves rows into the quarantine; reads the tables `planned` and `followed`
extern const std::string_view kFunctions;  ///< what cleanup and rollback are written with
extern const std::string_view kPatiently;  ///< pg_temp.patiently(statement): short lock waits, many attempts
extern const std::string_view kRollback;   ///< rollback.sql: undoes what the table of steps holds
extern const std::string_view kSupport;    ///< the quarantine schema and its table of steps
extern const std::string_view kVerify;     ///< verify.sql: compares `expected_constraints` and `expected_indexes` with the catalogue

}  // namespace drizzle_audit::migrate::sql
