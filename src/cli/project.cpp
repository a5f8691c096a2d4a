#include "cli/project.h"

#include <algorithm>
#include <utility>

#include "platform/platform.h"
#include "project/migrations.h"
#include "queries/read_queries.h"
#include "tenant/infer.h"
#include "types/read_domain_types.h"
#include "types/type_scan.h"
#include "workspace/disk_file_system.h"
#include "workspace/paths.h"
#include "workspace/root.h"

namespace drizzle_audit::cli {
namespace {

/// The folder that holds all of `paths`, or the path itself when there is only one.
std::string common_ancestor(const std::vector<std::string>& paths) {
  std::string ancestor = paths.front();
  for (const std::string& path : paths) {
    while (!workspace::is_within(path, ancestor)) ancestor = workspace::dirname(ancestor);
  }
  return ancestor;
}

std::optional<Error> check_paths(const workspace::FileSystem& files, const ProjectOptions& options, const std::vector<std::string>& paths) {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (options.paths[i].empty()) return Error{.message = "a path among the arguments is empty"};
    if (!files.kind(paths[i])) return Error{.message = "there is no file or folder " + options.paths[i]};
  }
  if (!options.root.empty() && files.kind(absolute_path(options.root)) != workspace::EntryKind::kFolder) {
    return Error{.message = "--root: there is no folder " + options.root};
  }
  if (!options.drizzle_config.empty() && files.kind(absolute_path(options.drizzle_config)) != workspace::EntryKind::kFile) {
    return Error{.message = "--drizzle-config: there is no file " + options.drizzle_config};
  }
  return std::nullopt;
}

std::string root_of(const workspace::FileSystem& files, const ProjectOptions& options, const std::vector<std::string>& paths) {
  if (!options.root.empty()) return files.real_path(absolute_path(options.root));
  if (!options.drizzle_config.empty() && paths.empty()) return workspace::find_project_root(files, absolute_path(options.drizzle_config));
  return workspace::find_project_root(files, paths.empty() ? absolute_path(".") : common_ancestor(paths));
}

std::optional<Error> unreadable_file(const schema::Project& project) {
  for (const schema::OwnedModel& owned : project.models) {
    for (const Problem& problem : owned.model.problems) {
      if (problem.kind != ProblemKind::kUnreadableFile) continue;
      Error error{.message = std::string(problem.message), .help = std::string(problem.help)};
      if (problem.span.somewhere()) error.path = project.sources->path(problem.span.file);
      return error;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<const Model*> LoadedProject::models() const {
  std::vector<const Model*> models;
  for (const schema::OwnedModel& owned : project.models) models.push_back(&owned.model);
  return models;
}

std::vector<RuleInput> LoadedProject::rule_inputs() const {
  std::vector<RuleInput> inputs;
  for (std::size_t i = 0; i < project.models.size(); ++i) {
    const Model& model = project.models[i].model;
    inputs.push_back({.model = &model, .tenants = &tenants[i], .queries = &queries[i], .types = &types[i], .foreign_keys = foreign_keys});
    if (!model.out_folder.empty()) {
      inputs.back().migrated_keys = project::migrated_keys_of(*files, workspace::join(root, model.out_folder), root);
    }
  }
  return inputs;
}

bool LoadedProject::wants(std::string_view path) const {
  return wanted.empty() ||
         std::any_of(wanted.begin(), wanted.end(), [&](const std::string& folder) { return workspace::is_within(path, folder); });
}

bool LoadedProject::is_empty() const {
  return std::all_of(project.models.begin(), project.models.end(),
                     [](const schema::OwnedModel& owned) { return owned.model.tables.empty(); });
}

std::variant<std::string, Error> find_root(const workspace::FileSystem& files, const ProjectOptions& options) {
  std::vector<std::string> paths;
  for (const std::string& path : options.paths) paths.push_back(absolute_path(path));
  if (std::optional<Error> error = check_paths(files, options, paths)) return std::move(*error);
  for (std::string& path : paths) path = files.real_path(path);
  return root_of(files, options, paths);
}

std::variant<LoadedProject, Error> load_project(const ProjectOptions& options, Purpose purpose,
                                                std::unique_ptr<workspace::FileSystem> given) {
  LoadedProject loaded;
  loaded.files = given ? std::move(given) : std::make_unique<workspace::DiskFileSystem>();
  const workspace::FileSystem& files = *loaded.files;
  std::vector<std::string> paths;
  for (const std::string& path : options.paths) paths.push_back(absolute_path(path));
  if (std::optional<Error> error = check_paths(files, options, paths)) return std::move(*error);
  for (std::string& path : paths) path = files.real_path(path);

  loaded.root = root_of(files, options, paths);
  for (const std::string& path : paths) {
    const std::string relative = workspace::relative_path(path, loaded.root);
    if (relative == ".") {
      loaded.wanted.clear();
      break;
    }
    loaded.wanted.push_back(relative);
  }
  if (purpose >= Purpose::kAuditWithCode && platform::thread_count(options.threads, 8U) > 1) {
    loaded.code = std::make_unique<queries::CodeSearch>(files, loaded.root);
    loaded.code->start(purpose == Purpose::kAuditWithTypes ? types::excerpt : queries::Excerpt());
  }
  schema::ReadOptions read;
  read.root = loaded.root;
  read.drizzle_config = options.drizzle_config.empty() ? std::string() : absolute_path(options.drizzle_config);
  read.schema_globs = options.schema_globs;
  read.dialect = options.dialect;
  read.threads = options.threads;
  read.keep_trees = purpose != Purpose::kSchema;
  std::variant<schema::Project, schema::ReadError> result = schema::read_project(files, read);
  if (auto* error = std::get_if<schema::ReadError>(&result)) {
    return Error{.message = std::move(error->message),
                 .help = std::move(error->help),
                 .path = std::move(error->path),
                 .line = error->line,
                 .column = error->column};
  }
  loaded.project = std::move(std::get<schema::Project>(result));
  if (std::optional<Error> error = unreadable_file(loaded.project)) return std::move(*error);
  if (options.hints) {
    for (const std::string& hint : loaded.project.hints) print_hint(hint);
  }
  return loaded;
}

std::optional<LoadedProject> load_tables(const ProjectOptions& options) {
  std::variant<LoadedProject, Error> loaded = load_project(options, Purpose::kAuditWithTypes);
  if (const Error* error = std::get_if<Error>(&loaded)) {
    print_error(*error);
    return std::nullopt;
  }
  LoadedProject& project = std::get<LoadedProject>(loaded);
  if (project.is_empty()) {
    print_error(nothing_found(project, options));
    return std::nullopt;
  }
  return std::move(project);
}

void prepare_audit(LoadedProject& project, const ProjectOptions& options, const config::Config& config, Purpose purpose) {
  project.foreign_keys = config.foreign_keys.value;
  const tenant::TenantSetting setting = config.tenant ? config.tenant->value : tenant::TenantSetting();
  for (const schema::OwnedModel& owned : project.project.models) project.tenants.push_back(tenant::infer(owned.model, setting));
  const bool is_unused = setting.table && std::all_of(project.tenants.begin(), project.tenants.end(),
                                                      [](const TenantModel& tenants) { return tenants.root == nullptr; });
  if (is_unused && options.hints) print_hint("warning: \"tenant\" of the config names " + *setting.table + ", which no schema here has");
  const std::vector<const Model*> models = project.models();
  project.queries.resize(models.size());
  project.types.resize(models.size());
  if (purpose < Purpose::kAuditWithCode) return;
  const types::DomainTypeSetting types_setting = config.domain_types ? config.domain_types->value : types::DomainTypeSetting();
  queries::ReadOptions read{.root = project.root, .threads = options.threads, .other = {}};
  if (purpose < Purpose::kAuditWithTypes) {
    project.queries = queries::read_queries(*project.files, read, models, *project.project.sources, nullptr, project.code.get());
    project.code.reset();
    return;
  }
  const types::TypeScan scan(project.root, models, project.tenants, types_setting);
  std::vector<std::string> type_files;
  read.other.excerpt = types::excerpt;
  read.other.wants = [&](std::string_view path, std::string_view excerpt) { return scan.wants(path, excerpt); };
  if (project.code == nullptr) project.code = std::make_unique<queries::CodeSearch>(*project.files, project.root);
  project.queries = queries::read_queries(*project.files, read, models, *project.project.sources, &type_files, project.code.get());
  project.types = types::read_domain_types(*project.files, project.code->code().resolver(), project.root, models, scan, types_setting,
                                           type_files, *project.project.sources, options.threads);
  project.code.reset();
  if (!options.hints) return;
  for (const std::string& name : types::unused_names(types_setting, models, project.types)) {
    print_hint("warning: \"domainTypes\" of the config names " + name + ", which is not there");
  }
}

Purpose purpose_of(const config::Settings& settings) {
  Purpose purpose = Purpose::kAuditOfSchema;
  for (const config::RuleSetting& setting : settings.rules) {
    if (setting.rule->category == "types") return Purpose::kAuditWithTypes;
    if (setting.rule->reads_code) purpose = Purpose::kAuditWithCode;
  }
  return purpose;
}

Error nothing_found(const LoadedProject& project, const ProjectOptions& options) {
  Error error;
  error.message = "no table found in " + platform::to_native(project.root);
  const auto config = std::find_if(project.project.models.begin(), project.project.models.end(),
                                   [](const schema::OwnedModel& owned) { return !owned.model.config_path.empty(); });
  if (!options.schema_globs.empty()) {
    error.help = "--schema takes globs relative to the project root, such as 'src/db/schema/*.ts'; the files must export tables";
  } else if (config != project.project.models.end()) {
    error.path = config->model.config_path;
    error.help = "its `schema` must name files that export tables; --schema GLOB names others";
  } else {
    error.help = "run it in a folder that holds a Drizzle schema, or name it: --root DIR, --drizzle-config FILE, --schema GLOB";
  }
  return error;
}

void print_problems(const Model& model) {
  for (const Problem& problem : model.problems) {
    const Location at = model.sources->location(problem.span);
    const std::string place =
        at.line == 0 ? std::string() : std::string(at.path) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
    print_hint("warning: " + place + std::string(problem.message));
  }
}

}  // namespace drizzle_audit::cli
