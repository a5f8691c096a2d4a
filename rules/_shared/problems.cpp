#include "_shared/problems.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

namespace drizzle_audit::rules {

namespace {

using Place = std::tuple<std::string_view, std::uint32_t, std::string_view>;

/// Whether the import means the same from every file: an alias or a package, not './columns'.
bool is_shared_import(const Problem& problem) {
  return problem.kind == ProblemKind::kUnresolvedImport && problem.message.find("'.") == std::string_view::npos;
}

}  // namespace

Subject file_subject(const Model& model, Span span) {
  Subject subject;
  subject.kind = SubjectKind::kFile;
  if (span.somewhere()) subject.name = model.sources->path(span.file);
  return subject;
}

void report_problems(const RuleContext& context, std::initializer_list<ProblemKind> kinds, std::string_view note) {
  const Model& model = context.model();
  // By path and line; an import that brings in several names is one problem, not one for each.
  std::map<Place, const Problem*> problems;
  for (const Problem& problem : model.problems) {
    if (std::find(kinds.begin(), kinds.end(), problem.kind) == kinds.end()) continue;
    const Location location = problem.span.somewhere() ? model.sources->location(problem.span) : Location{};
    problems.try_emplace(Place{location.path, location.line, problem.message}, &problem);
  }
  std::map<std::string_view, std::vector<const Problem*>> others;  // the same alias or package imported elsewhere, by message
  std::vector<const Problem*> first;
  for (const auto& [place, problem] : problems) {
    const bool is_known = is_shared_import(*problem) && others.contains(problem->message);
    if (is_known) others[problem->message].push_back(problem);
    if (!is_known) first.push_back(problem);
    if (!is_known && is_shared_import(*problem)) others[problem->message];
  }
  for (const Problem* problem : first) {
    Finding& finding = context.report(problem->span, file_subject(model, problem->span), std::string(problem->message));
    finding.note = note;
    finding.help = problem->help;
    if (!is_shared_import(*problem)) continue;
    for (const Problem* other : others[problem->message]) finding.related.push_back({"imported here, too", other->span});
  }
}

}  // namespace drizzle_audit::rules
