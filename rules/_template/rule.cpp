// What this rule looks for, and the source of truth for it being a defect.
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::RULE_NAMESPACE {
namespace {

void check(const RuleContext& context) {
  for (const Table& table : context.model().tables) {
    static_cast<void>(table);  // look, and call context.report(span, subject, message)
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "RULE_ID",
    .summary = "One line that says what is wrong.",
    .category = "integrity",
    .severity = Severity::kWarning,
    .check = check,
};

}  // namespace drizzle_audit::rules::RULE_NAMESPACE
