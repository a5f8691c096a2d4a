#include "config/resolve.h"

#include <algorithm>
#include <utility>

#include "config/options.h"
#include "workspace/paths.h"

namespace drizzle_audit::config {
namespace {

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& one) { return one == name; });
}

std::vector<workspace::Glob> globs_of(const std::vector<std::string>& patterns) {
  std::vector<workspace::Glob> globs;
  globs.reserve(patterns.size());
  for (const std::string& pattern : patterns) globs.emplace_back(pattern);
  return globs;
}

bool is_on_somewhere(const Settings& settings, const RuleSetting& rule) {
  return rule.level || std::any_of(settings.overrides.begin(), settings.overrides.end(), [&](const OverrideSetting& part) {
           const auto level = part.levels.find(rule.rule->id);
           return level != part.levels.end() && level->second;
         });
}

OptionValues options_of(const Config& config, const Rule& rule) {
  OptionValues options = default_options(rule);
  const auto own = config.rules.find(rule.id);
  if (own == config.rules.end()) return options;
  for (const auto& [name, setting] : own->second.options) options[name] = setting.value;
  return options;
}

}  // namespace

Setting<Level> level_of(const Config& config, const Rule& rule, Preset preset) {
  const auto own = config.rules.find(rule.id);
  if (own != config.rules.end() && own->second.level) return *own->second.level;
  return {rule.preset <= preset ? Level(rule.severity) : std::nullopt, {}};
}

Settings resolve(const Config& config, const std::string& root, std::span<const RegisteredRule> rules, const Selection& selection) {
  Settings settings;
  settings.root = root;
  for (const RegisteredRule& registered : rules) settings.known.push_back(registered.rule);
  for (const Override& part : config.overrides) {
    OverrideSetting& setting = settings.overrides.emplace_back();
    setting.folder = part.folder;
    setting.files = globs_of(part.files);
    setting.tables = globs_of(part.tables);
    setting.schemas = globs_of(part.schemas);
    for (const auto& [rule, level] : part.levels) setting.levels.emplace(rule, level.value);
  }
  for (const RegisteredRule& registered : rules) {
    const Rule& rule = *registered.rule;
    const bool named = holds(selection.only, rule.id);
    if (!selection.only.empty() && !named && !holds(selection.only, rule.category)) continue;
    if (holds(selection.skip, rule.id) || holds(selection.skip, rule.category)) continue;
    RuleSetting setting{
        .rule = &rule, .level = level_of(config, rule, selection.preset.value_or(config.preset.value)).value, .options = {}};
    if (named && !setting.level) setting.level = rule.severity;
    if (!is_on_somewhere(settings, setting)) continue;
    setting.options = options_of(config, rule);
    settings.rules.push_back(std::move(setting));
  }
  return settings;
}

bool is_ignored(const Config& config, const std::string& root, std::string_view path) {
  const std::string absolute = workspace::join(root, path);
  return std::any_of(config.ignore.begin(), config.ignore.end(), [&](const Setting<Located>& glob) {
    return workspace::matches(glob.value.text, workspace::relative_path(absolute, glob.value.folder));
  });
}

}  // namespace drizzle_audit::config
