// A file of the schema does not parse. What parses of it is still read.
#include "_shared/problems.h"

namespace drizzle_audit::rules::syntax_error {
namespace {

void check(const RuleContext& context) {
  report_problems(context, {ProblemKind::kSyntaxError}, "what does not parse is not in the model, and no rule can look at it");
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "syntax-error",
    .summary = "A file of the schema does not parse.",
    .category = "project",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::syntax_error
