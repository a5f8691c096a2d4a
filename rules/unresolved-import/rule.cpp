// An import of the project's own leads nowhere. Packages are none of its business: they may simply not be installed.
#include "_shared/problems.h"

namespace drizzle_audit::rules::unresolved_import {
namespace {

void check(const RuleContext& context) {
  report_problems(context, {ProblemKind::kUnresolvedImport},
                  "what it would have brought in is unknown here, so rules stay silent about everything built from it");
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "unresolved-import",
    .summary = "An import of one of the project's own files leads nowhere.",
    .category = "project",
    .severity = Severity::kWarning,
    .check = check,
};

}  // namespace drizzle_audit::rules::unresolved_import
