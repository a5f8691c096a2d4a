// Every file in cases/ is a project with the facts expected of it. A line `== path` begins a file; the file `facts` is the expectation.
// All cases share the schema in cases/_schema, which a case may overwrite. Each runs with one thread and with two.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <variant>

#include "facts.h"
#include "harness/files.h"
#include "queries/read_queries.h"
#include "schema/read_project.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::query_tests {
namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

Files split(const std::string& text) {
  Files files;
  std::istringstream lines(text);
  std::string* current = nullptr;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("== ")) current = &files[line.substr(3)];
    else if (current != nullptr) *current += line + "\n";
  }
  return files;
}

fs::path cases_folder() { return fs::path(DRZ_SOURCE_DIR) / "tests" / "queries" / "cases"; }

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(cases_folder())) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

std::string run(const Files& project_files, unsigned threads) {
  const harness::TemporaryFolder folder;
  harness::write_file(folder.path() / ".git/HEAD", "");
  for (const auto& [path, text] : project_files) {
    if (path != "facts") harness::write_file(folder.path() / path, text);
  }
  const workspace::DiskFileSystem files;
  schema::ReadOptions options;
  const fs::path app = folder.path() / "app";
  options.root = fs::exists(app / "drizzle.config.ts") ? app.string() : folder.path().string();
  options.threads = threads;
  auto read = schema::read_project(files, options);
  if (const auto* error = std::get_if<schema::ReadError>(&read)) return "the project cannot be read: " + error->message;
  const schema::Project& project = std::get<schema::Project>(read);
  std::vector<const Model*> models;
  for (const schema::OwnedModel& owned : project.models) models.push_back(&owned.model);
  const std::vector<Queries> all = queries::read_queries(files, {.root = options.root, .threads = threads}, models, *project.sources);
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all.size() > 1) text += "-- " + std::string(models[i]->config_path) + "\n";
    for (const std::string& line : facts(all[i], *project.sources)) text += line + "\n";
    text += std::to_string(all[i].files) + " files\n";
  }
  return text;
}

class QueryCases : public testing::TestWithParam<std::string> {};

TEST_P(QueryCases, Facts) {
  Files files = split(harness::read_file(cases_folder() / "_schema"));
  for (auto& [path, text] : split(harness::read_file(cases_folder() / (GetParam() + ".txt")))) files[path] = text;
  ASSERT_TRUE(files.contains("facts"));
  EXPECT_EQ(run(files, 1), files["facts"]);
  EXPECT_EQ(run(files, 2), files["facts"]);
}

INSTANTIATE_TEST_SUITE_P(All, QueryCases, testing::ValuesIn(case_names()), [](const auto& test) {
  std::string name = test.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace drizzle_audit::query_tests
