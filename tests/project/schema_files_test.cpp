// What `schema` patterns mean: files, folders, globs, build output, and which folder they are relative to.
#include "project/schema_files.h"

#include "project_folder.h"

namespace drizzle_audit::project {
namespace {

std::string config(const std::string& schema) { return "export default {\n  schema: " + schema + ",\n  dialect: 'postgresql' };\n"; }

TEST(SchemaFiles, Glob) {
  const ProjectFolder project{{"src/a/schema.ts", kTable},
                              {"src/b/schema.ts", kTable},
                              {"src/b/other.ts", kTable},
                              {"drizzle.config.ts", config("'./src/**/schema.ts'")}};
  EXPECT_EQ(project.files(), (Paths{"src/a/schema.ts", "src/b/schema.ts"}));
}

TEST(SchemaFiles, ListOfPatterns) {
  const ProjectFolder project{{"a.ts", kTable}, {"db/b.ts", kTable}, {"drizzle.config.ts", config("['./db/*.ts', './a.ts', './a.ts']")}};
  EXPECT_EQ(project.files(), (Paths{"a.ts", "db/b.ts"}));
}

TEST(SchemaFiles, OneOfAListIsMissing) {
  const ProjectFolder project{{"a.ts", kTable}, {"drizzle.config.ts", config("['./a.ts',\n './gone/*.ts']")}};
  EXPECT_EQ(project.files(), Paths{"a.ts"});
  EXPECT_TRUE(contains(project.hints(), "drizzle.config.ts:3:2: `schema` names no file: ./gone/*.ts")) << project.hints();
}

TEST(SchemaFiles, FolderMeansTheSourcesDirectlyInIt) {
  const ProjectFolder project{{"db/a.ts", kTable},
                              {"db/b.js", kTable},
                              {"db/deep/c.ts", kTable},
                              {"db/types.d.ts", "export {};"},
                              {"db/README.md", "# db"},
                              {"db/a.test.ts", "import '';"},
                              {"drizzle.config.ts", config("'./db'")}};
  EXPECT_EQ(project.files(), (Paths{"db/a.ts", "db/b.js"}));
  EXPECT_TRUE(contains(project.hints(), "drizzle.config.ts names ./db, which holds 1 test: left out here; drizzle-kit runs them"))
      << project.hints();
  EXPECT_TRUE(contains(project.hints(), "README.md")) << project.hints();
}

TEST(SchemaFiles, FolderWithTrailingSlash) {
  const ProjectFolder project{{"db/a.ts", kTable}, {"drizzle.config.ts", config("'./db/'")}};
  EXPECT_EQ(project.files(), Paths{"db/a.ts"});
}

TEST(SchemaFiles, OnlyTestsAreKept) {
  const ProjectFolder project{{"db/a.test.ts", kTable}, {"drizzle.config.ts", config("'./db'")}};
  EXPECT_EQ(project.files(), Paths{"db/a.test.ts"});
}

TEST(SchemaFiles, CompiledTwinsAreLeftOut) {
  const ProjectFolder project{
      {"db/a.ts", kTable}, {"db/a.js", kTable}, {"db/a.d.ts", "export {};"}, {"drizzle.config.ts", config("'./db/*'")}};
  EXPECT_EQ(project.files(), Paths{"db/a.ts"});
}

TEST(SchemaFiles, ExtensionMayBeMissing) {
  const ProjectFolder project{{"db/schema.ts", kTable}, {"drizzle.config.ts", config("'./db/schema'")}};
  EXPECT_EQ(project.files(), Paths{"db/schema.ts"});
  EXPECT_EQ(project.hints(), "drizzle.config.ts names ./db/schema without an extension, which drizzle-kit rejects; reading db/schema.ts\n");
}

TEST(SchemaFiles, AFolderWinsOverAMissingExtension) {
  const ProjectFolder project{{"db/schema.ts", kTable}, {"db/schema/a.ts", kTable}, {"drizzle.config.ts", config("'./db/schema'")}};
  EXPECT_EQ(project.files(), Paths{"db/schema/a.ts"});
}

TEST(SchemaFiles, BuildOutputMeansItsSources) {
  const ProjectFolder project{{"package.json", "{}"},
                              {"src/schema/a.ts", kTable},
                              {"src/schema/b.ts", kTable},
                              {"drizzle.config.ts", config("'./dist/schema/*.js'")}};
  EXPECT_EQ(project.files(), (Paths{"src/schema/a.ts", "src/schema/b.ts"}));
  EXPECT_EQ(project.hints(), "drizzle.config.ts names ./dist/schema/*.js; reading src/schema/*.ts instead\n");
}

TEST(SchemaFiles, BuildOutputThatExistsMeansItsSourcesToo) {
  const ProjectFolder project{
      {"package.json", "{}"}, {"src/index.ts", kTable}, {"dist/index.mjs", kTable}, {"drizzle.config.ts", config("'./dist/index.mjs'")}};
  EXPECT_EQ(project.files(), Paths{"src/index.ts"});
}

TEST(SchemaFiles, BuildOutputWithoutSourcesIsRead) {
  const ProjectFolder project{{"package.json", "{}"}, {"dist/index.mjs", kTable}, {"drizzle.config.ts", config("'./dist/index.mjs'")}};
  EXPECT_EQ(project.files(), Paths{"dist/index.mjs"});
}

TEST(SchemaFiles, TypeScriptInAFolderCalledLibIsNoOutput) {
  const ProjectFolder project{
      {"package.json", "{}"}, {"src/schema.ts", kTable}, {"lib/schema.ts", kTable}, {"drizzle.config.ts", config("'./lib/schema.ts'")}};
  EXPECT_EQ(project.files(), Paths{"lib/schema.ts"});
}

TEST(SchemaFiles, RelativeToTheNearestPackage) {
  ProjectFolder project{{"package.json", "{}"},
                        {"src/schema.ts", kTable},
                        {"config/src/schema.ts", kTable},
                        {"config/deep/drizzle.config.ts", config("'./src/schema.ts'")}};
  EXPECT_EQ(project.files(), Paths{"src/schema.ts"});
  EXPECT_EQ(project.entry().out_folder, project.at("drizzle").string());
}

TEST(SchemaFiles, RelativeToTheConfigFirst) {
  const ProjectFolder project{{"package.json", "{}"},
                              {"src/schema.ts", kTable},
                              {"db/src/schema.ts", kTable},
                              {"db/drizzle.config.ts", config("'./src/schema.ts'")}};
  EXPECT_EQ(project.files(), Paths{"db/src/schema.ts"});
}

TEST(SchemaFiles, RelativeToAnAncestor) {
  const ProjectFolder project{{"package.json", "{}"},
                              {"packages/db/package.json", "{}"},
                              {"packages/db/src/schema.ts", kTable},
                              {"packages/db/drizzle.config.ts", config("'./packages/db/src/*.ts'")}};
  EXPECT_EQ(project.files(), Paths{"packages/db/src/schema.ts"});
}

TEST(SchemaFiles, WorkingFolderIsTried) {
  const ProjectFolder project{
      {"package.json", "{}"},
      {"src/schema.ts", kTable},
      {"config/drizzle.config.ts", "import path from 'path';\n" + config("path.resolve(process.cwd(), 'src/schema.ts')")}};
  EXPECT_EQ(project.files(), Paths{"src/schema.ts"});
}

TEST(SchemaFiles, OutsideTheRoot) {
  ProjectFolder project{{"package.json", "{ \"workspaces\": [\"apps/*\", \"packages/*\"] }"},
                        {"apps/api/package.json", "{}"},
                        {"packages/db/src/a/defs.ts", kTable},
                        {"packages/db/package.json", "{}"},
                        {"apps/api/drizzle.config.ts", config("'../../packages/db/src/**/defs.ts'")}};
  project.options.root = project.at("apps/api").string();
  EXPECT_EQ(project.files(), Paths{"../../packages/db/src/a/defs.ts"});
}

TEST(SchemaFiles, ThroughALink) {
  ProjectFolder project{
      {"package.json", "{}"}, {"packages/db/schema.ts", kTable}, {"drizzle.config.ts", config("'./node_modules/@acme/db/schema.ts'")}};
  std::filesystem::create_directories(project.at("node_modules/@acme"));
  std::filesystem::create_directory_symlink("../../packages/db", project.at("node_modules/@acme/db"));
  EXPECT_EQ(project.files(), Paths{"packages/db/schema.ts"});
}

TEST(SchemaFiles, TestPaths) {
  EXPECT_TRUE(is_test_path("src/users.test.ts"));
  EXPECT_TRUE(is_test_path("src/__tests__/users.ts"));
  EXPECT_TRUE(is_test_path("tests/schema.ts"));
  EXPECT_FALSE(is_test_path("src/contest/tests.ts"));
}

}  // namespace
}  // namespace drizzle_audit::project
