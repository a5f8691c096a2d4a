// A suppression without a rule, for a rule that does not exist, or without its other end. Reported by the engine (src/audit/suppression.h).
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::invalid_suppression {

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "invalid-suppression",
    .summary = "A comment means to be a suppression and is none.",
    .category = "project",
    .severity = Severity::kError,
};

}  // namespace drizzle_audit::rules::invalid_suppression
