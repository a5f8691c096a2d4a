// `drizzle-audit relations`: relations of every foreign key, as source.
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/config.h"
#include "cli/fixing.h"
#include "cli/output.h"
#include "cli/project.h"
#include "fix/complete_relations.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

/// One file as it is; several each under a line with its path.
std::string document_of(const fix::CompleteRelations& relations) {
  if (relations.texts.size() == 1) return relations.texts.begin()->second;
  std::string text;
  for (const auto& [path, source] : relations.texts) text += (text.empty() ? "" : "\n") + ("// " + path + "\n\n") + source;
  return text;
}

}  // namespace

int relations(const RelationsOptions& options) {
  std::variant<LoadedProject, Error> loaded = load_project(options.project, Purpose::kSchema);
  if (const Error* error = std::get_if<Error>(&loaded)) {
    print_error(*error);
    return kExitFailure;
  }
  LoadedProject& project = std::get<LoadedProject>(loaded);
  const std::optional<config::Config> config = read_config(*project.files, project.root, options.config);
  if (!config) return kExitFailure;
  if (project.is_empty()) {
    print_error(nothing_found(project, options.project));
    return kExitFailure;
  }
  std::vector<const Model*> models;
  for (const Model* model : project.models()) {
    if (!model->tables.empty()) models.push_back(model);
  }
  if (models.size() > 1) {
    Error error{.message = "the project has " + std::to_string(models.size()) + " schemas"};
    error.help = "name one: --drizzle-config FILE";
    print_error(error);
    return kExitFailure;
  }
  const Model& model = *models.front();
  print_problems(model);
  fix::CompleteRelations done = fix::complete_relations(model, *project.project.sources, surroundings_of(project, *config));
  if (!done.error.empty()) {
    print_error({.message = done.error});
    return kExitFailure;
  }
  for (const std::string& clause : done.left_out) print_hint("left out: " + clause);
  if (!options.write) return write_report(document_of(done), options.output.file, kExitClean);
  std::vector<FixedFile> files;
  std::string paths;
  for (auto& [path, text] : done.changed) {
    FixedFile file{.path = path, .before = {}, .after = std::move(text), .created = path == done.created};
    const Sources& sources = *project.project.sources;
    for (FileId id = 0; id < sources.size() && !file.created; ++id) {
      if (sources.path(id) == path) file.before = sources.text(id);
    }
    paths += (paths.empty() ? "" : ", ") + path;
    files.push_back(std::move(file));
  }
  if (const std::optional<Error> error = write_sources(project.root, files)) {
    print_error(*error);
    return kExitFailure;
  }
  print_hint(files.empty() ? "the relations are complete" : "wrote " + paths);
  return kExitClean;
}

}  // namespace drizzle_audit::cli
