// Works out the tenant model of a schema. Used by the command line and the tests, once for every model.
#pragma once

#include "drizzle_audit/tenant.h"

namespace drizzle_audit::tenant {

/// `model` outlives the result.
TenantModel infer(const Model& model);

}  // namespace drizzle_audit::tenant
