#include "audit/audit.h"

#include <algorithm>
#include <compare>
#include <tuple>
#include <utility>

#include "audit/fingerprint.h"
#include "audit/options.h"

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

/// A guess by name and type alone is never a reason to fail a build.
void settle_severity(Finding& finding) {
  if (finding.confidence == Confidence::kMedium) finding.severity = std::min(finding.severity, Severity::kWarning);
}

Summary count(const std::vector<Finding>& findings) {
  Summary summary;
  for (const Finding& finding : findings) {
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

}  // namespace

AuditResult run(std::span<const RuleInput> inputs, std::span<const Rule* const> rules) {
  AuditResult result;
  std::vector<const Model*> models;
  for (const RuleInput& input : inputs) models.push_back(input.model);
  result.coverage = cover(models);
  result.unknowns = collect_unknowns(models);
  result.coverage.unknowns = static_cast<std::uint32_t>(result.unknowns.size());
  if (models.empty()) return result;
  result.sources = models.front()->sources;

  for (const RuleInput& input : inputs) {
    std::vector<Finding> found;
    for (const Rule* rule : rules) {
      const OptionValues options = default_options(*rule);
      rule->check(RuleContext(input, rule->id, rule->severity, options, found));
    }
    for (Finding& finding : found) {
      settle_severity(finding);
      finding.fingerprint = fingerprint(finding, input.model->dialect);
      result.findings.push_back(std::move(finding));
    }
  }
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [&](const Finding& a, const Finding& b) { return comes_before(*result.sources, a, b); });
  // A file that two schemas share is reported once.
  result.findings.erase(std::unique(result.findings.begin(), result.findings.end(), same_finding), result.findings.end());
  make_unique(result.findings);
  result.summary = count(result.findings);
  return result;
}

void narrow(AuditResult& result, const std::function<bool(std::string_view path)>& keep) {
  std::erase_if(result.findings,
                [&](const Finding& finding) { return finding.span.somewhere() && !keep(result.sources->path(finding.span.file)); });
  result.summary = count(result.findings);
}

void keep_severity(AuditResult& result, Severity least) {
  std::erase_if(result.findings, [&](const Finding& finding) { return finding.severity < least; });
  result.summary = count(result.findings);
}

}  // namespace drizzle_audit::audit
