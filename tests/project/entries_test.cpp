// Where schemas are looked for: options, the root, sub-packages, files that define tables.
#include "project_folder.h"

namespace drizzle_audit::project {
namespace {

const std::string kConfig = "export default { schema: './schema.ts', dialect: 'postgresql', casing: 'camelCase' };\n";

TEST(Entries, AllConfigsOfTheRoot) {
  const ProjectFolder project{{"a.ts", kTable},
                              {"b.ts", kTable},
                              {"drizzle.config.ts", "export default { schema: './a.ts', dialect: 'sqlite' };"},
                              {"drizzle.config.events.ts", "export default { schema: './b.ts', dialect: 'mysql' };"},
                              {"packages/x/drizzle.config.ts", kConfig},
                              {"packages/x/schema.ts", kTable}};
  const Entries found = project.entries();
  ASSERT_EQ(found.entries.size(), 2U);
  EXPECT_EQ(project.files_of(found), (Paths{"b.ts", "a.ts"}));
  EXPECT_EQ(found.entries[0].dialect, Dialect::kMysql);
}

TEST(Entries, ConfigsOfSubPackages) {
  const ProjectFolder project{{"packages/x/drizzle.config.ts", kConfig},     {"packages/x/schema.ts", kTable},
                              {"apps/y/drizzle.config.ts", kConfig},         {"apps/y/schema.ts", kTable},
                              {"node_modules/z/drizzle.config.ts", kConfig}, {"node_modules/z/schema.ts", kTable}};
  EXPECT_EQ(project.files(), (Paths{"apps/y/schema.ts", "packages/x/schema.ts"}));
}

TEST(Entries, ConfigsOfTestsAreLeftOut) {
  ProjectFolder project{{"packages/x/drizzle.config.ts", kConfig},
                        {"packages/x/schema.ts", kTable},
                        {"packages/x/tests/drizzle.config.ts", kConfig},
                        {"packages/x/tests/schema.ts", kTable}};
  EXPECT_EQ(project.files(), Paths{"packages/x/schema.ts"});
  EXPECT_TRUE(contains(project.hints(), "1 drizzle.config of tests left out"));
}

TEST(Entries, ATestConfigInTheRootIsLeftOut) {
  const ProjectFolder project{{"schema.ts", kTable},
                              {"test-schema.ts", kTable},
                              {"drizzle.config.ts", kConfig},
                              {"drizzle.config.test.ts", "export default { schema: './test-schema.ts' };"}};
  EXPECT_EQ(project.files(), Paths{"schema.ts"});
}

TEST(Entries, ConfigsUnderOtherNames) {
  const ProjectFolder project{{"package.json", "{}"},
                              {"schema/mysql.ts", kTable},
                              {"schema/sqlite.ts", kTable},
                              {"vite.config.ts", "export default {};"},
                              {"configs/mysql.config.ts",
                               "import { defineConfig } from 'drizzle-kit';\n"
                               "export default defineConfig({ schema: './schema/mysql.ts', dialect: 'mysql' });"},
                              {"configs/sqlite.config.ts",
                               "import type { Config } from \"drizzle-kit\";\n"
                               "export default { schema: './schema/sqlite.ts', dialect: 'sqlite' } satisfies Config;"}};
  const Entries found = project.entries();
  ASSERT_EQ(found.entries.size(), 2U);
  EXPECT_EQ(project.files_of(found), (Paths{"schema/mysql.ts", "schema/sqlite.ts"}));
  EXPECT_EQ(found.entries[1].dialect, Dialect::kSqlite);
}

TEST(Entries, ATemplateOfAConfigIsNoError) {
  const ProjectFolder project{{"src/users.ts", kTable},
                              {"cli/drizzle-config-mysql.ts",
                               "import { defineConfig } from 'drizzle-kit';\n"
                               "export default defineConfig({ schema: './gone.ts' });"}};
  EXPECT_EQ(project.files(), Paths{"src/users.ts"});
  EXPECT_TRUE(contains(project.hints(), "cli/drizzle-config-mysql.ts:2:39: `schema` names no file: ./gone.ts")) << project.hints();
}

TEST(Entries, AConfigByContentWithAnEmptySchemaDoesNotCount) {
  const ProjectFolder project{
      {"src/users.ts", kTable},
      {"db/config.ts", "import { defineConfig } from 'drizzle-kit';\nexport default defineConfig({ schema: './schema.ts' });"},
      {"db/schema.ts", "export {};\n"}};
  EXPECT_EQ(project.files(), Paths{"src/users.ts"});
}

TEST(Entries, OneConfigIsAskedFor) {
  ProjectFolder project{{"drizzle.config.ts", kConfig},
                        {"schema.ts", kTable},
                        {"db/configs/mysql.config.ts", "export default { schema: './s.ts', dialect: 'mysql' };"},
                        {"db/configs/s.ts", kTable}};
  project.options.drizzle_config = project.at("db/configs/mysql.config.ts").string();
  EXPECT_EQ(project.files(), Paths{"db/configs/s.ts"});
  EXPECT_EQ(project.entry().dialect, Dialect::kMysql);
}

TEST(Entries, TheSameSchemaCountsOnce) {
  const ProjectFolder project{{"schema.ts", kTable}, {"drizzle.config.ts", kConfig}, {"drizzle.config.prod.ts", kConfig}};
  EXPECT_EQ(project.files(), Paths{"schema.ts"});
}

TEST(Entries, TheSameFilesInAnotherDialectCountTwice) {
  const ProjectFolder project{
      {"schema.ts", kTable},
      {"drizzle.config.ts", kConfig},
      {"drizzle.config.lite.ts", "export default { schema: './schema.ts', dialect: 'sqlite', casing: 'camelCase' };"}};
  EXPECT_EQ(project.entries().entries.size(), 2U);
}

TEST(Entries, SchemaOption) {
  ProjectFolder project{{"schema.ts", kTable}, {"db/a.ts", kTable}, {"db/b.ts", kTable}, {"drizzle.config.ts", kConfig}};
  project.options.schema_globs = {"db/*.ts", "db/a.ts"};
  const Entry entry = project.entry();
  EXPECT_EQ(project.files(), (Paths{"db/a.ts", "db/b.ts"}));
  EXPECT_EQ(entry.dialect, Dialect::kPostgresql);
  EXPECT_EQ(entry.casing, Casing::kCamelCase);
  EXPECT_EQ(entry.out_folder, project.at("drizzle").string());
}

TEST(Entries, SchemaOptionWithAConfigThatCannotBeRead) {
  ProjectFolder project{{"a.ts", kTable},
                        {"drizzle.config.ts", "export default { schema: process.env.A ? 'x' : 'y', dialect: 'sqlite' };"}};
  project.options.schema_globs = {"a.ts"};
  EXPECT_EQ(project.entry().dialect, Dialect::kSqlite);
  EXPECT_EQ(project.hints(), "");
  project.add("drizzle.config.ts", "");
  EXPECT_EQ(project.files(), Paths{"a.ts"});
  EXPECT_TRUE(contains(project.hints(), "exports no config"));
}

TEST(Entries, SchemaOptionThatNamesNothing) {
  ProjectFolder project{{"src/schema.ts", kTable}};
  project.options.schema_globs = {"src/schemas.ts"};
  EXPECT_EQ(project.error_line(), ": --schema names no file: src/schemas.ts");
  EXPECT_EQ(project.error().help, "did you mean ./src/schema.ts?");
}

TEST(Entries, FilesThatDefineTables) {
  const ProjectFolder project{{"package.json", "{ \"dependencies\": { \"drizzle-orm\": \"^0.44.1\" } }"},
                              {"src/users.ts", kTable},
                              {"src/main.ts", "import { users } from './users';"}};
  const Entry entry = project.entry();
  EXPECT_EQ(project.files(), Paths{"src/users.ts"});
  EXPECT_FALSE(entry.dialect.has_value());
  EXPECT_EQ(entry.config_path, "");
  EXPECT_EQ(entry.out_folder, "");
  EXPECT_EQ(entry.orm_version, "^0.44.1");
  EXPECT_FALSE(entry.orm_v1);
}

TEST(Entries, TestsExamplesAndMigrationsAreLeftOut) {
  const ProjectFolder project{{"src/users.ts", kTable},         {"src/users.test.ts", kTable},        {"tests/schema.ts", kTable},
                              {"examples/a/schema.ts", kTable}, {"src/migrations/schema.ts", kTable}, {"drizzle/meta/_journal.json", "{}"},
                              {"drizzle/schema.ts", kTable}};
  EXPECT_EQ(project.files(), Paths{"src/users.ts"});
  EXPECT_TRUE(contains(project.hints(), "5 files with tables in tests, examples or migrations left out")) << project.hints();
}

TEST(Entries, TestsCountWhenThereIsNothingElse) {
  const ProjectFolder project{{"tests/schema.ts", kTable}, {"tests/other.ts", "export {};"}};
  EXPECT_EQ(project.files(), Paths{"tests/schema.ts"});
}

TEST(Entries, OneEntryForEachPackage) {
  const ProjectFolder project{{"package.json", "{}"},   {"a/package.json", "{}"}, {"a/s.ts", kTable}, {"a/src/t.ts", kTable},
                              {"b/package.json", "{}"}, {"b/s.ts", kTable},       {"s.ts", kTable}};
  const Entries found = project.entries();
  ASSERT_EQ(found.entries.size(), 3U);
  EXPECT_EQ(project.files_of(found), (Paths{"s.ts", "a/s.ts", "a/src/t.ts", "b/s.ts"}));
}

TEST(Entries, NothingAtAll) {
  const ProjectFolder project{{"src/main.ts", "export const x = 1;"}};
  EXPECT_TRUE(contains(project.error().message, "no drizzle.config and no file that defines tables"));
  EXPECT_TRUE(contains(project.error().help, "--schema GLOB"));
}

TEST(Entries, VersionOfTheConfigsPackage) {
  const ProjectFolder project{{"package.json", "{ \"dependencies\": { \"drizzle-orm\": \"0.30.0\" } }"},
                              {"db/package.json", "{ \"dependencies\": { \"drizzle-orm\": \"1.0.0-rc.2\" } }"},
                              {"db/drizzle.config.ts", kConfig},
                              {"db/schema.ts", kTable}};
  EXPECT_EQ(project.entry().orm_version, "1.0.0-rc.2");
  EXPECT_TRUE(project.entry().orm_v1);
}

TEST(Entries, VersionOfTheSchemaWhenTheConfigKnowsNone) {
  const ProjectFolder project{{"app/drizzle.config.ts", "export default { schema: '../db/schema.ts', dialect: 'sqlite' };"},
                              {"db/package.json", "{ \"dependencies\": { \"drizzle-orm\": \"^0.41.0\" } }"},
                              {"db/schema.ts", kTable}};
  EXPECT_EQ(project.entry().orm_version, "^0.41.0");
}

TEST(Entries, VersionFromACatalog) {
  const ProjectFolder project{{"pnpm-workspace.yaml", "packages:\n  - db\ncatalog:\n  drizzle-orm: ^0.45.1\n"},
                              {"package.json", "{}"},
                              {"db/package.json", "{ \"dependencies\": { \"drizzle-orm\": \"catalog:\" } }"},
                              {"db/drizzle.config.ts", kConfig},
                              {"db/schema.ts", kTable}};
  EXPECT_EQ(project.entry().orm_version, "^0.45.1");
}

}  // namespace
}  // namespace drizzle_audit::project
