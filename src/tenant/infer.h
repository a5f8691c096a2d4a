// Works out the tenant model of a schema, or takes it from the config. Used by the command line and the tests, once for every model.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drizzle_audit/tenant.h"

namespace drizzle_audit::tenant {

/// What the config says about tenants; what it leaves open is inferred.
struct TenantSetting {
  bool none = false;                      ///< the schema has no tenants, whatever it looks like
  std::optional<std::string> table = {};  ///< the root: its name in the database or the exported one
  std::vector<std::string> columns = {};  ///< tenant columns: names in the database or TypeScript keys
};

/// `model` outlives the result. A configured table that the model lacks gives no tenants and a reason that says so: in a project of
/// several schemas only one may have it.
TenantModel infer(const Model& model, const TenantSetting& setting = {});

}  // namespace drizzle_audit::tenant
