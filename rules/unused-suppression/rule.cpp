// A suppression that is not needed. Reported by the engine (src/audit/suppression.h), which alone knows what covered something.
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::unused_suppression {

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "unused-suppression",
    .summary = "A suppression covers no finding.",
    .category = "project",
    .severity = Severity::kWarning,
};

}  // namespace drizzle_audit::rules::unused_suppression
