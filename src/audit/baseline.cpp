#include "audit/baseline.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "drizzle_audit/rule.h"
#include "workspace/jsonc.h"

namespace drizzle_audit::audit {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kRecreate = "drizzle-audit baseline create --force writes a new one";

BaselineError at(const Sources& sources, FileId file, std::size_t offset, std::string message, std::string help) {
  const Location location = sources.location({file, static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(offset)});
  return {std::move(message), std::move(help), location.line, location.column};
}

/// Entries that a merge left twice are one; what is no list of texts is a mistake.
std::variant<Baseline, BaselineError> read_entries(const Sources& sources, FileId file, const Json& findings) {
  const std::string_view text = sources.text(file);
  Baseline baseline;
  for (const auto& [rule, objects] : findings.items()) {
    const std::size_t key = text.find(Json(rule).dump());
    const std::size_t start = key == std::string_view::npos ? 0 : key;
    if (!objects.is_array()) return at(sources, file, start, "the entries of '" + rule + "' are no list", std::string(kRecreate));
    std::size_t from = start;
    for (const Json& object : objects) {
      if (!object.is_string()) return at(sources, file, from, "an entry of '" + rule + "' is no text", std::string(kRecreate));
      const std::string written = object.dump(-1, ' ', false, Json::error_handler_t::replace);
      const std::size_t found = text.find(written, from);
      BaselineEntry entry{rule, object.get<std::string>(), {file, 0, 0}};
      if (found != std::string_view::npos) {
        entry.span = {file, static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(found + written.size())};
        from = found + written.size();
      }
      baseline.entries.push_back(std::move(entry));
    }
  }
  return baseline;
}

}  // namespace

std::variant<Baseline, BaselineError> read_baseline(const Sources& sources, FileId file) {
  const std::string_view text = sources.text(file);
  for (const std::string_view mark : {"<<<<<<< ", ">>>>>>> "}) {
    const std::size_t found = text.starts_with(mark) ? 0 : text.find("\n" + std::string(mark));
    if (found == std::string_view::npos) continue;
    return at(sources, file, found == 0 ? 0 : found + 1, "the baseline holds the marks of a merge conflict",
              "keep the entries of both sides; those that no longer apply are reported, and drizzle-audit baseline prune removes them");
  }
  const std::variant<Json, workspace::JsonError> parsed = workspace::parse_jsonc(text);
  if (const auto* error = std::get_if<workspace::JsonError>(&parsed)) {
    return BaselineError{"the baseline is not JSON: " + error->message, std::string(kRecreate), error->line, error->column};
  }
  const Json& json = std::get<Json>(parsed);
  const auto version = json.is_object() ? json.find("formatVersion") : json.end();
  if (!json.is_object() || version == json.end() || !version->is_number_integer()) {
    return at(sources, file, 0, "this is no baseline: it has no formatVersion", std::string(kRecreate));
  }
  if (*version != kBaselineFormatVersion) {
    return at(
        sources, file, 0,
        "the baseline has format " + version->dump() + "; this version of drizzle-audit reads " + std::to_string(kBaselineFormatVersion),
        std::string(kRecreate));
  }
  const auto findings = json.find("findings");
  if (findings == json.end() || !findings->is_object()) {
    return at(sources, file, 0, "the baseline has no object 'findings'", std::string(kRecreate));
  }
  return read_entries(sources, file, *findings);
}

std::string baseline_text(std::vector<BaselineEntry> entries) {
  std::map<std::string, std::set<std::string>> sorted;
  for (BaselineEntry& entry : entries) sorted[std::move(entry.rule)].insert(std::move(entry.object));
  Json findings = Json::object();
  for (auto& [rule, objects] : sorted) findings[rule] = objects;
  const Json json = {{"formatVersion", kBaselineFormatVersion}, {"findings", std::move(findings)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

BaselineEntry baseline_entry(const Finding& finding) {
  const std::size_t space = finding.fingerprint.find(' ');
  return {std::string(finding.rule), space == std::string::npos ? std::string() : finding.fingerprint.substr(space + 1), finding.span};
}

bool may_be_baselined(std::string_view rule, std::span<const Rule* const> known) {
  return std::ranges::any_of(known, [&](const Rule* other) { return other->id == rule && other->category != "project"; });
}

std::vector<Finding> apply_baseline(const Baseline& baseline, std::vector<Finding>& findings, const config::Settings& settings) {
  using Key = std::pair<std::string, std::string>;
  std::map<Key, bool> entries;  // whether a finding was seen
  for (const BaselineEntry& entry : baseline.entries) entries.emplace(Key(entry.rule, entry.object), false);
  for (Finding& finding : findings) {
    BaselineEntry entry = baseline_entry(finding);
    const auto found = entries.find({std::move(entry.rule), std::move(entry.object)});
    if (found == entries.end() || !may_be_baselined(finding.rule, settings.known)) continue;
    found->second = true;
    if (!finding.suppressed) finding.suppressed = Suppression{SuppressionKind::kBaseline, ""};
  }
  const auto did_not_run = [&](std::string_view rule) {
    return may_be_baselined(rule, settings.known) &&
           std::ranges::none_of(settings.rules, [&](const config::RuleSetting& setting) { return setting.rule->id == rule; });
  };
  std::vector<Finding> stale;
  for (const BaselineEntry& entry : baseline.entries) {
    bool& seen = entries.at({entry.rule, entry.object});
    if (seen || did_not_run(entry.rule)) continue;
    seen = true;  // an entry that stands there twice is reported once
    Finding& finding = stale.emplace_back();
    finding.rule = "stale-baseline";
    finding.subject.kind = SubjectKind::kFile;
    finding.subject.name = entry.rule + " " + entry.object;
    finding.span = entry.span;
    finding.message = "the baseline knows a finding of " + entry.rule + " on " + entry.object + " that is gone";
    finding.note = "the entry would hide the same defect when it comes back";
    finding.help = "drizzle-audit baseline prune removes such entries";
  }
  return stale;
}

}  // namespace drizzle_audit::audit
