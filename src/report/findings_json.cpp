#include "report/findings_json.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <vector>

#include "drizzle_audit/version.h"
#include "report/change_text.h"
#include "report/location_json.h"
#include "text/parallel.h"

namespace drizzle_audit::report {
namespace {

using Json = nlohmann::ordered_json;

Json subject_json(const Subject& subject) {
  Json json = {{"kind", to_string(subject.kind)},
               {"schema", subject.schema ? Json(*subject.schema) : Json()},
               {"table", subject.table},
               {"columns", subject.columns}};
  if (!subject.type.empty()) json["type"] = subject.type;
  if (!subject.name.empty()) json[subject.kind == SubjectKind::kProperty ? "property" : "name"] = subject.name;
  return json;
}

Json evidence_json(const Sources& sources, const std::vector<Evidence>& evidence) {
  Json json = Json::array();
  for (const Evidence& item : evidence)
    json.push_back({{"kind", item.kind}, {"text", item.text}, {"location", location_json(sources, item.span)}});
  return json;
}

Json related_json(const Sources& sources, const std::vector<Related>& related) {
  Json json = Json::array();
  for (const Related& item : related) json.push_back({{"message", item.message}, {"location", location_json(sources, item.span)}});
  return json;
}

Json suppression_json(const std::optional<Suppression>& suppression) {
  if (!suppression) return nullptr;
  if (suppression->kind == SuppressionKind::kBaseline) return {{"kind", "baseline"}};
  return {{"kind", "inline"}, {"reason", suppression->reason}};
}

Json fix_json(const Sources& sources, const std::optional<Fix>& fix) {
  if (!fix) return nullptr;
  Json edits = Json::array();
  for (const Edit& edit : fix->edits)
    edits.push_back({{"path", sources.path(edit.span.file)}, {"start", edit.span.start}, {"end", edit.span.end}, {"text", edit.text}});
  return {{"applicability", to_string(fix->applicability)}, {"edits", std::move(edits)}};
}

Json finding_json(const Sources& sources, const Finding& finding) {
  return {{"rule", finding.rule},
          {"severity", to_string(finding.severity)},
          {"confidence", to_string(finding.confidence)},
          {"subject", subject_json(finding.subject)},
          {"message", finding.message},
          {"note", finding.note},
          {"help", finding.help},
          {"evidence", evidence_json(sources, finding.evidence)},
          {"location", location_json(sources, finding.span)},
          {"related", related_json(sources, finding.related)},
          {"change", finding.change ? change_json(*finding.change) : Json()},
          {"fix", fix_json(sources, finding.fix)},
          {"fingerprint", finding.fingerprint},
          {"suppressed", suppression_json(finding.suppressed)}};
}

/// As an element of the list in the document: JSON has no line breaks inside its values.
std::string indented(std::string_view json) {
  std::string text = "\n    ";
  for (const char c : json) {
    text += c;
    if (c == '\n') text += "    ";
  }
  return text;
}

}  // namespace

std::string findings_json(const audit::AuditResult& result, unsigned threads) {
  const audit::Coverage& coverage = result.coverage;
  const audit::Summary& summary = result.summary;
  const Json json = {{"formatVersion", kFindingsFormatVersion},
                     {"tool", {{"name", "drizzle-audit"}, {"version", kVersion}}},
                     {"coverage",
                      {{"schemas", coverage.schemas},
                       {"files", coverage.files},
                       {"tables", coverage.tables},
                       {"columns", coverage.columns},
                       {"domainTypes", coverage.domain_types},
                       {"unknowns", coverage.unknowns}}},
                     {"findings", Json::array()},
                     {"summary",
                      {{"errors", summary.errors},
                       {"warnings", summary.warnings},
                       {"infos", summary.infos},
                       {"suppressed", summary.suppressed},
                       {"baselined", summary.baselined},
                       {"fixable", summary.fixable}}}};
  std::string text = json.dump(2) + "\n";
  // Findings are written one by one: together they would be a tree of many megabytes.
  std::vector<std::string> findings(result.findings.size());
  text::in_parallel(threads, findings.size(), 16, [&](std::size_t i) {
    findings[i] = indented(finding_json(*result.sources, result.findings[i]).dump(2, ' ', false, Json::error_handler_t::replace));
  });
  if (findings.empty()) return text;
  constexpr std::string_view kEmpty = "\"findings\": []";
  const std::size_t end_of_list = text.find(kEmpty) + kEmpty.size() - 1;
  std::string whole = text.substr(0, end_of_list);
  for (const std::string& finding : findings) {
    if (&finding != &findings.front()) whole += ',';
    whole += finding;
  }
  return whole + "\n  " + text.substr(end_of_list);
}

std::string findings_jsonl(const audit::AuditResult& result) {
  std::string text;
  for (const Finding& finding : result.findings) {
    text += finding_json(*result.sources, finding).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return text;
}

}  // namespace drizzle_audit::report
