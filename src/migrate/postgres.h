// The files of a plan for PostgreSQL, in the order in which they run. All are for psql and may be run again at any time.
#pragma once

#include <string>
#include <vector>

#include "migrate/changes.h"
#include "migrate/checks.h"

namespace drizzle_audit::migrate::postgres {

std::string preflight(const Changes& changes, const std::vector<DataCheck>& checks, const PlanOptions& options);
std::string cleanup(const Changes& changes, const PlanOptions& options);
std::string expand(const Changes& changes, const PlanOptions& options);
std::string concurrent(const Changes& changes, const PlanOptions& options);
std::string validate(const Changes& changes, const PlanOptions& options);
std::string contract(const Changes& changes, const PlanOptions& options);
std::string verify(const Changes& changes, const std::vector<DataCheck>& checks, const PlanOptions& options);
std::string rollback(const PlanOptions& options);

// Pieces that a single transaction is made of, too (drizzle_kit.cpp).

/// `{{…}}` of the embedded files.
std::vector<std::pair<std::string_view, std::string>> settings(const PlanOptions& options);
/// The tables `planned` and `followed` of the cleanup. `variables`: choices are psql variables; else those of the changes.
std::string planned_rows(const Changes& changes, const PlanOptions& options, bool variables);
/// A DO block that stops with what is in the way. Accepted differences are not.
std::string refusal(const Changes& changes, const std::vector<DataCheck>& checks, const PlanOptions& options);
/// The table in the quarantine that takes rows of `table`; pg_temp.shelf() in sql/functions.sql makes the same name.
std::string quarantine_table(const TableRef& table);
/// A PL/pgSQL statement that sets `n` to the number of differences that nobody has accepted.
std::string count_differences(const DropColumnChange& change, const PlanOptions& options);
/// What every file for psql begins with.
inline constexpr std::string_view kPsqlHead =
    "\\set ON_ERROR_STOP on\n\\set QUIET on\n\\set SHOW_CONTEXT never\nSET client_min_messages = notice;\n";
/// A DO block: unless `present` (a query) finds something, run the statement with short lock waits and note the step.
std::string guarded(const PlanOptions& options, const std::string& present, const std::string& statement, const std::string& kind,
                    const TableRef& table, const std::string& name, const std::string& definition = {});
std::string constraint_exists(const TableRef& table, const std::string& name);
std::string add_foreign_key(const AddForeignKey& key, bool not_valid);
/// The name of the psql variable that holds a constraint's choice.
std::string variable(const std::string& name);
/// The view that shows a table with a redundant column made of the rows it repeats, with guards.
std::string add_compatibility_view(const DropColumnChange& change, const PlanOptions& options);
TableRef view_name(const DropColumnChange& change);
/// Function and trigger that refuse writes to a redundant column, with guards.
std::string read_only(const DropColumnChange& change, const PlanOptions& options);
/// Backup and removal of a redundant column, with guards and the parity check.
std::string drop_column(const DropColumnChange& change, const PlanOptions& options);

}  // namespace drizzle_audit::migrate::postgres
