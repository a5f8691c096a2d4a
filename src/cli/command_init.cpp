// `drizzle-audit init`: a commented config for the project at hand.
#include <algorithm>
#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "audit/audit.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/project.h"
#include "config/load.h"
#include "config/resolve.h"
#include "drizzle_audit/rule.h"
#include "workspace/disk_file_system.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

constexpr const char* kSchemaInPackages = "node_modules/drizzle-audit/schema.json";

/// For a comment: one line, whatever a name holds.
std::string json_text(std::string_view text) { return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); }

std::string plural(std::size_t count, const std::string& noun) { return std::to_string(count) + " " + noun + (count == 1 ? "" : "s"); }

std::string what_was_found(const std::vector<const Model*>& models) {
  std::string text;
  for (const Model* model : models) {
    text += "// " + (model->config_path.empty() ? std::string("Files that define tables") : json_text(model->config_path)) + ": " +
            std::string(to_string(model->dialect)) + ", " + plural(model->tables.size(), "table") + " in " +
            plural(model->files.size(), "file") + "\n";
  }
  return text;
}

std::string schema_key(const std::string& root) {
  const workspace::DiskFileSystem files;
  if (files.kind(workspace::join(root, kSchemaInPackages))) return std::string("  \"$schema\": \"./") + kSchemaInPackages + "\",\n\n";
  return "  // For completion in editors, after: drizzle-audit config schema -o drizzle-audit.schema.json\n"
         "  // \"$schema\": \"./drizzle-audit.schema.json\",\n\n";
}

std::string preset_key() {
  std::string text = "  // Which rules are on. Each preset holds those before it:";
  for (const Preset preset : {Preset::kRecommended, Preset::kStrict, Preset::kAll}) {
    const auto rules = all_rules();
    const auto count =
        std::count_if(rules.begin(), rules.end(), [&](const RegisteredRule& registered) { return registered.rule->preset <= preset; });
    text += (preset == Preset::kRecommended ? " " : ", ") + std::string(config::to_string(preset)) + " (" + std::to_string(count) + ")";
  }
  return text + ".\n  \"preset\": \"recommended\",\n\n";
}

/// Rules that find something today, then those with options.
std::string rules_key(const audit::AuditResult& result) {
  std::map<std::string_view, std::size_t> counts;
  for (const Finding& finding : result.findings) ++counts[finding.rule];
  std::string text =
      "  // Per rule \"error\", \"warning\", \"info\" or \"off\"; with options { \"severity\": \"warning\", \"options\": { … } }.\n"
      "  // drizzle-audit rules lists them, drizzle-audit explain RULE describes one. Listed here: what finds something now, and what has "
      "options.\n"
      "  \"rules\": {\n";
  for (const RegisteredRule& registered : all_rules()) {
    const Rule& rule = *registered.rule;
    const auto count = counts.find(rule.id);
    if (count == counts.end() && rule.options.empty()) continue;
    const bool is_on = rule.preset == Preset::kRecommended;
    text += "    // " + std::string(rule.summary) + " " + (count == counts.end() ? "Nothing" : plural(count->second, "finding")) + " now" +
            (is_on ? "" : ", off in recommended") + ".\n";
    const std::string level = json_text(is_on ? to_string(rule.severity) : "off");
    if (rule.options.empty()) {
      text += "    // " + json_text(rule.id) + ": " + level + ",\n";
      continue;
    }
    text += "    // " + json_text(rule.id) + ": { \"severity\": " + level + ", \"options\": {\n";
    for (const OptionSpec& option : rule.options) {
      text += "    //   " + json_text(option.name) + ": " + std::string(option.default_json) + ", // " + std::string(option.help) + "\n";
    }
    text += "    // } },\n";
  }
  return text + "  },\n\n";
}

std::string overrides_key(const std::vector<const Model*>& models) {
  std::string table = "audit_log";
  for (const Model* model : models) {
    for (const Table& one : model->tables) {
      if (one.name.known()) table = std::string(one.name.value());
    }
  }
  return "  // Other severities for some files, tables or schemas: globs. The last entry that matches wins.\n"
         "  \"overrides\": [\n"
         "    // { \"tables\": [" +
         json_text(table) + "], \"rules\": { " + json_text(all_rules().front().rule->id) +
         ": \"off\" } },\n"
         "    // { \"files\": [\"src/legacy/**\"], \"schemas\": [\"public\"], \"rules\": { … } },\n"
         "  ],\n\n";
}

