// `drizzle-audit types`: which domain type stands for which table and why, and how every property compares with its column.
#include "cli/commands.h"
#include "cli/config.h"
#include "cli/output.h"
#include "cli/project.h"
#include "report/types_json.h"
#include "report/types_text.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::cli {

int types(const TypesOptions& options) {
  const std::variant<std::string, Error> root = find_root(workspace::DiskFileSystem(), options.project);
  if (const Error* error = std::get_if<Error>(&root)) {
    print_error(*error);
    return kExitFailure;
  }
  const std::optional<config::Config> config = read_config(workspace::DiskFileSystem(), std::get<std::string>(root), options.config);
  if (!config) return kExitFailure;
  std::optional<LoadedProject> loaded = load_tables(options.project);
  if (!loaded) return kExitFailure;
  LoadedProject& project = *loaded;
  if (config->domain_types && config->domain_types->value.none) print_hint("\"domainTypes\" of the config is false: no types are read");
  prepare_audit(project, options.project, *config, Purpose::kAuditWithTypes);
  for (const Model* model : project.models()) print_problems(*model);
  std::vector<const DomainTypes*> all;
  for (DomainTypes& types : project.types) {
    std::erase_if(types.types, [&](const DomainType& type) { return !project.wants(project.project.sources->path(type.span.file)); });
    std::erase_if(types.unions, [&](const DomainUnion& one) { return !project.wants(project.project.sources->path(one.span.file)); });
    all.push_back(&types);
  }
  const Sources& sources = *project.project.sources;
  return write_report(options.output.format == "json" ? report::types_json(sources, all) : report::types_text(sources, all),
                      options.output.file, kExitClean);
}

}  // namespace drizzle_audit::cli
