// package.json: workspaces, catalogs, entry points.
#include "workspace/packages.h"

#include <gtest/gtest.h>

#include "workspace/entry_points.h"
#include "workspace/paths.h"
#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

std::vector<std::string> names(const Tree& tree) {
  const FolderCache folders(tree.files);
  const Packages packages(folders, tree.root());
  std::vector<std::string> result;
  for (const Package* package : packages.workspace_packages())
    result.push_back(package->name + " " + relative_path(package->folder, tree.root()));
  return result;
}

TEST(Packages, NpmWorkspaces) {
  const Tree tree({{"package.json", R"({"name": "top", "workspaces": ["packages/*", "./apps/web", "!packages/old"]})"},
                   {"packages/db/package.json", R"({"name": "@a/db"})"},
                   {"packages/old/package.json", R"({"name": "old"})"},
                   {"packages/empty/x.ts", ""},
                   {"apps/web/package.json", R"({"name": "web"})"},
                   {"apps/other/package.json", R"({"name": "other"})"}});
  EXPECT_EQ(names(tree), (Paths{"top .", "web apps/web", "@a/db packages/db"}));
}

TEST(Packages, YarnObjectForm) {
  const Tree tree({{"package.json", R"({"workspaces": {"packages": ["libs/**"]}})"},
                   {"libs/a/b/package.json", R"({"name": "b"})"},
                   {"libs/a/node_modules/x/package.json", R"({"name": "x"})"}});
  EXPECT_EQ(names(tree), (Paths{" .", "b libs/a/b"}));
}

TEST(Packages, PnpmWorkspaceAndCatalogs) {
  const Tree tree(
      {{"package.json", "{}"},
       {"packages/db/package.json", R"({"name": "db"})"},
       {"apps/a/package.json", R"({"name": "a"})"},
       {"apps/b/package.json", R"({"name": "b"})"},
       {"pnpm-workspace.yaml",
        "packages: # all\n  - 'packages/*'\n  - \"apps/*\" # apps\n  - '!apps/b'\n\ncatalog:\n  drizzle-orm: ^0.45.1\n  '@x/y': \"^2\"\n"
        "catalogs:\n  next:\n    drizzle-orm: 1.0.0-rc.2\n  old:\n    drizzle-orm: 0.30.0\nonlyBuiltDependencies:\n  - esbuild\n"}});
  EXPECT_EQ(names(tree), (Paths{" .", "a apps/a", "db packages/db"}));
  const FolderCache folders(tree.files);
  const Packages packages(folders, tree.root());
  EXPECT_EQ(packages.catalog_version("", "drizzle-orm"), "^0.45.1");
  EXPECT_EQ(packages.catalog_version("default", "@x/y"), "^2");
  EXPECT_EQ(packages.catalog_version("next", "drizzle-orm"), "1.0.0-rc.2");
  EXPECT_EQ(packages.catalog_version("old", "drizzle-orm"), "0.30.0");
  EXPECT_EQ(packages.catalog_version("none", "drizzle-orm"), "");
}

TEST(Packages, FlowListAndBunCatalogs) {
  const Tree flow({{"pnpm-workspace.yaml", "packages: ['a', \"b\"]\r\n"},
                   {"a/package.json", R"({"name": "a"})"},
                   {"b/package.json", R"({"name": "b"})"}});
  EXPECT_EQ(names(flow), (Paths{"a a", "b b"}));
  const Tree bun(
      {{"package.json",
        R"({"workspaces": {"packages": ["p"], "catalog": {"drizzle-orm": "0.44.0"}, "catalogs": {"x": {"drizzle-orm": "1.0.0-beta.1"}}}})"}});
  const FolderCache folders(bun.files);
  const Packages packages(folders, bun.root());
  EXPECT_EQ(packages.catalog_version("", "drizzle-orm"), "0.44.0");
  EXPECT_EQ(packages.catalog_version("x", "drizzle-orm"), "1.0.0-beta.1");
}

TEST(Packages, WorkspaceRootIsFoundFromAMember) {
  const Tree tree({{"package.json", R"({"workspaces": ["packages/*"]})"},
                   {"packages/db/package.json", "{}"},
                   {"elsewhere/package.json", "{}"},
                   {"elsewhere/x/.git/HEAD", ""}});
  const FolderCache folders(tree.files);
  EXPECT_EQ(find_workspace_root(folders, tree.at("packages/db")), tree.root());
  EXPECT_EQ(find_workspace_root(folders, tree.at("packages/db/src")), tree.root());
  EXPECT_EQ(find_workspace_root(folders, tree.at("elsewhere")), tree.at("elsewhere")) << "not listed";
  EXPECT_EQ(find_workspace_root(folders, tree.at("elsewhere/x/y")), tree.at("elsewhere/x")) << "git's work tree";
}

TEST(Packages, BrokenManifestIsAProblem) {
  const Tree tree({{"package.json", "{ nope"}, {"p/package.json", "[]"}});
  const FolderCache folders(tree.files);
  const Packages packages(folders, tree.root());
  EXPECT_EQ(packages.in_folder(tree.root()), nullptr);
  EXPECT_NE(packages.in_folder(tree.at("p")), nullptr);
  ASSERT_EQ(packages.problems().size(), 1U);
  EXPECT_EQ(packages.problems()[0].error.line, 1U);
}

/// What an import of the package in `p` means, relative to `p`.
std::string entry(const std::string& manifest, const Paths& list, const std::string& subpath = "") {
  const Tree tree({{"p/package.json", manifest}});
  for (const std::string& file : list) tree.add("p/" + file);
  const FolderCache folders(tree.files);
  const Packages packages(folders, tree.root());
  const std::string file = entry_file(folders, *packages.in_folder(tree.at("p")), subpath);
  return file.empty() ? "" : relative_path(file, tree.at("p"));
}

TEST(EntryPoints, Exports) {
  EXPECT_EQ(entry(R"({"exports": "./src/index.ts"})", {"src/index.ts"}), "src/index.ts");
  EXPECT_EQ(entry(R"({"exports": {".": "./src/index.ts", "./schema": "./src/schema/index.ts"}})", {"src/index.ts", "src/schema/index.ts"},
                  "schema"),
            "src/schema/index.ts");
  EXPECT_EQ(entry(R"({"exports": {".": {"types": "./src/index.ts", "default": "./dist/index.js"}}})", {"src/index.ts", "dist/index.js"}),
            "src/index.ts");
  EXPECT_EQ(entry(R"({"exports": {"import": {"types": "./dist/index.d.ts", "default": "./dist/index.js"}, "require": "./dist/index.cjs"}})",
                  {"dist/index.js", "dist/index.d.ts"}),
            "dist/index.js");
  EXPECT_EQ(entry(R"({"exports": {"./*": "./src/*.ts", "./db/*": "./src/database/*.ts", "./db/x": null}})",
                  {"src/database/y.ts", "src/z.ts"}, "db/y"),
            "src/database/y.ts");
  EXPECT_EQ(entry(R"({"exports": {"./*": ["./src/*.ts", "./src/*/index.ts"]}})", {"src/a/index.ts"}, "a"), "src/a/index.ts");
  EXPECT_EQ(entry(R"({"exports": {"./old/": "./src/"}})", {"src/a.ts"}, "old/a.ts"), "src/a.ts");
  EXPECT_EQ(entry(R"({"exports": {"./schema": "./src/schema.ts"}})", {"src/schema.ts"}, "schema.js"), "src/schema.ts");
}

TEST(EntryPoints, BuildOutputStandsForItsSource) {
  const std::string dist =
      R"({"exports": {".": {"types": "./dist/index.d.ts", "import": "./dist/index.mjs"}, "./schema": {"import": "./dist/schema.mjs"}}})";
  EXPECT_EQ(entry(dist, {"src/index.ts"}), "src/index.ts");
  EXPECT_EQ(entry(dist, {"src/schema.ts"}, "schema"), "src/schema.ts");
  EXPECT_EQ(entry(dist, {"dist/index.mjs", "src/index.ts"}), "src/index.ts") << "also when it is built";
  EXPECT_EQ(entry(R"({"main": "dist/index.js"})", {"index.ts"}), "index.ts");
  EXPECT_EQ(entry(R"({"main": "./lib/esm/db.js"})", {"src/db.tsx"}), "src/db.tsx");
  EXPECT_EQ(entry(R"({"main": "./dist/src/db.js"})", {"src/db.ts"}), "src/db.ts");
  EXPECT_EQ(entry(R"({"types": "src/index.ts", "main": "dist/index.js"})", {"src/index.ts"}), "src/index.ts");
  EXPECT_EQ(entry(R"({"main": "index.js"})", {"index.js"}), "index.js");
}

TEST(EntryPoints, WithoutFields) {
  EXPECT_EQ(entry("{}", {"index.ts"}), "index.ts");
  EXPECT_EQ(entry("{}", {"src/index.ts"}), "src/index.ts");
  EXPECT_EQ(entry("{}", {"src/schema/users.ts"}, "src/schema/users"), "src/schema/users.ts");
  EXPECT_EQ(entry("{}", {"src/schema/users.ts"}, "schema/users"), "src/schema/users.ts");
  EXPECT_EQ(entry("[]", {"index.ts"}), "index.ts");
  EXPECT_EQ(entry(R"({"exports": {".": null}})", {}), "");
}

TEST(EntryPoints, SourceCandidatesKeepGlobs) {
  const auto candidates = source_candidates("/p", "./dist/schema/*.js");
  ASSERT_FALSE(candidates.empty());
  EXPECT_EQ(candidates[0], "/p/src/schema/*.ts");
  EXPECT_EQ(source_candidates("/p", "/p/dist/index.mjs")[0], "/p/src/index.ts");
  EXPECT_EQ(source_candidates("/p", "./dist/schema")[0], "/p/src/schema");
  EXPECT_TRUE(source_candidates("/p", "./src/index.ts").empty());
}

}  // namespace
}  // namespace drizzle_audit::workspace
