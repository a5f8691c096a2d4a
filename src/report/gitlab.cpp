#include "report/gitlab.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::kError: return "critical";
    case Severity::kWarning: return "major";
    case Severity::kInfo: break;
  }
  return "info";
}

std::string_view category(const Report& report, std::string_view rule) {
  const RegisteredRule* registered = find_rule(report, rule);
  return registered != nullptr && registered->rule->category == "performance" ? "Performance" : "Bug Risk";
}

}  // namespace

std::string gitlab(const Report& report) {
  Json issues = Json::array();
  for (const Finding& finding : report.result.findings) {
    if (finding.suppressed) continue;
    const Place place = place_of(report, finding, report.from_repository);
    // Lines start at 1, also of a finding that has none.
    const std::uint32_t begin = std::max(place.location.line, 1U);
    const std::uint32_t end = std::max(place.location.end_line, begin);
    issues.push_back({{"type", "issue"},
                      {"check_name", finding.rule},
                      {"description", printable(finding.message)},
                      {"content", {{"body", finding.note + (finding.note.empty() || finding.help.empty() ? "" : "\n\n") + finding.help}}},
                      {"categories", {category(report, finding.rule)}},
                      {"severity", gitlab_severity(finding.severity)},
                      {"fingerprint", finding.fingerprint},
                      {"location", {{"path", place.path}, {"lines", {{"begin", begin}, {"end", end}}}}}});
  }
  return issues.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace drizzle_audit::report
