// Fingerprints: what a baseline, a code host and a suppression remember a finding by. Made of the rule and the database object, never of
// lines or wording, so that an edit elsewhere in the file leaves them alone.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::audit {

/// "missing-foreign-key public.products(store_id)". A table without a schema is in `public` for PostgreSQL; elsewhere there is none.
std::string fingerprint(const Finding& finding, Dialect dialect);

/// Numbers repeated fingerprints in their order: "…", "… #2", "… #3".
void make_unique(std::vector<Finding>& findings);

}  // namespace drizzle_audit::audit