std::string tenant_key(const std::vector<TenantModel>& tenants) {
  std::string text =
      "  // Whose data a row is: the table of the customers and the columns that say so; false when there is no such thing.\n";
  const auto found = std::find_if(tenants.begin(), tenants.end(),
                                  [](const TenantModel& tenant) { return tenant.root != nullptr && tenant.root->name.known(); });
  if (found == tenants.end()) {
    return text + "  // None was found.\n  // \"tenant\": { \"table\": \"organizations\", \"columns\": [\"organization_id\"] },\n\n";
  }
  std::vector<std::string> columns;
  for (const Column* column : found->columns) {
    if (!column->name.known()) continue;
    std::string name(column->name.value());
    if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(std::move(name));
  }
  std::string list;
  for (const std::string& column : columns) list += (list.empty() ? "" : ", ") + json_text(column);
  text += "  // Found: the line below says the same.\n";
  return text + "  // \"tenant\": { \"table\": " + json_text(found->root->name.value()) + ", \"columns\": [" + list + "] },\n\n";
}

std::string config_text(const LoadedProject& project, const audit::AuditResult& result) {
  const std::vector<const Model*> models = project.models();
  return "// What drizzle-audit checks here. Every key may be left out. drizzle-audit config print shows what holds and where it is "
         "set.\n//\n" +
         what_was_found(models) + "{\n" + schema_key(project.root) + preset_key() + rules_key(result) + overrides_key(models) +
         tenant_key(project.tenants) +
         "  // Hand-written types are held against the tables they stand for; drizzle-audit types shows which. false: not at all.\n"
         "  // \"domainTypes\": { \"files\": [\"src/**/types.ts\"], \"tables\": { \"OrderDTO\": \"orders\" } },\n\n"
         "  // Whether the database shall have foreign keys: \"required\", \"none\", or \"auto\", which leaves it to the driver.\n"
         "  \"foreignKeys\": \"auto\",\n\n"
         "  // Files whose findings are dropped; they are read all the same.\n"
         "  // \"ignore\": [\"src/generated/**\"],\n\n"
         "  // The least severity that makes a run fail: \"error\", \"warning\", \"info\" or \"never\".\n"
         "  \"failOn\": \"error\"\n"
         "}\n";
}

/// What stands in the way of writing `path`, in the same folder.
std::optional<Error> obstacle(const std::string& root, const std::string& path, bool force) {
  const std::optional<config::FoundConfig> found = config::find_config(workspace::DiskFileSystem(), root);
  if (!found || workspace::dirname(found->path) != root) return std::nullopt;
  const std::string relative = workspace::relative_path(found->path, root);
  if (found->path != path) return Error{.message = relative + " holds a config already", .help = "remove it first: it would win"};
  if (force) return std::nullopt;
  return Error{.message = relative + " is there already", .help = "--force writes it anew, --stdout only prints"};
}

/// A config further up that held here until now.
std::string hidden_config(const std::string& root) {
  const std::optional<config::FoundConfig> found = config::find_config(workspace::DiskFileSystem(), root);
  return found && workspace::dirname(found->path) != root ? workspace::relative_path(found->path, root) : std::string();
}

}  // namespace

int init(const InitOptions& options) {
  const std::variant<std::string, Error> root = find_root(workspace::DiskFileSystem(), options.project);
  if (const Error* error = std::get_if<Error>(&root)) {
    print_error(*error);
    return kExitFailure;
  }
  const std::string path = workspace::join(std::get<std::string>(root), "drizzle-audit.jsonc");
  if (!options.to_stdout) {
    if (const std::optional<Error> error = obstacle(std::get<std::string>(root), path, options.force)) {
      print_error(*error);
      return kExitFailure;
    }
  }
  std::optional<LoadedProject> loaded = load_tables(options.project);
  if (!loaded) return kExitFailure;
  LoadedProject& project = *loaded;
  prepare_audit(project, options.project, {}, Purpose::kAuditWithTypes);
  const config::Settings settings = config::resolve({}, project.root, all_rules(), {.preset = Preset::kAll, .only = {}, .skip = {}});
  const std::string text = config_text(project, audit::run(project.rule_inputs(), settings));
  if (options.to_stdout) return write_report(text, "", kExitClean);
  const std::string hidden = hidden_config(project.root);
  const int status = write_report(text, path, kExitClean);
  if (status != kExitClean) return status;
  print_hint("wrote " + workspace::relative_path(path, project.root));
  if (!hidden.empty()) print_hint(hidden + " no longer counts here; \"extends\": \"" + hidden + "\" builds on it");
  return status;
}

}  // namespace drizzle_audit::cli
