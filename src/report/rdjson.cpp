#include "report/rdjson.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

using Json = nlohmann::ordered_json;

/// Edits further apart than this are not offered: a suggestion replaces everything between them.
constexpr std::size_t kMaxSuggestionBytes = 2000;

std::string_view rdjson_severity(Severity severity) {
  switch (severity) {
    case Severity::kError: return "ERROR";
    case Severity::kWarning: return "WARNING";
    case Severity::kInfo: break;
  }
  return "INFO";
}

Json position_json(const Sources& sources, FileId file, std::uint32_t offset, std::uint32_t line) {
  const std::string_view text = sources.text(file).substr(0, offset);
  const std::size_t start = text.find_last_of("\r\n") + 1;  // npos + 1 is 0
  return {{"line", line}, {"column", text.size() - start + 1}};
}

Json range_json(const Sources& sources, Span span) {
  const Location at = sources.location(span);
  return {{"start", position_json(sources, span.file, span.start, at.line)},
          {"end", position_json(sources, span.file, std::max(span.start, span.end), at.end_line)}};
}

Json rd_location(const Report& report, Span span) {
  const Sources& sources = *report.result.sources;
  return {{"path", path_from(report.from_working_directory, sources.path(span.file))}, {"range", range_json(sources, span)}};
}

/// All edits of a fix as one suggestion: reviewdog offers each suggestion on its own, and half a fix is none.
Json suggestions_json(const Report& report, const Finding& finding) {
  Json suggestions = Json::array();
  if (!finding.fix || finding.fix->edits.empty()) return suggestions;
  const std::vector<Edit>& edits = finding.fix->edits;
  const Span whole{finding.span.file, edits.front().span.start, edits.back().span.end};
  const bool is_one_place = std::all_of(edits.begin(), edits.end(), [&](const Edit& edit) { return edit.span.file == whole.file; });
  if (!is_one_place || whole.end - whole.start > kMaxSuggestionBytes) return suggestions;
  const Sources& sources = *report.result.sources;
  std::string text;
  std::uint32_t at = whole.start;
  for (const Edit& edit : edits) {
    text += sources.text(Span{whole.file, at, edit.span.start});
    text += edit.text;
    at = edit.span.end;
  }
  suggestions.push_back({{"range", range_json(sources, whole)}, {"text", text}});
  return suggestions;
}

std::string rd_message(const Finding& finding) {
  std::string text = printable(finding.message);
  if (!finding.note.empty()) text += "\nnote: " + printable(finding.note);
  if (!finding.help.empty()) text += "\nhelp: " + printable(finding.help);
  return text;
}

}  // namespace

std::string rdjson(const Report& report) {
  Json diagnostics = Json::array();
  for (const Finding& finding : report.result.findings) {
    if (finding.suppressed) continue;
    const Place place = place_of(report, finding, report.from_working_directory);
    Json diagnostic = {{"message", rd_message(finding)},
                       {"location", place.somewhere() ? rd_location(report, finding.span) : Json{{"path", place.path}}},
                       {"severity", rdjson_severity(finding.severity)},
                       {"code", {{"value", finding.rule}}}};
    if (const std::string url = rule_url(finding.rule); !url.empty()) diagnostic["code"]["url"] = url;
    if (Json suggestions = suggestions_json(report, finding); !suggestions.empty()) diagnostic["suggestions"] = std::move(suggestions);
    diagnostics.push_back(std::move(diagnostic));
  }
  const Json json = {{"source", {{"name", "drizzle-audit"}}}, {"diagnostics", std::move(diagnostics)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace drizzle_audit::report
