#include "audit/audit.h"

#include <algorithm>
#include <compare>
#include <iterator>
#include <tuple>
#include <utility>

#include "audit/fingerprint.h"
#include "audit/suppression.h"
#include "platform/platform.h"
#include "text/parallel.h"

namespace drizzle_audit::audit {
namespace {

std::string_view path_of(const Sources& sources, Span span) { return span.somewhere() ? sources.path(span.file) : std::string_view(); }

/// File ids depend on the order in which threads read the files; paths do not.
auto place_key(const Sources& sources, Span span) { return std::tuple(path_of(sources, span), span.start, span.end); }

bool comes_before(const Sources& sources, const Finding& a, const Finding& b) {
  const auto key = [&](const Finding& finding) {
    return std::tuple(path_of(sources, finding.span), finding.span.start, finding.rule, finding.span.end,
                      std::string_view(finding.message));
  };
  return key(a) < key(b);
}

bool same_finding(const Finding& a, const Finding& b) { return a.rule == b.rule && a.span == b.span && a.message == b.message; }

/// The database schema that a subject is in, as people write it: PostgreSQL's is `public` when none is given.
std::string_view schema_of(const Subject& subject, Dialect dialect) {
  if (subject.schema) return *subject.schema;
  return dialect == Dialect::kPostgresql && !subject.table.empty() ? "public" : "";
}

const config::RuleSetting* find_setting(const config::Settings& settings, std::string_view rule) {
  const auto found =
      std::find_if(settings.rules.begin(), settings.rules.end(), [&](const config::RuleSetting& s) { return s.rule->id == rule; });
  return found == settings.rules.end() ? nullptr : &*found;
}

/// Whether the finding counts at all where it is; then its severity is the one set for that place. What the rule itself lowered stays
/// lowered, and a guess by name and type alone is never a reason to fail a build.
bool settle_severity(Finding& finding, const config::Settings& settings, const config::RuleSetting& rule, const RuleInput& input) {
  const std::string_view path = path_of(*input.model->sources, finding.span);
  const std::string_view schema = schema_of(finding.subject, input.model->dialect);
  const config::Level level = config::level_at(settings, rule, {.path = path, .schema = schema, .table = finding.subject.table});
  if (!level) return false;
  finding.severity = finding.severity == rule.rule->severity ? *level : std::min(finding.severity, *level);
  if (finding.confidence == Confidence::kMedium) finding.severity = std::min(finding.severity, Severity::kWarning);
  return true;
}

void sort(const Sources& sources, std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) { return comes_before(sources, a, b); });
}

/// What the engine itself reports goes through the same settings as what rules do.
void settle_own(std::vector<Finding>& findings, const config::Settings& settings, const RuleInput& input) {
  std::erase_if(findings, [&](Finding& finding) {
    const config::RuleSetting* setting = find_setting(settings, finding.rule);
    if (setting == nullptr) return true;
    finding.severity = setting->rule->severity;
    finding.fingerprint = fingerprint(finding, input.model->dialect);
    return !settle_severity(finding, settings, *setting, input);
  });
}

Summary count(const std::vector<Finding>& findings) {
  Summary summary;
  for (const Finding& finding : findings) {
    if (finding.suppressed) {
      ++(finding.suppressed->kind == SuppressionKind::kInline ? summary.suppressed : summary.baselined);
      continue;
    }
    if (finding.fix) ++summary.fixable;
    if (finding.fix && finding.fix->applicability == Applicability::kUnsafe) ++summary.unsafe_fixable;
    switch (finding.severity) {
      case Severity::kError: ++summary.errors; break;
      case Severity::kWarning: ++summary.warnings; break;
      case Severity::kInfo: ++summary.infos; break;
    }
  }
  return summary;
}

Coverage cover(std::span<const Model* const> models) {
  Coverage coverage;
  coverage.schemas = static_cast<std::uint32_t>(models.size());
  for (const Model* model : models) {
    coverage.files += model->coverage.files;
    coverage.tables += model->coverage.tables;
    coverage.columns += model->coverage.columns;
  }
  // Schemas of one repository often share files.
  if (!models.empty()) coverage.files = std::min(coverage.files, static_cast<std::uint32_t>(models.front()->sources->size()));
  return coverage;
}

