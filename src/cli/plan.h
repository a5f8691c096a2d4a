// From flags to a plan: what `plan` and `verify` have in common.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/options.h"
#include "cli/output.h"
#include "migrate/plan.h"

namespace drizzle_audit::cli {

struct ProjectPlan {
  migrate::Plan plan;
  std::string json;        ///< plan.json
  std::string root;        ///< the project's
  std::string out_folder;  ///< drizzle-kit's, relative to the root; empty without a config
  bool orm_v1 = false;
};

struct PlanRequest {
  const ProjectOptions& project;
  const ConfigOptions& config;
  const BaselineOptions& baseline;
  const migrate::PlanOptions& plan;
  std::vector<std::string> only = {};
  std::vector<std::string> skip = {};
};

/// Reads the project, audits it, and makes the plan of its one schema.
std::variant<ProjectPlan, Error> plan_project(const PlanRequest& request);

}  // namespace drizzle_audit::cli
