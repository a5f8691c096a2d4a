// Which drizzle-orm a project uses.
#include "workspace/orm_version.h"

#include <gtest/gtest.h>

#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

/// "text | resolved | 0.x or 1.0".
std::string version(const Tree& tree, const std::string& folder = "") {
  const FolderCache folders(tree.files);
  const Packages packages(folders, tree.root());
  const auto found = find_orm_version(packages, folder.empty() ? tree.root() : tree.at(folder));
  return found ? found->text + " | " + found->resolved + " | " + (found->is_v1 ? "1.0" : "0.x") : "none";
}

std::string manifest(const std::string& range) { return R"({"dependencies": {"drizzle-orm": ")" + range + "\"}}"; }

TEST(OrmVersion, Ranges) {
  for (const char* range : {"1.0.0-rc.2", "^1.0.0-beta.1", "~1.2", "1", "npm:drizzle-orm@1.0.0-beta.3", ">=1.0.0-beta", "v1.0.0", "^2"})
    EXPECT_EQ(range_is_v1(range), true) << range;
  for (const char* range : {"^0.45.2", "0.38.4", "~0.30", "0.x", ">=0.30 <1", "^0.29 || ^0.30", "workspace:^0.45.0"})
    EXPECT_EQ(range_is_v1(range), false) << range;
  for (const char* range : {"latest", "*", "beta", ">=0.36.0", "^0.45 || ^1.0.0-beta", "link:../x", "workspace:*", "file:x", "", "x",
                            "github:drizzle-team/drizzle-orm"})
    EXPECT_EQ(range_is_v1(range), std::nullopt) << range;
}

TEST(OrmVersion, NearestManifestThatListsIt) {
  const Tree tree({{"package.json", manifest("^0.45.2")},
                   {"p/package.json", R"({"devDependencies": {"drizzle-orm": "1.0.0-rc.2"}})"},
                   {"q/package.json", R"({"dependencies": {"zod": "1"}})"}});
  EXPECT_EQ(version(tree), "^0.45.2 |  | 0.x");
  EXPECT_EQ(version(tree, "p/src"), "1.0.0-rc.2 |  | 1.0");
  EXPECT_EQ(version(tree, "q"), "^0.45.2 |  | 0.x");
  EXPECT_EQ(version(Tree({{"package.json", "{}"}})), "none");
}

TEST(OrmVersion, Catalogs) {
  const Tree tree(
      {{"pnpm-workspace.yaml", "packages: ['p', 'q']\ncatalog:\n  drizzle-orm: ^0.45.1\ncatalogs:\n  v1:\n    drizzle-orm: 1.0.0-rc.1\n"},
       {"p/package.json", manifest("catalog:")},
       {"q/package.json", manifest("catalog:v1")}});
  EXPECT_EQ(version(tree, "p"), "catalog: | ^0.45.1 | 0.x");
  EXPECT_EQ(version(tree, "q"), "catalog:v1 | 1.0.0-rc.1 | 1.0");
}

TEST(OrmVersion, TagsWithoutALockFile) {
  EXPECT_EQ(version(Tree({{"package.json", manifest("latest")}})), "latest |  | 0.x");
  EXPECT_EQ(version(Tree({{"package.json", manifest("beta")}})), "beta |  | 1.0");
  EXPECT_EQ(version(Tree({{"package.json", manifest("rc")}})), "rc |  | 1.0");
}

TEST(OrmVersion, LockFiles) {
  const std::string latest = manifest("latest");
  EXPECT_EQ(version(Tree({{"package.json", latest}, {"package-lock.json", R"({"packages": {"node_modules/drizzle-orm": {
      "version": "1.0.0-rc.4", "resolved": "x"}}})"}})),
            "latest | 1.0.0-rc.4 | 1.0");
  EXPECT_EQ(
      version(
          Tree(
              {{"p/package.json", latest},
               {"package-lock.json",
                R"({"packages": {"node_modules/drizzle-orm": {"version": "0.44.0"}, "p/node_modules/drizzle-orm": {"version": "1.0.0-rc.4"}}})"}}),
          "p"),
      "latest | 1.0.0-rc.4 | 1.0");
  EXPECT_EQ(version(Tree({{"p/package.json", latest},
                          {"pnpm-lock.yaml",
                           "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\n  p:\n    dependencies:\n      drizzle-orm:\n        "
                           "specifier: latest\n        version: 1.0.0-beta.2(pg@8)\n\n"
                           "  q:\n    dependencies:\n      drizzle-orm:\n        specifier: 0.45.2\n        version: "
                           "0.45.2\n\npackages:\n\n  drizzle-orm@0.45.2:\n    x: y\n"}}),
                    "p"),
            "latest | 1.0.0-beta.2 | 1.0");
  EXPECT_EQ(version(Tree({{"package.json", latest}, {"pnpm-lock.yaml", "packages:\n\n  /drizzle-orm@0.29.1(pg@8):\n    x: y\n"}})),
            "latest | 0.29.1 | 0.x");
  EXPECT_EQ(
      version(Tree({{"package.json", latest},
                    {"yarn.lock", "# v1\n\ndrizzle-orm@^0.30.0:\n  version \"0.30.1\"\n\ndrizzle-orm@latest:\n  version \"0.45.2\"\n"}})),
      "latest | 0.45.2 | 0.x");
  EXPECT_EQ(version(Tree({{"package.json", manifest("beta")}, {"yarn.lock", "\n\"drizzle-orm@npm:beta\":\n  version: 1.0.0-beta.9\n"}})),
            "beta | 1.0.0-beta.9 | 1.0");
  EXPECT_EQ(version(Tree({{"package.json", manifest("*")},
                          {"bun.lock", "{\n  \"packages\": {\n    \"drizzle-orm\": [\"drizzle-orm@0.45.0\", \"\", {}],\n"}})),
            "* | 0.45.0 | 0.x");
}

TEST(OrmVersion, InstalledPackage) {
  const Tree tree({{"package.json", manifest("workspace:*")}, {"node_modules/drizzle-orm/package.json", R"({"version": "1.0.0-rc.4"})"}});
  EXPECT_EQ(version(tree), "workspace:* | 1.0.0-rc.4 | 1.0");
  EXPECT_EQ(version(Tree({{"node_modules/drizzle-orm/package.json", R"({"version": "0.45.2"})"}})), "0.45.2 | 0.45.2 | 0.x");
}

}  // namespace
}  // namespace drizzle_audit::workspace
