// The files of a plan for SQLite.
#pragma once

#include <vector>

#include "drizzle_audit/model.h"
#include "migrate/plan.h"

namespace drizzle_audit::migrate::sqlite {

std::vector<PlanFile> files(const Model& model, const Plan& plan);

}  // namespace drizzle_audit::migrate::sqlite
