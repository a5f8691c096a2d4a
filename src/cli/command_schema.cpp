// `drizzle-audit schema`: the model as understood, and what could not be understood.
#include <array>
#include <utility>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/project.h"
#include "report/html.h"
#include "report/schema_dbml.h"
#include "report/schema_dot.h"
#include "report/schema_json.h"
#include "report/schema_mermaid.h"
#include "report/schema_sql.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

using Writer = std::string (*)(const Model&);

constexpr std::array<std::pair<std::string_view, Writer>, 4> kWriters = {
    {{"sql", report::schema_sql}, {"mermaid", report::schema_mermaid}, {"dot", report::schema_dot}, {"dbml", report::schema_dbml}}};

/// One document holds one schema in every format but JSON and HTML.
Error several_schemas(const std::vector<const Model*>& models, const std::string& format) {
  Error error;
  error.message = "the project has " + std::to_string(models.size()) + " schemas, and " + format + " output holds one";
  error.help = "choose one with --drizzle-config:";
  for (const Model* model : models) {
    if (!model->config_path.empty()) error.help += " " + std::string(model->config_path);
  }
  return error;
}

}  // namespace

int schema(const SchemaOptions& options) {
  const std::variant<LoadedProject, Error> loaded = load_project(options.project, Purpose::kSchema);
  if (const Error* error = std::get_if<Error>(&loaded)) {
    print_error(*error);
    return kExitFailure;
  }
  const LoadedProject& project = std::get<LoadedProject>(loaded);
  if (project.is_empty()) {
    print_error(nothing_found(project, options.project));
    return kExitFailure;
  }
  const std::vector<const Model*> models = project.models();
  for (const Model* model : models) print_problems(*model);
  const std::string& format = options.output.format;
  if (format.empty() || format == "json") return write_report(report::schema_json(models), options.output.file, kExitClean);
  if (format == "html") {
    const std::string project_name(workspace::basename(project.root));
    return write_report(report::schema_html(models, project_name), options.output.file, kExitClean);
  }
  if (models.size() > 1) {
    print_error(several_schemas(models, format));
    return kExitFailure;
  }
  for (const auto& [name, write] : kWriters) {
    if (name == format) return write_report(write(*models.front()), options.output.file, kExitClean);
  }
  return kExitFailure;  // the flag's validator lets nothing else through
}

}  // namespace drizzle_audit::cli
