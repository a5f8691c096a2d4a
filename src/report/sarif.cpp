#include "report/sarif.h"

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "drizzle_audit/version.h"
#include "report/change_text.h"
#include "report/encodings.h"

namespace drizzle_audit::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view level(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kInfo: break;
  }
  return "note";
}

/// GitHub's property of a rule; the level of a result wins where the two differ.
std::string_view problem_severity(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kInfo: break;
  }
  return "recommendation";
}

/// SARIF 3.27.25: how likely it is that this is worth a look, 0 to 100.
double rank(Confidence confidence) {
  switch (confidence) {
    case Confidence::kCertain: return 100.0;
    case Confidence::kHigh: return 90.0;
    case Confidence::kMedium: break;
  }
  return 60.0;
}

/// The first paragraph of the page's section "Why", on one line; the summary when the page has none.
std::string full_description(const RegisteredRule& registered) {
  constexpr std::string_view kHeading = "\n## Why\n";
  const std::string_view page = registered.page;
  std::size_t start = page.find(kHeading);
  if (start == std::string_view::npos) return std::string(registered.rule->summary);
  start = page.find_first_not_of('\n', start + kHeading.size());
  if (start == std::string_view::npos) return std::string(registered.rule->summary);
  std::string text(page.substr(start, page.find("\n\n", start) - start));
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

/// "missing-index" as MissingIndex: SARIF's "friendly name" (3.49.7).
std::string pascal_case(std::string_view id) {
  std::string name;
  bool starts_word = true;
  for (const char c : id) {
    if (c != '-') name += starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = c == '-';
  }
  return name;
}

Json rule_json(const RegisteredRule& registered) {
  const Rule& rule = *registered.rule;
  Json json = {{"id", rule.id},
               {"name", pascal_case(rule.id)},
               {"shortDescription", {{"text", rule.summary}}},
               {"fullDescription", {{"text", full_description(registered)}}},
               {"help", {{"text", registered.page}, {"markdown", registered.page}}}};
  if (const std::string url = rule_url(rule.id); !url.empty()) json["helpUri"] = url;
  json["defaultConfiguration"] = {{"enabled", rule.preset == Preset::kRecommended}, {"level", level(rule.severity)}};
  json["properties"] = {
      {"tags", {"drizzle-orm", rule.category}}, {"precision", "high"}, {"problem.severity", problem_severity(rule.severity)}};
  return json;
}

Json artifact_json(const Report& report, std::string_view path) {
  return {{"uri", uri_path(path_from(report.from_repository, path))}, {"uriBaseId", "%SRCROOT%"}};
}

Json region_json(const Location& at) {
  return {{"startLine", at.line}, {"startColumn", at.column}, {"endLine", at.end_line}, {"endColumn", at.end_column}};
}

Json physical_json(const Report& report, Span span) {
  const Location at = report.result.sources->location(span);
  return {{"artifactLocation", artifact_json(report, at.path)}, {"region", region_json(at)}};
}

std::string subject_name(const Subject& subject) {
  std::string name = (subject.schema ? *subject.schema + "." : std::string()) + subject.table;
  if (!subject.columns.empty()) {
    name += "(";
    for (std::size_t i = 0; i < subject.columns.size(); ++i) name += (i == 0 ? "" : ", ") + subject.columns[i];
    name += ")";
  }
  if (!subject.type.empty()) name = subject.type;
  if (!subject.name.empty()) name += (name.empty() ? "" : ".") + subject.name;
  return name;
}

Json locations_json(const Report& report, const Finding& finding) {
  const Place place = place_of(report, finding, {});
  Json location;
  if (finding.span.somewhere()) {
    location["physicalLocation"] = physical_json(report, finding.span);
  } else {
    // GitHub refuses a result without file and line.
    location["physicalLocation"] = {{"artifactLocation", artifact_json(report, place.path)}, {"region", {{"startLine", 1}}}};
  }
  const std::string name = subject_name(finding.subject);
  if (!name.empty())
    location["logicalLocations"] = Json::array({{{"fullyQualifiedName", name}, {"kind", to_string(finding.subject.kind)}}});
  return Json::array({location});
}

/// Evidence and related places in one list: SARIF knows one.
Json related_locations_json(const Report& report, const Finding& finding) {
  Json related = Json::array();
  const auto add = [&](std::string_view message, Span span) {
    if (!span.somewhere()) return;
    related.push_back({{"id", related.size()}, {"physicalLocation", physical_json(report, span)}, {"message", {{"text", message}}}});
  };
  for (const Related& other : finding.related) add(other.message, other.span);
  for (const Evidence& evidence : finding.evidence) {
    if (evidence.span != finding.span) add(evidence.text, evidence.span);
  }
  return related;
}

Json fixes_json(const Report& report, const Finding& finding) {
  std::map<std::string_view, Json> files;  // by path, so that the order is the same on every run
  for (const Edit& edit : finding.fix->edits) {
    const Location at = report.result.sources->location(edit.span);
    files[at.path].push_back({{"deletedRegion", region_json(at)}, {"insertedContent", {{"text", edit.text}}}});
  }
  Json changes = Json::array();
  for (const auto& [path, replacements] : files) {
    changes.push_back({{"artifactLocation", artifact_json(report, path)}, {"replacements", replacements}});
  }
  Json fix = {{"artifactChanges", std::move(changes)}, {"properties", {{"applicability", to_string(finding.fix->applicability)}}}};
  if (finding.change) fix["description"] = {{"text", change_text(*finding.change)}};
  return Json::array({fix});
}

std::string message_text(const Finding& finding) {
  std::string text = finding.message + ".";
  if (!finding.note.empty()) text += " Why it matters: " + finding.note + ".";
  if (!finding.help.empty()) text += " What to do: " + finding.help + ".";
  return text;
}

Json suppressions_json(const Finding& finding) {
  if (!finding.suppressed) return Json::array();
  Json suppression = {{"kind", finding.suppressed->kind == SuppressionKind::kInline ? "inSource" : "external"}, {"status", "accepted"}};
  if (!finding.suppressed->reason.empty()) suppression["justification"] = finding.suppressed->reason;
  return Json::array({suppression});
}

Json result_json(const Report& report, const Finding& finding, std::size_t rule_index) {
  Json json = {{"ruleId", finding.rule},
               {"ruleIndex", rule_index},
               {"level", level(finding.severity)},
               {"rank", rank(finding.confidence)},
               {"message", {{"text", message_text(finding)}}},
               {"locations", locations_json(report, finding)}};
  if (Json related = related_locations_json(report, finding); !related.empty()) json["relatedLocations"] = std::move(related);
  // Not GitHub's own primaryLocationLineHash: its upload action works that out from the line, and warns about any other value.
  json["partialFingerprints"] = {{"drizzleAudit/v1", finding.fingerprint}};
  json["suppressions"] = suppressions_json(finding);
  if (report.has_baseline) {
    const bool is_known = finding.suppressed && finding.suppressed->kind == SuppressionKind::kBaseline;
    json["baselineState"] = is_known ? "unchanged" : "new";
  }
  if (finding.fix && !finding.fix->edits.empty()) json["fixes"] = fixes_json(report, finding);
  json["properties"] = {{"confidence", to_string(finding.confidence)}};
  if (finding.change) json["properties"]["change"] = change_json(*finding.change);
  return json;
}

/// What could not be read, as notifications: it is about the run, not about the schema.
Json notifications_json(const Report& report) {
  Json notifications = Json::array();
  for (const Unknown& unknown : report.result.unknowns) {
    Json notification = {{"level", "note"}, {"message", {{"text", "not read: " + std::string(unknown.reason)}}}};
    if (unknown.span.somewhere()) {
      notification["locations"] = Json::array({{{"physicalLocation", physical_json(report, unknown.span)}}});
    }
    notifications.push_back(std::move(notification));
  }
  return notifications;
}

}  // namespace

std::string sarif(const Report& report) {
  Json rules = Json::array();
  std::map<std::string_view, std::size_t> indexes;
  Json results = Json::array();
  for (const Finding& finding : report.result.findings) {
    const auto [at, is_new] = indexes.try_emplace(finding.rule, rules.size());
    if (is_new) {
      const RegisteredRule* registered = find_rule(report, finding.rule);
      rules.push_back(registered != nullptr ? rule_json(*registered) : Json{{"id", finding.rule}});
    }
    results.push_back(result_json(report, finding, at->second));
  }
  Json invocation = {{"executionSuccessful", true}, {"toolExecutionNotifications", notifications_json(report)}};
  Json run = {{"tool", {{"driver", {{"name", "drizzle-audit"}, {"version", kVersion}, {"semanticVersion", kVersion}, {"rules", rules}}}}},
              {"invocations", Json::array({invocation})},
              {"columnKind", "utf16CodeUnits"},
              {"results", std::move(results)}};
  const Json json = {{"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"},
                     {"version", "2.1.0"},
                     {"runs", Json::array({run})}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace drizzle_audit::report
