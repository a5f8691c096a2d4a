#include "report/report.h"

#include <algorithm>

#include "drizzle_audit/version.h"
#include "report/terminal_text.h"
#include "workspace/paths.h"

namespace drizzle_audit::report {

std::string path_from(std::string_view prefix, std::string_view path) {
  return prefix.empty() ? std::string(path) : workspace::join(prefix, path);
}

Place place_of(const Report& report, const Finding& finding, std::string_view prefix) {
  if (finding.span.somewhere()) {
    const Location location = report.result.sources->location(finding.span);
    return {path_from(prefix, location.path), location};
  }
  const Model* model = finding.model != nullptr ? finding.model : report.models.empty() ? nullptr : report.models.front();
  if (model != nullptr && !model->config_path.empty()) return {path_from(prefix, model->config_path), {}};
  if (model != nullptr && !model->files.empty()) return {path_from(prefix, model->files.front()), {}};
  return {path_from(prefix, "package.json"), {}};
}

std::string place_text(const Report& report, Span span, std::string_view prefix) {
  if (!span.somewhere()) return {};
  const Location location = report.result.sources->location(span);
  return printable(path_from(prefix, location.path)) + ":" + std::to_string(location.line) + ":" + std::to_string(location.column);
}

std::string counted(std::uint32_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string counts_text(const audit::Summary& summary) {
  std::string text;
  const auto add = [&](std::uint32_t count, std::string_view noun) {
    if (count > 0) text += (text.empty() ? "" : ", ") + counted(count, noun);
  };
  add(summary.errors, "error");
  add(summary.warnings, "warning");
  add(summary.infos, "info");
  return text.empty() ? "nothing to report" : text;
}

const RegisteredRule* find_rule(const Report& report, std::string_view id) {
  const auto found =
      std::find_if(report.rules.begin(), report.rules.end(), [&](const RegisteredRule& rule) { return rule.rule->id == id; });
  return found == report.rules.end() ? nullptr : &*found;
}

std::string rule_url(std::string_view id) {
  std::string url(kRulePages);
  if (!url.empty()) url += "/" + std::string(id) + "/rule.md";
  return url;
}

}  // namespace drizzle_audit::report
