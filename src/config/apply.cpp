#include "config/apply.h"

#include <array>
#include <utility>

namespace drizzle_audit::config {
namespace {

constexpr std::array<std::pair<std::string_view, Preset>, 3> kPresets = {
    {{"recommended", Preset::kRecommended}, {"strict", Preset::kStrict}, {"all", Preset::kAll}}};
constexpr std::array<std::pair<std::string_view, ForeignKeyPolicy>, 3> kPolicies = {
    {{"auto", ForeignKeyPolicy::kAutomatic}, {"required", ForeignKeyPolicy::kRequired}, {"none", ForeignKeyPolicy::kNone}}};

/// "off" and "never" are no severities.
std::optional<Severity> severity_named(std::string_view name) {
  for (const Severity severity : {Severity::kInfo, Severity::kWarning, Severity::kError}) {
    if (name == drizzle_audit::to_string(severity)) return severity;
  }
  return std::nullopt;
}

Setting<Level> level_of(const Node& node) { return {severity_named(node.text), node.span}; }

std::vector<std::string> texts_of(const Node* node) {
  if (node == nullptr) return {};
  if (node->kind == NodeKind::kString) return {node->text};
  std::vector<std::string> texts;
  for (const Node& item : node->items) texts.push_back(item.text);
  return texts;
}

OptionValue option_of(const Node& node) {
  if (node.kind == NodeKind::kBoolean) return node.boolean;
  if (node.kind == NodeKind::kInteger) return node.integer;
  if (node.kind == NodeKind::kList) return texts_of(&node);
  return node.text;
}

void apply_rules(const Node& rules, Config& config) {
  for (const Member& member : rules.members) {
    RuleConfig& rule = config.rules[member.key];
    if (member.value.kind == NodeKind::kString) rule.level = level_of(member.value);
    if (const Node* severity = member.value.find("severity")) rule.level = level_of(*severity);
    if (const Node* options = member.value.find("options")) {
      for (const Member& option : options->members) rule.options[option.key] = {option_of(option.value), option.value.span};
    }
  }
}

Override override_of(const Node& node, const std::string& folder) {
  Override part;
  part.span = node.span;
  part.folder = folder;
  part.files = texts_of(node.find("files"));
  part.tables = texts_of(node.find("tables"));
  part.schemas = texts_of(node.find("schemas"));
  for (const Member& member : node.find("rules")->members) part.levels[member.key] = level_of(member.value);
  return part;
}

tenant::TenantSetting tenant_of(const Node& node) {
  tenant::TenantSetting tenant;
  tenant.none = node.kind == NodeKind::kBoolean;
  if (const Node* table = node.find("table")) tenant.table = table->text;
  tenant.columns = texts_of(node.find("columns"));
  return tenant;
}

types::DomainTypeSetting domain_types_of(const Node& node, const std::string& folder) {
  types::DomainTypeSetting setting;
  setting.none = node.kind == NodeKind::kBoolean;
  for (std::string& glob : texts_of(node.find("files"))) setting.files.push_back({folder, std::move(glob)});
  if (const Node* tables = node.find("tables")) {
    for (const Member& member : tables->members) setting.tables[member.key] = member.value.text;
  }
  return setting;
}

}  // namespace

void apply(const Node& document, const std::string& folder, Config& config) {
  if (const Node* node = document.find("preset")) config.preset = {*preset_named(node->text), node->span};
  if (const Node* node = document.find("rules")) apply_rules(*node, config);
  if (const Node* node = document.find("overrides")) {
    for (const Node& item : node->items) config.overrides.push_back(override_of(item, folder));
  }
  if (const Node* node = document.find("tenant")) config.tenant = Setting<tenant::TenantSetting>{tenant_of(*node), node->span};
  if (const Node* node = document.find("domainTypes"))
    config.domain_types = Setting<types::DomainTypeSetting>{domain_types_of(*node, folder), node->span};
  if (const Node* node = document.find("foreignKeys")) {
    for (const auto& [name, policy] : kPolicies) {
      if (name == node->text) config.foreign_keys = {policy, node->span};
    }
  }
  if (const Node* node = document.find("failOn")) config.fail_on = {severity_named(node->text), node->span};
  if (const Node* node = document.find("ignore")) {
    for (std::string& glob : texts_of(node)) config.ignore.push_back({{folder, std::move(glob)}, node->span});
  }
  if (const Node* node = document.find("baseline")) config.baseline = Setting<Located>{{folder, node->text}, node->span};
}

std::string file_list(const Config& config) {
  std::string text;
  for (const FileId file : config.files) text += (text.empty() ? "" : ", ") + std::string(config.sources->path(file));
  return text;
}

std::string_view to_string(Preset preset) {
  for (const auto& [name, value] : kPresets) {
    if (value == preset) return name;
  }
  return {};
}

std::optional<Preset> preset_named(std::string_view name) {
  for (const auto& [known, value] : kPresets) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string_view to_string(ForeignKeyPolicy policy) {
  for (const auto& [name, value] : kPolicies) {
    if (value == policy) return name;
  }
  return {};
}

std::string_view to_string(const Level& level) { return level ? drizzle_audit::to_string(*level) : "off"; }

}  // namespace drizzle_audit::config
