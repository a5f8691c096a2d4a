// Whether a fix needs somebody to look at it.
#pragma once

#include "drizzle_audit/finding.h"

namespace drizzle_audit::fix {

/// Requires a change.
[[nodiscard]] Applicability applicability_of(const Finding& finding);

}  // namespace drizzle_audit::fix