std::vector<Unknown> collect_unknowns(std::span<const Model* const> models) {
  std::vector<Unknown> unknowns;
  for (const Model* model : models) unknowns.insert(unknowns.end(), model->unknowns.begin(), model->unknowns.end());
  if (models.empty()) return unknowns;
  const Sources& sources = *models.front()->sources;
  const auto key = [&](const Unknown& unknown) { return std::tuple(place_key(sources, unknown.span), unknown.reason); };
  std::sort(unknowns.begin(), unknowns.end(), [&](const Unknown& a, const Unknown& b) { return key(a) < key(b); });
  unknowns.erase(std::unique(unknowns.begin(), unknowns.end(), [&](const Unknown& a, const Unknown& b) { return key(a) == key(b); }),
                 unknowns.end());
  return unknowns;
}

/// One rule over one model.
std::vector<Finding> run_rule(const RuleInput& input, const config::RuleSetting& setting, const config::Settings& settings, bool alone) {
  std::vector<Finding> found;
  if (setting.rule->check == nullptr) return found;
  setting.rule->check(RuleContext(input, setting.rule->id, setting.rule->severity, setting.options, found));
  std::erase_if(found, [&](Finding& finding) {
    if (!settle_severity(finding, settings, setting, input)) return true;
    finding.model = input.model;
    finding.fingerprint = fingerprint(finding, input.model->dialect);
    // Two schemas of one project may both have a table users.
    if (!alone && !input.model->config_path.empty()) finding.fingerprint += " @ " + std::string(input.model->config_path);
    return false;
  });
  return found;
}

/// What every rule finds in every model, in their order. Rules only read what they share, so each may run on a thread of its own.
std::vector<std::vector<Finding>> run_rules(std::span<const RuleInput> inputs, const config::Settings& settings, unsigned threads) {
  const std::size_t rules = settings.rules.size();
  std::vector<std::vector<Finding>> found(inputs.size() * rules);
  text::in_parallel(platform::thread_count(threads, 8U), found.size(), 1, [&](std::size_t i) {
    found[i] = run_rule(inputs[i / rules], settings.rules[i % rules], settings, inputs.size() == 1);
  });
  return found;
}

}  // namespace

AuditResult run(std::span<const RuleInput> inputs, const config::Settings& settings, const Baseline* baseline, unsigned threads) {
  AuditResult result;
  std::vector<const Model*> models;
  for (const RuleInput& input : inputs) models.push_back(input.model);
  result.coverage = cover(models);
  for (const RuleInput& input : inputs) {
    if (input.types != nullptr) result.coverage.domain_types += static_cast<std::uint32_t>(input.types->types.size());
  }
  result.unknowns = collect_unknowns(models);
  result.coverage.unknowns = static_cast<std::uint32_t>(result.unknowns.size());
  if (models.empty()) return result;
  result.sources = models.front()->sources;

  for (std::vector<Finding>& found : run_rules(inputs, settings, threads))
    std::move(found.begin(), found.end(), std::back_inserter(result.findings));
  sort(*result.sources, result.findings);
  // A file that two schemas share is reported once.
  result.findings.erase(std::unique(result.findings.begin(), result.findings.end(), same_finding), result.findings.end());
  make_unique(result.findings);

  std::vector<Finding> own = suppress(result.findings, inputs, settings);
  if (baseline != nullptr) {
    std::vector<Finding> stale = apply_baseline(*baseline, result.findings, settings);
    std::move(stale.begin(), stale.end(), std::back_inserter(own));
  }
  if (!own.empty()) {
    settle_own(own, settings, inputs.front());
    make_unique(own);
    std::move(own.begin(), own.end(), std::back_inserter(result.findings));
    sort(*result.sources, result.findings);
  }
  result.summary = count(result.findings);
  return result;
}

void count_again(AuditResult& result) { result.summary = count(result.findings); }

void narrow(AuditResult& result, const std::function<bool(std::string_view path)>& keep) {
  std::erase_if(result.findings,
                [&](const Finding& finding) { return finding.span.somewhere() && !keep(result.sources->path(finding.span.file)); });
  result.summary = count(result.findings);
}

void keep(AuditResult& result, const std::function<bool(const Finding& finding)>& wanted) {
  std::erase_if(result.findings, [&](const Finding& finding) { return !wanted(finding); });
  result.summary = count(result.findings);
}

void keep_severity(AuditResult& result, Severity least) {
  keep(result, [&](const Finding& finding) { return finding.severity >= least; });
}

}  // namespace drizzle_audit::audit
