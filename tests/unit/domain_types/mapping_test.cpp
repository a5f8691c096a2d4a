// The lines of mappings.txt over schema.ts.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "harness/files.h"
#include "schema/read_project.h"
#include "tenant/infer.h"
#include "types/mapping.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::domain_type_tests {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(DRZ_SOURCE_DIR) / "tests/unit/domain_types";

std::string describe(const std::optional<types::Mapping>& mapping) {
  if (!mapping) return "nothing";
  return display_name(*mapping->table) + (mapping->input ? " insert " : " ") + std::string(to_string(mapping->confidence));
}

TEST(Mapping, FollowsNamesAndProperties) {
  const harness::TemporaryFolder folder;
  harness::write_file(folder.path() / "src/schema.ts", harness::read_file(kFolder / "schema.ts"));
  schema::ReadOptions options;
  options.root = folder.path().string();
  const workspace::DiskFileSystem files;
  const auto read = schema::read_project(files, options);
  ASSERT_TRUE(std::holds_alternative<schema::Project>(read));
  const Model& model = std::get<schema::Project>(read).models.front().model;
  tenant::TenantSetting setting;
  setting.table = "stores";
  const TenantModel tenants = tenant::infer(model, setting);
  ASSERT_NE(tenants.root, nullptr);
  const types::TableNames names(model, tenants);

  std::istringstream lines(harness::read_file(kFolder / "mappings.txt"));
  int checked = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    const std::size_t arrow = line.find(" -> ");
    ASSERT_NE(arrow, std::string::npos) << line;
    std::istringstream words(line.substr(0, arrow));
    std::string path;
    std::string type;
    words >> path >> type;
    type.pop_back();  // the colon
    std::vector<std::string> properties;
    for (std::string word; words >> word;) properties.push_back(word);
    const std::vector<std::string_view> views(properties.begin(), properties.end());
    EXPECT_EQ(describe(types::infer_mapping(names, type, path, views)), line.substr(arrow + 4)) << line;
    ++checked;
  }
  EXPECT_GT(checked, 35);
}

}  // namespace
}  // namespace drizzle_audit::domain_type_tests
