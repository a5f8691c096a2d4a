// A baseline entry whose finding is gone. Reported by the engine (src/audit/baseline.h), which alone knows what the entries were good for.
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::stale_baseline {

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "stale-baseline",
    .summary = "An entry of the baseline belongs to no finding.",
    .category = "project",
    .severity = Severity::kError,
};

}  // namespace drizzle_audit::rules::stale_baseline
