#include "config/settings.h"

#include <algorithm>

#include "config/options.h"
#include "workspace/paths.h"

namespace drizzle_audit::config {
namespace {

bool any_matches(const std::vector<workspace::Glob>& globs, std::string_view text) {
  return !text.empty() && std::any_of(globs.begin(), globs.end(), [&](const workspace::Glob& glob) { return glob.matches(text); });
}

bool applies(const Settings& settings, const OverrideSetting& part, const Place& place) {
  if (!part.files.empty()) {
    if (place.path.empty()) return false;
    if (!any_matches(part.files, workspace::relative_path(workspace::join(settings.root, place.path), part.folder))) return false;
  }
  if (!part.schemas.empty() && !any_matches(part.schemas, place.schema)) return false;
  if (part.tables.empty() || any_matches(part.tables, place.table)) return true;
  if (place.schema.empty() || place.table.empty()) return false;
  return any_matches(part.tables, std::string(place.schema) + "." + std::string(place.table));
}

}  // namespace

Level level_at(const Settings& settings, const RuleSetting& rule, const Place& place) {
  for (auto part = settings.overrides.rbegin(); part != settings.overrides.rend(); ++part) {
    const auto level = part->levels.find(rule.rule->id);
    if (level != part->levels.end() && applies(settings, *part, place)) return level->second;
  }
  return rule.level;
}

Settings default_settings(std::span<const Rule* const> rules) {
  Settings settings;
  settings.known.assign(rules.begin(), rules.end());
  for (const Rule* rule : rules) settings.rules.push_back({.rule = rule, .level = rule->severity, .options = default_options(*rule)});
  return settings;
}

}  // namespace drizzle_audit::config
