// tsconfig.json: inheritance, aliases, solutions.
#include "workspace/tsconfig.h"

#include <gtest/gtest.h>

#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

struct Fixture {
  template <std::size_t N>
  explicit Fixture(const TreeFile (&list)[N]) : tree(list), folders(tree.files), packages(folders, tree.root()), configs(packages) {}

  /// "pattern -> target target" for every alias of the nearest config.
  std::vector<std::string> aliases(const std::string& file) {
    std::vector<std::string> result;
    const TsConfig* config = configs.nearest(tree.at(file));
    if (config == nullptr) return result;
    for (const PathAlias& alias : config->paths) {
      std::string line = alias.pattern + " ->";
      for (const std::string& target : tree.inside(alias.targets)) line += " " + target;
      result.push_back(line);
    }
    return result;
  }

  Tree tree;
  FolderCache folders;
  Packages packages;
  TsConfigs configs;
};

TEST(TsConfig, PathsAreRelativeToWhoDeclaresThem) {
  Fixture f({{"tsconfig.base.json", R"({"compilerOptions": {"paths": {"@acme/*": ["./libs/*/src"], "~": ["./x"]}}})"},
             {"libs/db/tsconfig.json", R"({"extends": "../../tsconfig.base.json", /* c */ "compilerOptions": {"outDir": "dist",},})"}});
  EXPECT_EQ(f.aliases("libs/db/src/a.ts"), (Paths{"~ -> x", "@acme/* -> libs/*/src"}));
  EXPECT_EQ(f.configs.nearest(f.tree.at("libs/db/a.ts"))->out_dir, f.tree.at("libs/db/dist"));
}

TEST(TsConfig, BaseUrlAndOrder) {
  Fixture f(
      {{"tsconfig.json",
        R"({"compilerOptions": {"baseUrl": "./src", "paths": {"@/*": ["*", "gen/*"], "@/db/*": ["database/*"], "@/db/x": ["y"], "a*b*": ["c"]}}})"}});
  EXPECT_EQ(f.aliases("src/a.ts"), (Paths{"@/db/x -> src/y", "@/db/* -> src/database/*", "@/* -> src/* src/gen/*"}));
  EXPECT_EQ(f.configs.nearest(f.tree.at("a.ts"))->base_url, f.tree.at("src"));
}

TEST(TsConfig, ExtendsListsPackagesAndConfigDir) {
  Fixture f({{"node_modules/@tsconfig/node20/tsconfig.json", R"({"compilerOptions": {"baseUrl": "${configDir}/src"}})"},
             {"a.json", R"({"compilerOptions": {"paths": {"a/*": ["${configDir}/one/*"]}}})"},
             {"b.json", R"({"compilerOptions": {"paths": {"b/*": ["${configDir}/two/*"]}}})"},
             {"p/tsconfig.json", R"({"extends": ["@tsconfig/node20", "../a", "../b.json", "@not/installed/x.json"]})"}});
  EXPECT_EQ(f.aliases("p/x.ts"), (Paths{"b/* -> p/two/*"}));
  EXPECT_EQ(f.configs.nearest(f.tree.at("p/x.ts"))->base_url, f.tree.at("p/src"));
  EXPECT_TRUE(f.configs.problems().empty());
}

TEST(TsConfig, ExtendsAWorkspacePackageThatIsNotLinked) {
  Fixture f({{"package.json", R"({"workspaces": ["tooling/*", "db"]})"},
             {"tooling/ts/package.json", R"({"name": "@acme/ts"})"},
             {"tooling/ts/base.json", R"({"compilerOptions": {"paths": {"~/*": ["${configDir}/src/*"]}}})"},
             {"db/tsconfig.json", R"({"extends": "@acme/ts/base.json"})"}});
  EXPECT_EQ(f.aliases("db/src/a.ts"), (Paths{"~/* -> db/src/*"}));
}

TEST(TsConfig, SolutionStyle) {
  Fixture f({{"tsconfig.json",
              R"({"files": [], "references": [{"path": "./tsconfig.node.json"}, {"path": "./tsconfig.app.json"}, {"path": "./missing"}]})"},
             {"tsconfig.node.json", R"({"include": ["vite.config.ts"], "compilerOptions": {"paths": {"n/*": ["./n/*"]}}})"},
             {"tsconfig.app.json", R"({"include": ["src"], "compilerOptions": {"paths": {"@/*": ["./src/*"]}}})"}});
  EXPECT_EQ(f.aliases("src/db/a.ts"), (Paths{"@/* -> src/*"}));
  EXPECT_EQ(f.aliases("vite.config.ts"), (Paths{"n/* -> n/*"}));
}

TEST(TsConfig, NearestWinsAndOuterOnesFollow) {
  Fixture f({{"tsconfig.json", R"({"compilerOptions": {"paths": {"root/*": ["./*"]}}})"},
             {"p/jsconfig.json", R"({"compilerOptions": {"paths": {"p/*": ["./*"]}}})"}});
  EXPECT_EQ(f.aliases("p/a.js"), (Paths{"p/* -> p/*"}));
  EXPECT_EQ(f.configs.for_file(f.tree.at("p/a.js")).size(), 2U);
}

TEST(TsConfig, CyclesAndBrokenFilesAreNoCrash) {
  Fixture f(
      {{"a/tsconfig.json", R"({"extends": "../b/tsconfig.json", "compilerOptions": {"paths": {"a": ["./a"]}}})"},
       {"b/tsconfig.json", R"({"extends": "../a/tsconfig.json", "references": [{"path": "../a"}, {"path": "."}]})"},
       {"c/tsconfig.json", "{ \"compilerOptions\": \n oops }"},
       {"d/tsconfig.json", R"(["not", "an object"])"},
       {"e/tsconfig.json",
        R"({"extends": 1, "compilerOptions": {"paths": {"x": "y", "z": [1, "w"]}, "baseUrl": 3}, "files": "x", "references": [1, {}]})"}});
  EXPECT_EQ(f.aliases("a/x.ts"), (Paths{"a -> a/a"}));
  (void)f.configs.nearest(f.tree.at("b/x.ts"));
  EXPECT_TRUE(f.aliases("c/x.ts").empty());
  EXPECT_TRUE(f.aliases("d/x.ts").empty());
  EXPECT_EQ(f.aliases("e/x.ts"), (Paths{"z -> e/w"}));
  ASSERT_EQ(f.configs.problems().size(), 1U);
  EXPECT_EQ(f.configs.problems()[0].path, f.tree.at("c/tsconfig.json"));
  EXPECT_EQ(f.configs.problems()[0].error.line, 2U);
}

}  // namespace
}  // namespace drizzle_audit::workspace
