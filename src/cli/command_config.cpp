// `drizzle-audit config print|path|verify|schema`: what the config is, whether it holds water, and what may stand in it.
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/commands.h"
#include "cli/config.h"
#include "cli/output.h"
#include "cli/project.h"
#include "config/options.h"
#include "config/resolve.h"
#include "config/schema.h"
#include "drizzle_audit/rule.h"
#include "platform/platform.h"
#include "report/terminal_text.h"
#include "workspace/disk_file_system.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

using Json = nlohmann::ordered_json;

/// One value of the effective config. `from`: a place, or what decides when the config says nothing.
struct Row {
  std::string key;
  Json value;
  Json from;
};

class Rows {
 public:
  explicit Rows(const config::Config& config) : config_(config) {}

  void add(std::string key, Json value, Span span, const std::string& otherwise = "default") {
    rows_.push_back({std::move(key), std::move(value), span.somewhere() ? place(span) : Json(otherwise)});
  }

  void add_rule(const Rule& rule) {
    const std::string key = "rules." + std::string(rule.id);
    const config::Setting<config::Level> level = config::level_of(config_, rule, config_.preset.value);
    add(key + ".severity", config::to_string(level.value), level.span, level.value ? std::string("default") : "not in " + preset_name());
    const auto own = config_.rules.find(rule.id);
    for (const auto& [name, value] : config::default_options(rule)) {
      const config::Setting<OptionValue>* set = nullptr;
      if (own != config_.rules.end()) {
        const auto option = own->second.options.find(name);
        if (option != own->second.options.end()) set = &option->second;
      }
      add(key + ".options." + name, as_json(set == nullptr ? value : set->value), set == nullptr ? Span() : set->span);
    }
  }

  void add_override(std::size_t number, const config::Override& part) {
    const std::string key = "overrides[" + std::to_string(number) + "]";
    if (!part.files.empty()) add(key + ".files", part.files, part.span);
    if (!part.tables.empty()) add(key + ".tables", part.tables, part.span);
    if (!part.schemas.empty()) add(key + ".schemas", part.schemas, part.span);
    for (const auto& [rule, level] : part.levels) add(key + ".rules." + rule, config::to_string(level.value), level.span);
  }

  [[nodiscard]] const std::vector<Row>& all() const { return rows_; }

 private:
  [[nodiscard]] Json place(Span span) const {
    const Location at = config_.sources->location(span);
    return {{"path", at.path}, {"line", at.line}, {"column", at.column}};
  }

  [[nodiscard]] std::string preset_name() const { return "preset " + std::string(config::to_string(config_.preset.value)); }

  static Json as_json(const OptionValue& value) {
    return std::visit([](const auto& one) { return Json(one); }, value);
  }

  const config::Config& config_;
  std::vector<Row> rows_;
};

std::vector<Row> rows_of(const config::Config& config) {
  Rows rows(config);
  rows.add("preset", config::to_string(config.preset.value), config.preset.span);
  Json tenant = nullptr;
  if (config.tenant && config.tenant->value.none) {
    tenant = false;
  } else if (config.tenant) {
    tenant = Json::object();
    if (config.tenant->value.table) tenant["table"] = *config.tenant->value.table;
    if (!config.tenant->value.columns.empty()) tenant["columns"] = config.tenant->value.columns;
  }
  rows.add("tenant", tenant, config.tenant ? config.tenant->span : Span(), "inferred from the schema");
  Json domain_types = nullptr;
  if (config.domain_types && config.domain_types->value.none) {
    domain_types = false;
  } else if (config.domain_types) {
    domain_types = Json::object();
    for (const types::FileGlob& glob : config.domain_types->value.files) domain_types["files"].push_back(glob.glob);
    for (const auto& [type, table] : config.domain_types->value.tables)
      domain_types["tables"][type] = table.empty() ? Json(false) : Json(table);
  }
  rows.add("domainTypes", domain_types, config.domain_types ? config.domain_types->span : Span(), "found by themselves");
  rows.add("foreignKeys", config::to_string(config.foreign_keys.value), config.foreign_keys.span);
  rows.add("failOn", config.fail_on.value ? to_string(*config.fail_on.value) : "never", config.fail_on.span);
  for (std::size_t i = 0; i < config.ignore.size(); ++i) {
    rows.add("ignore[" + std::to_string(i) + "]", config.ignore[i].value.text, config.ignore[i].span);
  }
  if (config.baseline) rows.add("baseline", config.baseline->value.text, config.baseline->span);
  for (const RegisteredRule& registered : all_rules()) rows.add_rule(*registered.rule);
  for (std::size_t i = 0; i < config.overrides.size(); ++i) rows.add_override(i, config.overrides[i]);
  return rows.all();
}

std::string dump(const Json& json, int indent = -1) { return json.dump(indent, ' ', false, Json::error_handler_t::replace); }

std::string as_text(const config::Config& config) {
  std::string text = "# config: " + (config.files.empty() ? "none, all defaults" : report::printable(config::file_list(config))) + "\n";
  for (const Row& row : rows_of(config)) {
    std::string from = row.from.is_string() ? row.from.get<std::string>() : "";
    if (from.empty()) {
      from = row.from["path"].get<std::string>() + ":" + dump(row.from["line"]) + ":" + dump(row.from["column"]);
    }
    text += report::printable(row.key + " = " + dump(row.value) + "  # " + from) + "\n";
  }
  return text;
}

std::string as_document(const config::Config& config) {
  Json files = Json::array();
  for (const FileId file : config.files) files.push_back(config.sources->path(file));
  Json values = Json::array();
  for (const Row& row : rows_of(config)) values.push_back({{"key", row.key}, {"value", row.value}, {"from", row.from}});
  return dump({{"formatVersion", 1}, {"files", files}, {"values", values}}, 2) + "\n";
}

int print_path(const std::string& root, const ConfigCommandOptions& options) {
  const std::string path = config_path(workspace::DiskFileSystem(), root, options.config);
  if (path.empty()) {
    print_hint("there is no config: the defaults hold; drizzle-audit init writes one");
    return kExitClean;
  }
  return write_report(platform::to_native(path) + "\n", options.output.file, kExitClean);
}

}  // namespace

int config(const ConfigCommandOptions& options) {
  if (options.action == "schema") return write_report(dump(config::json_schema(all_rules()), 2) + "\n", options.output.file, kExitClean);
  const std::variant<std::string, Error> root = find_root(workspace::DiskFileSystem(), options.project);
  if (const Error* error = std::get_if<Error>(&root)) {
    print_error(*error);
    return kExitFailure;
  }
  if (options.action == "path") return print_path(std::get<std::string>(root), options);
  const std::optional<config::Config> config = read_config(workspace::DiskFileSystem(), std::get<std::string>(root), options.config);
  if (!config) return kExitFailure;
  if (options.action == "print") {
    return write_report(options.output.format == "json" ? as_document(*config) : as_text(*config), options.output.file, kExitClean);
  }
  const std::string verdict = config->files.empty() ? "there is no config: the defaults hold" : "valid: " + config::file_list(*config);
  return write_report(report::printable(verdict) + "\n", options.output.file, kExitClean);
}

}  // namespace drizzle_audit::cli
