// `drizzle-audit rules`, `explain` and `version`: what the program itself is. No project is read.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/suggest.h"
#include "drizzle_audit/rule.h"
#include "drizzle_audit/version.h"

namespace drizzle_audit::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string padded(std::string_view text, std::size_t width) {
  std::string result(text);
  result.resize(std::max(width, result.size()), ' ');
  return result;
}

Json rule_json(const RegisteredRule& registered, bool with_page) {
  const Rule& rule = *registered.rule;
  Json json = {{"id", rule.id},
               {"severity", to_string(rule.severity)},
               {"category", rule.category},
               {"readsCode", rule.reads_code},
               {"summary", rule.summary}};
  if (with_page) json["page"] = registered.page;
  return json;
}

}  // namespace

int rules(const RuleOptions& options) {
  std::string text;
  if (options.output.format == "json") {
    Json list = Json::array();
    for (const RegisteredRule& registered : all_rules()) list.push_back(rule_json(registered, false));
    text = list.dump(2) + "\n";
  } else {
    std::size_t width = 0;
    for (const RegisteredRule& registered : all_rules()) width = std::max(width, registered.rule->id.size());
    for (const RegisteredRule& registered : all_rules()) {
      const Rule& rule = *registered.rule;
      text += padded(rule.id, width + 2) + padded(to_string(rule.severity), 9) + std::string(rule.summary) + "\n";
    }
  }
  return write_report(text, options.output.file, kExitClean);
}

int explain(const RuleOptions& options) {
  const std::span<const RegisteredRule> known = all_rules();
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const RegisteredRule& registered) { return registered.rule->id == options.rule; });
  if (found == known.end()) {
    std::vector<std::string> ids;
    for (const RegisteredRule& registered : known) ids.emplace_back(registered.rule->id);
    Error error;
    error.message = "there is no rule " + options.rule;
    error.help = did_you_mean(options.rule, ids, "drizzle-audit rules lists them");
    print_error(error);
    return kExitFailure;
  }
  const std::string text = options.output.format == "json" ? rule_json(*found, true).dump(2) + "\n" : std::string(found->page);
  return write_report(text, options.output.file, kExitClean);
}

int version(const OutputOptions& options) {
  if (options.format == "json") {
    const Json json = {{"name", "drizzle-audit"}, {"version", kVersion}};
    return write_report(json.dump(2) + "\n", options.file, kExitClean);
  }
  return write_report("drizzle-audit " + std::string(kVersion) + "\n", options.file, kExitClean);
}

}  // namespace drizzle_audit::cli
