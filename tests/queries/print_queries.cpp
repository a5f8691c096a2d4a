// `print_queries FOLDER [--counts]`: what read_queries finds in a project, for people who work on it. Not installed, not a test.
#include <cstdio>
#include <cstring>
#include <variant>

#include "facts.h"
#include "queries/read_queries.h"
#include "schema/read_project.h"
#include "workspace/disk_file_system.h"

int main(int count, char** arguments) {
  using namespace drizzle_audit;
  if (count < 2) return 2;
  const workspace::DiskFileSystem files;
  schema::ReadOptions options;
  options.root = files.real_path(arguments[1]);
  auto read = schema::read_project(files, options);
  if (const auto* error = std::get_if<schema::ReadError>(&read)) {
    std::fprintf(stderr, "%s\n", error->message.c_str());
    return 1;
  }
  const schema::Project& project = std::get<schema::Project>(read);
  std::vector<const Model*> models;
  for (const schema::OwnedModel& owned : project.models) models.push_back(&owned.model);
  const std::vector<Queries> all = queries::read_queries(files, {.root = options.root, .threads = 0}, models, *project.sources);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t filters = 0, joins = 0, sorts = 0, targets = 0;
    for (const Query& query : all[i].queries) {
      filters += query.filters.size();
      joins += query.joins.size();
      sorts += query.sorts.size();
      targets += query.conflict_target.empty() ? 0U : 1U;
    }
    std::printf("== %s: %zu tables, %u files, %zu queries, %zu filters, %zu joins, %zu sorts, %zu conflict targets, %zu violations\n",
                models[i]->config_path.empty() ? "no config" : std::string(models[i]->config_path).c_str(), models[i]->tables.size(),
                all[i].files, all[i].queries.size(), filters, joins, sorts, targets, all[i].unique_violations.size());
    if (count > 2 && std::strcmp(arguments[2], "--counts") == 0) continue;
    for (const std::string& line : query_tests::facts(all[i], *project.sources)) std::printf("%s\n", line.c_str());
  }
  return 0;
}
