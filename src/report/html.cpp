#include "report/html.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <variant>
#include <vector>

#include "drizzle_audit/version.h"
#include "report/change_text.h"
#include "report/html_code.h"
#include "report/html_parts.h"
#include "report/html_schema.h"
#include "report/pretty.h"
#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

using Json = nlohmann::ordered_json;

/// Many findings say the same thing: each text is stored once.
class Texts {
 public:
  std::size_t add(const std::string& text) {
    const auto [at, is_new] = ids_.try_emplace(text, texts_.size());
    if (is_new) texts_.push_back(text);
    return at->second;
  }
  [[nodiscard]] const std::vector<std::string>& all() const { return texts_; }

 private:
  std::map<std::string, std::size_t> ids_;
  std::vector<std::string> texts_;
};

/// Project text for eyes: no control character, no direction override.
std::string shown(std::string_view text) { return printable(text); }

Json place_json(const Sources& sources, Span span) {
  if (!span.somewhere()) return nullptr;
  const Location at = sources.location(span);
  return Json{shown(at.path), at.line, at.column};
}

/// A foreign key that a finding proposes, for the diagram.
Json proposal_json(const AddForeignKey& key, const Finding& finding, const TableIndex& tables) {
  const int from = tables.find(finding.model, key.table.schema, key.table.table);
  const int to = tables.find(finding.model, key.foreign_table.schema, key.foreign_table.table);
  if (from < 0 || to < 0) return nullptr;
  Json columns = Json::array();
  for (const std::string& column : key.columns) columns.push_back(shown(column));
  Json foreign = Json::array();
  for (const std::string& column : key.foreign_columns) foreign.push_back(shown(column));
  return {{"from", from}, {"to", to}, {"columns", std::move(columns)}, {"foreign", std::move(foreign)}};
}

Json html_finding(const Report& report, const Finding& finding, const TableIndex& tables, Texts& texts) {
  const Sources& sources = *report.result.sources;
  Json json = {{"rule", finding.rule},
               {"severity", to_string(finding.severity)},
               {"confidence", to_string(finding.confidence)},
               {"message", shown(finding.message)},
               {"id", shown(finding.fingerprint)},
               {"at", place_json(sources, finding.span)}};
  const int table = finding.subject.table.empty() ? -1 : tables.find(finding.model, finding.subject.schema, finding.subject.table);
  if (table >= 0) json["table"] = table;
  if (!finding.subject.columns.empty()) {
    json["columns"] = Json::array();
    for (const std::string& column : finding.subject.columns) json["columns"].push_back(shown(column));
  }
  if (!finding.note.empty()) json["note"] = texts.add(shown(finding.note));
  if (!finding.help.empty()) json["help"] = texts.add(shown(finding.help));
  for (const Evidence& evidence : finding.evidence) {
    const bool is_here = evidence.span == finding.span;
    json["evidence"].push_back({texts.add(shown(evidence.text)), is_here ? Json() : place_json(sources, evidence.span)});
  }
  if (finding.change) {
    json["change"] = shown(change_text(*finding.change));
    if (const auto* key = std::get_if<AddForeignKey>(&*finding.change); key != nullptr && !finding.suppressed) {
      if (Json proposal = proposal_json(*key, finding, tables); !proposal.is_null()) json["proposes"] = std::move(proposal);
    }
  }
  if (finding.span.somewhere())
    json["code"] = texts.add(code_json(sources, finding.span).dump(-1, ' ', false, Json::error_handler_t::replace));
  if (finding.fix && !finding.fix->edits.empty()) {
    json["fix"] = {{"applicability", to_string(finding.fix->applicability)}, {"hunks", hunks_json(sources, *finding.fix)}};
  }
  if (finding.suppressed) {
    const bool is_inline = finding.suppressed->kind == SuppressionKind::kInline;
    json["hidden"] = is_inline ? "suppressed" : "baseline";
    if (is_inline && !finding.suppressed->reason.empty()) json["reason"] = shown(finding.suppressed->reason);
  }
  return json;
}

Json rules_json(const Report& report) {
  std::set<std::string_view> used;
  for (const Finding& finding : report.result.findings) used.insert(finding.rule);
  Json rules = Json::object();
  for (const std::string_view id : used) {
    const RegisteredRule* registered = find_rule(report, id);
    if (registered == nullptr) continue;
    const std::string key(id);
    rules[key] = {{"summary", registered->rule->summary}, {"category", registered->rule->category}};
    if (const std::string url = rule_url(id); !url.empty()) rules[key]["url"] = url;
  }
  return rules;
}

/// JSON for a <script> element: nothing in it can end the element or open a comment.
std::string script_json(const Json& json) {
  std::string out;
  for (const char c : json.dump(-1, ' ', false, Json::error_handler_t::replace)) {
    if (c == '<') {
      out += "\\u003c";  // < stands in strings only
    } else {
      out += c;
    }
  }
  return out;
}

std::string page(const Json& data) {
  std::string out;
  std::string_view rest = kHtmlPage;
  const auto insert = [&](std::string_view marker, std::string_view text) {
    const std::size_t at = rest.find(marker);
    out += rest.substr(0, at);
    out += text;
    rest.remove_prefix(at + marker.size());
  };
  insert("/*STYLE*/", kHtmlStyle);
  insert("/*DATA*/", script_json(data));
  insert("/*SCRIPT*/", kHtmlScript);
  out += rest;
  return out;
}

}  // namespace

std::string html(const Report& report) {
  const audit::AuditResult& result = report.result;
  const TableIndex tables(report.models);
  Json data = tables.json();
  data["mode"] = "findings";
  data["project"] = shown(report.project);
  data["version"] = kVersion;
  data["coverage"] = coverage_text(result.coverage);
  data["rules"] = rules_json(report);
  Texts texts;
  Json findings = Json::array();
  for (const Finding& finding : result.findings) findings.push_back(html_finding(report, finding, tables, texts));
  data["findings"] = std::move(findings);
  data["texts"] = texts.all();
  data["unknowns"] = Json::array();
  for (const Unknown& unknown : result.unknowns) {
    data["unknowns"].push_back({shown(unknown.reason), place_json(*result.sources, unknown.span)});
  }
  return page(data);
}

std::string schema_html(std::span<const Model* const> models, const std::string& project) {
  Json data = TableIndex(models).json();
  data["mode"] = "schema";
  data["project"] = shown(project);
  data["version"] = kVersion;
  std::uint32_t columns = 0;
  std::uint32_t count = 0;
  for (const Model* model : models) {
    count += model->coverage.tables;
    columns += model->coverage.columns;
  }
  data["coverage"] = counted(count, "table") + ", " + counted(columns, "column");
  data["rules"] = Json::object();
  for (const char* list : {"findings", "texts", "unknowns"}) data[list] = Json::array();
  return page(data);
}

}  // namespace drizzle_audit::report
