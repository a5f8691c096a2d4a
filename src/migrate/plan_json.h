// plan.json: the plan for programs. drizzle-audit-verify runs its checks and compares the database with its schema.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "drizzle_audit/model.h"
#include "migrate/plan.h"

namespace drizzle_audit::migrate {

/// Keys: docs/migrations.md, "plan.json".
nlohmann::ordered_json plan_json(const Model& model, const Plan& plan);

/// The tables that drizzle-kit creates, with columns, constraints and indexes, for comparing them with a database.
nlohmann::ordered_json expected_schema(const Model& model);

}  // namespace drizzle_audit::migrate
