// The tenant model: which table every customer's rows belong to, and which columns say so. Worked out once (src/tenant) or set in
// the config; rules ask it and never guess on their own. Points into the model, which outlives it.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit {

struct TenantModel {
  const Table* root = nullptr;         ///< stores, organizations, workspaces; null when the schema has no tenants
  const Column* key = nullptr;         ///< what tenant columns hold: its primary key
  std::vector<const Column*> columns;  ///< the tenant column of every table that has one, in the model's order of tables
  bool configured = false;             ///< set in the config rather than inferred
  std::vector<std::string> reasons;    ///< why this table, a clause each, for people
};

/// The column of `table` that says whose row it is, or null.
const Column* tenant_column(const TenantModel& tenants, const Table& table);

}  // namespace drizzle_audit
