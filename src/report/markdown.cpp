#include "report/markdown.h"

#include <algorithm>
#include <vector>

#include "report/change_text.h"
#include "report/encodings.h"
#include "report/pretty.h"

namespace drizzle_audit::report {
namespace {

std::string_view mark(Severity severity) {
  switch (severity) {
    case Severity::kError: return "🔴 error";
    case Severity::kWarning: return "🟡 warning";
    case Severity::kInfo: break;
  }
  return "🔵 info";
}

std::string where(const Report& report, const Finding& finding) {
  const Place place = place_of(report, finding, report.from_repository);
  if (!place.somewhere()) return "the whole schema";
  const std::string line = std::to_string(place.location.line);
  std::string text = markdown_escaped(place.path) + ":" + line;
  // A path that leaves the repository has no page there.
  if (report.source_url.empty() || place.path.starts_with("../") || place.path.starts_with("/")) return text;
  return "[" + text + "](" + report.source_url + uri_path(place.path) + "#L" + line + ")";
}

/// Collapsed: a comment of fifty findings is still one that people scroll past.
void write_reasons(std::string& text, const Report& report, const std::vector<const Finding*>& findings) {
  text += "\n<details><summary>Why, and what to do</summary>\n\n";
  for (const Finding* finding : findings) {
    text += "- **" + where(report, *finding) + "** " + markdown_escaped(finding->message) + "\n";
    for (const Evidence& evidence : finding->evidence) text += "  - evidence: " + markdown_escaped(evidence.text) + "\n";
    if (!finding->note.empty()) text += "  - note: " + markdown_escaped(finding->note) + "\n";
    if (!finding->help.empty()) text += "  - help: " + markdown_escaped(finding->help) + "\n";
    if (finding->change) text += "  - change: " + markdown_escaped(change_text(*finding->change)) + "\n";
  }
  text += "\n</details>\n";
}

}  // namespace

std::string markdown(const Report& report) {
  const audit::Summary& summary = report.result.summary;
  std::vector<const Finding*> findings;
  for (const Finding& finding : report.result.findings) {
    if (!finding.suppressed) findings.push_back(&finding);
  }
  // What matters most comes first, and is what a limit leaves in.
  std::stable_sort(findings.begin(), findings.end(), [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  const std::size_t total = findings.size();
  findings.resize(std::min<std::size_t>(total, report.pretty.max_diagnostics.value_or(UINT32_MAX)));

  std::string text = "## drizzle-audit: " + counts_text(summary) + "\n";
  if (!findings.empty()) {
    text += "\n| | Where | What | Rule |\n| --- | --- | --- | --- |\n";
    for (const Finding* finding : findings) {
      const std::string url = rule_url(finding->rule);
      const std::string rule = "`" + std::string(finding->rule) + "`";
      text += "| " + std::string(mark(finding->severity)) + " | " + where(report, *finding) + " | " + markdown_escaped(finding->message) +
              " | " + (url.empty() ? rule : "[" + rule + "](" + url + ")") + " |\n";
    }
    if (findings.size() < total) text += "\n… and " + std::to_string(total - findings.size()) + " more.\n";
    write_reasons(text, report, findings);
  }
  text += "\nLooked at " + coverage_text(report.result.coverage) + ".";
  if (summary.suppressed > 0) text += " " + std::to_string(summary.suppressed) + " suppressed by comments.";
  if (summary.baselined > 0) text += " " + std::to_string(summary.baselined) + " in the baseline.";
  return text + "\n";
}

}  // namespace drizzle_audit::report
