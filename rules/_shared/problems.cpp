#include "_shared/problems.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace drizzle_audit::rules {

Subject file_subject(const Model& model, Span span) {
  Subject subject;
  subject.kind = SubjectKind::kFile;
  if (span.somewhere()) subject.name = model.sources->path(span.file);
  return subject;
}

void report_problems(const RuleContext& context, std::initializer_list<ProblemKind> kinds, std::string_view note) {
  const Model& model = context.model();
  // An import that brings in several names is one problem, not one for each.
  std::set<std::tuple<std::string_view, std::uint32_t, std::string_view>> seen;
  for (const Problem& problem : model.problems) {
    if (std::find(kinds.begin(), kinds.end(), problem.kind) == kinds.end()) continue;
    if (problem.span.somewhere()) {
      const Location location = model.sources->location(problem.span);
      if (!seen.emplace(location.path, location.line, problem.message).second) continue;
    }
    Finding& finding = context.report(problem.span, file_subject(model, problem.span), std::string(problem.message));
    finding.note = note;
    finding.help = problem.help;
  }
}

}  // namespace drizzle_audit::rules
