// `drizzle-audit doctor`: everything a report about a wrong result should hold, in one text without a line of the project's source.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "audit/audit.h"
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/output.h"
#include "cli/project.h"
#include "config/resolve.h"
#include "drizzle_audit/rule.h"
#include "drizzle_audit/version.h"
#include "platform/platform.h"
#include "report/pretty.h"
#include "report/terminal_text.h"

namespace drizzle_audit::cli {
namespace {

using Clock = std::chrono::steady_clock;

std::string milliseconds(Clock::duration duration) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f ms", std::chrono::duration<double, std::milli>(duration).count());
  return text;
}

std::string compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "GCC " __VERSION__;
#endif
}

std::string describe(const Model& model, const TenantModel& tenants, const Queries& queries, const DomainTypes& types) {
  std::string text = "schema\n";
  const auto line = [&](std::string_view key, std::string_view value) {
    text += "  " + std::string(key) + ": " + report::printable(value) + "\n";
  };
  line("config", model.config_path.empty() ? "none" : model.config_path);
  line("dialect", to_string(model.dialect));
  line("drizzle-orm",
       (model.orm_version.empty() ? "version unknown" : std::string(model.orm_version)) + (model.orm_v1 ? " (1.0 rules)" : " (0.x rules)"));
  line("files", std::to_string(model.files.size()));
  for (const std::string_view file : model.files) text += "    " + report::printable(file) + "\n";
  line("found", std::to_string(model.tables.size()) + " tables, " + std::to_string(model.hidden_tables.size()) + " hidden tables, " +
                    std::to_string(model.enums.size()) + " enums, " + std::to_string(model.views.size()) + " views, " +
                    std::to_string(model.relations.size()) + " relations");
  line("code", "files that import it: " + std::to_string(queries.files) + ", parsed in part for queries: " +
                   std::to_string(queries.parsed_files.size()) + ", for types: " + std::to_string(types.parsed_files.size()));
  line("problems", std::to_string(model.problems.size()));
  line("tenants", tenants.root == nullptr ? std::string("none") + (tenants.configured ? " (configured)" : "")
                                          : display_name(*tenants.root) + " (" + (tenants.configured ? "configured" : "inferred") + "), " +
                                                std::to_string(tenants.columns.size()) + " tables belong to one");
  for (const std::string& reason : tenants.reasons) text += "    " + report::printable(reason) + "\n";
  return text;
}

std::string describe_unknowns(const audit::AuditResult& result) {
  std::string text = "not read: " + std::to_string(result.unknowns.size()) + "\n";
  for (const Unknown& unknown : result.unknowns) {
    text += "  ";
    if (unknown.span.somewhere()) {
      const Location location = result.sources->location(unknown.span);
      text += report::printable(location.path) + ":" + std::to_string(location.line) + ":" + std::to_string(location.column) + ": ";
    }
    text += report::printable(unknown.reason) + "\n";
  }
  return text;
}

nlohmann::ordered_json tenants_json(const TenantModel& tenants) {
  nlohmann::ordered_json columns = nlohmann::ordered_json::array();
  for (const Column* column : tenants.columns) {
    columns.push_back(display_name(*column->table) + "." + column_name(*column));
  }
  nlohmann::ordered_json table;  // null without tenants
  if (tenants.root != nullptr) table = display_name(*tenants.root);
  return {{"table", table}, {"columns", columns}, {"configured", tenants.configured}, {"reasons", tenants.reasons}};
}

struct Times {
  Clock::duration reading;  ///< the schema
  Clock::duration code;     ///< the code that uses it and the types that stand for its rows, as far as that was not done meanwhile
  Clock::duration rules;
};

/// For programs: what was looked at, and how long it took. Keys may be added, never changed.
std::string as_json(const LoadedProject& project, const std::vector<const Model*>& models, const audit::AuditResult& result,
                    const Times& times) {
  const auto number = [](Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); };
  nlohmann::ordered_json files = nlohmann::ordered_json::array();
  nlohmann::ordered_json schemas = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < models.size(); ++i) {
    const Model* model = models[i];
    for (const std::string_view file : model->parsed_files) files.push_back(file);
    schemas.push_back({{"config", model->config_path},
                       {"dialect", to_string(model->dialect)},
                       {"drizzleOrm", model->orm_version},
                       {"tables", model->tables.size()},
                       {"problems", model->problems.size()},
                       {"parsedForQueries", project.queries[i].parsed_files},
                       {"parsedForTypes", project.types[i].parsed_files},
                       {"tenants", tenants_json(project.tenants[i])}});
  }
  const nlohmann::ordered_json json = {
      {"formatVersion", 1},
      {"tool", {{"name", "drizzle-audit"}, {"version", kVersion}}},
      {"root", platform::to_native(project.root)},
      {"schemas", schemas},
      {"files", files},
      {"unknowns", result.unknowns.size()},
      {"milliseconds", {{"reading", number(times.reading)}, {"code", number(times.code)}, {"rules", number(times.rules)}}}};
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

int doctor(const DoctorOptions& options) {
  std::string text = "drizzle-audit " + std::string(kVersion) + " (" + compiler() + ")\n";
  const Clock::time_point start = Clock::now();
  std::variant<LoadedProject, Error> loaded = load_project(options.project, Purpose::kAuditWithTypes);
  const Clock::time_point read = Clock::now();
  if (const Error* error = std::get_if<Error>(&loaded)) {
    const int status = write_report(text, options.output.file, kExitFailure);
    print_error(*error);
    return status;
  }
  LoadedProject& project = std::get<LoadedProject>(loaded);
  const std::optional<config::Config> config = read_config(*project.files, project.root, options.config);
  if (!config) return write_report(text, options.output.file, kExitFailure);
  const config::Settings settings = config::resolve(*config, project.root, all_rules(), {});
  prepare_audit(project, options.project, *config, purpose_of(settings));
  const std::vector<const Model*> models = project.models();
  const Clock::time_point prepared = Clock::now();
  const audit::AuditResult result = audit::run(project.rule_inputs(), settings, nullptr, options.project.threads);
  const Times times{.reading = read - start, .code = prepared - read, .rules = Clock::now() - prepared};

  if (options.output.format == "json") {
    return write_report(as_json(project, models, result, times), options.output.file, kExitClean);
  }
  text += "root: " + report::printable(platform::to_native(project.root)) + "\n";
  text += "config: " + (config->files.empty() ? "none" : report::printable(config::file_list(*config))) + "\n";
  for (std::size_t i = 0; i < models.size(); ++i) {
    text += describe(*models[i], project.tenants[i], project.queries[i], project.types[i]);
  }
  text += "looked at: " + report::coverage_text(result.coverage) + "\n";
  text += "findings: " + std::to_string(result.summary.errors) + " errors, " + std::to_string(result.summary.warnings) + " warnings, " +
          std::to_string(result.summary.infos) + " infos from " + std::to_string(settings.rules.size()) + " rules\n";
  text += describe_unknowns(result);
  text += "time: schema " + milliseconds(times.reading) + ", code and types " + milliseconds(times.code) + ", rules " +
          milliseconds(times.rules) + "\n";
  return write_report(text, options.output.file, kExitClean);
}

}  // namespace drizzle_audit::cli
