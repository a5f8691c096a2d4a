// Cleaning up where a script cannot look at the catalogue and decide: MySQL and SQLite. Which rows follow with which is worked out here,
// from
// the foreign keys that the schema declares, and written as plain statements, parents before children.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/model.h"
#include "migrate/plan.h"

namespace drizzle_audit::migrate {

/// A statement that fails with `message` when `count` (a SELECT of one number) is not 0. `id` tells guards of one file apart.
std::string stop_unless_none(Dialect dialect, int id, const std::string& count, const std::string& message);
/// What guards need at the top of a file.
std::string guard_head(Dialect dialect);

std::string static_preflight(Dialect dialect, const std::vector<DataCheck>& checks);
std::string static_cleanup(const Model& model, const Plan& plan);
/// Puts the rows of the quarantine back, parents first, and removes it.
std::string static_restore(const Model& model, const Plan& plan);

}  // namespace drizzle_audit::migrate
