// What is inferred as the tenant of a schema, and what the config can say instead. See fixtures/.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/files.h"
#include "schema/read_project.h"
#include "tenant/infer.h"
#include "workspace/disk_file_system.h"

namespace drizzle_audit::tenant_tests {
namespace {

namespace fs = std::filesystem;

const fs::path kFixtures = fs::path(DRZ_SOURCE_DIR) / "tests/unit/tenant/fixtures";

std::vector<std::string> fixtures() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(kFixtures)) names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// "stores.id in products.store_id, tags.store_id", or "none".
std::string describe(const TenantModel& tenants) {
  if (tenants.root == nullptr) return "none";
  std::string text = display_name(*tenants.root) + (tenants.key == nullptr ? "" : "." + std::string(tenants.key->name.value_or("?")));
  for (const Column* column : tenants.columns) {
    EXPECT_EQ(tenant_column(tenants, *column->table), column);
    text +=
        (column == tenants.columns.front() ? " in " : ", ") + display_name(*column->table) + "." + std::string(column->name.value_or("?"));
  }
  return text;
}

/// Reads a fixture as the only schema file of a project. `check` gets its model.
template <class Check>
void with_model(const std::string& fixture, const Check& check) {
  const harness::TemporaryFolder folder;
  harness::write_file(folder.path() / "src/schema.ts", harness::read_file(kFixtures / (fixture + ".ts")));
  harness::write_file(folder.path() / "drizzle.config.ts", "export default { schema: './src/schema.ts', dialect: 'postgresql' };\n");
  schema::ReadOptions options;
  options.root = folder.path().string();
  options.threads = 1;
  const workspace::DiskFileSystem files;
  const auto read = schema::read_project(files, options);
  const auto* project = std::get_if<schema::Project>(&read);
  ASSERT_NE(project, nullptr);
  ASSERT_EQ(project->models.size(), 1U);
  ASSERT_FALSE(project->models.front().model.tables.empty());
  check(project->models.front().model);
}

class Inferred : public testing::TestWithParam<std::string> {};

TEST_P(Inferred, AsTheFirstLineSays) {
  const std::string text = harness::read_file(kFixtures / (GetParam() + ".ts"));
  const std::string first = text.substr(0, text.find('\n'));
  with_model(GetParam(), [&](const Model& model) {
    const TenantModel tenants = tenant::infer(model);
    EXPECT_EQ("// tenants: " + describe(tenants), first);
    EXPECT_FALSE(tenants.configured);
    EXPECT_EQ(tenants.reasons.empty(), tenants.root == nullptr);
  });
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Inferred, testing::ValuesIn(fixtures()), [](const auto& test) { return test.param; });

std::string configured(const std::string& fixture, const tenant::TenantSetting& setting) {
  std::string text;
  with_model(fixture, [&](const Model& model) {
    const TenantModel tenants = tenant::infer(model, setting);
    EXPECT_TRUE(tenants.configured);
    EXPECT_FALSE(tenants.reasons.empty());
    text = describe(tenants);
  });
  return text;
}

TEST(Configured, TheTableIsTaken) {
  EXPECT_EQ(configured("customers_called_companies", {.table = "companies"}), "companies.id in contacts.company_id, deals.company_id");
}

TEST(Configured, SoIsItsExportedName) {
  EXPECT_EQ(configured("members_of_stores", {.table = "storesTable"}),
            "stores.id in categories.store_id, products.store_id, store_members.store_id");
}

TEST(Configured, OnlyTheNamedColumnsCarryIt) {
  EXPECT_EQ(configured("members_of_stores", {.table = "stores", .columns = {"storeRef", "store_id"}}),
            "stores.id in categories.store_id, products.store_id, store_members.store_id, tags.store_ref");
}

TEST(Configured, ColumnsAloneLeadToTheirTable) {
  EXPECT_EQ(configured("customers_called_companies", {.columns = {"contact_id"}}), "contacts.id in calls.contact_id");
}

TEST(Configured, None) { EXPECT_EQ(configured("members_of_stores", {.none = true}), "none"); }

TEST(Configured, AnUnknownTableIsNone) { EXPECT_EQ(configured("members_of_stores", {.table = "shops"}), "none"); }

}  // namespace
}  // namespace drizzle_audit::tenant_tests
