// From import specifiers to files.
#include "workspace/resolver.h"

#include <gtest/gtest.h>

#include <thread>

#include "workspace/paths.h"
#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

/// "package", "not found", or the path relative to the tree.
std::string show(const Tree& tree, const Resolution& resolution) {
  if (resolution.kind == Resolution::Kind::kPackage) return "package";
  if (resolution.kind == Resolution::Kind::kNotFound) return "not found";
  return relative_path(resolution.path, tree.root());
}

std::string resolve(const Tree& tree, const std::string& specifier, const std::string& from = "src/a.ts", const std::string& root = "") {
  const Resolver resolver(tree.files, root.empty() ? tree.root() : tree.at(root));
  return show(tree, resolver.resolve(specifier, tree.at(from)));
}

TEST(Resolver, RelativePaths) {
  const Tree tree({{"src/users.ts", ""},
                   {"src/view.tsx", ""},
                   {"src/m.mts", ""},
                   {"src/c.cts", ""},
                   {"src/plain.js", ""},
                   {"src/x.ts", ""},
                   {"src/x.js", ""},
                   {"src/schema/index.ts", ""},
                   {"src/schema.ts", ""},
                   {"src/data.json", "{}"},
                   {"src/db.schema.ts", ""},
                   {"src/only/index.mjs", ""},
                   {"top.ts", ""},
                   {"index.ts", ""},
                   {"src/index.ts", ""}});
  EXPECT_EQ(resolve(tree, "./users"), "src/users.ts");
  EXPECT_EQ(resolve(tree, "./users.ts"), "src/users.ts");
  EXPECT_EQ(resolve(tree, "./users.js"), "src/users.ts");
  EXPECT_EQ(resolve(tree, "./view.js"), "src/view.tsx");
  EXPECT_EQ(resolve(tree, "./view.jsx"), "src/view.tsx");
  EXPECT_EQ(resolve(tree, "./m.mjs"), "src/m.mts");
  EXPECT_EQ(resolve(tree, "./c.cjs"), "src/c.cts");
  EXPECT_EQ(resolve(tree, "./plain.js"), "src/plain.js");
  EXPECT_EQ(resolve(tree, "./x.js"), "src/x.ts") << "the source before its twin";
  EXPECT_EQ(resolve(tree, "./schema"), "src/schema.ts") << "a file before a folder";
  EXPECT_EQ(resolve(tree, "./schema/"), "src/schema/index.ts");
  EXPECT_EQ(resolve(tree, "./db.schema"), "src/db.schema.ts");
  EXPECT_EQ(resolve(tree, "./data.json"), "src/data.json");
  EXPECT_EQ(resolve(tree, "./only"), "src/only/index.mjs");
  EXPECT_EQ(resolve(tree, "../top"), "top.ts");
  EXPECT_EQ(resolve(tree, ".."), "index.ts");
  EXPECT_EQ(resolve(tree, "."), "src/index.ts");
  EXPECT_EQ(resolve(tree, "./nothing"), "not found");
  EXPECT_EQ(resolve(tree, tree.at("top")), "top.ts");
  EXPECT_EQ(resolve(tree, ""), "not found");
}

TEST(Resolver, Packages) {
  const Tree tree({{"tsconfig.json", R"({"compilerOptions": {"paths": {"@/*": ["./src/*"], "*": ["./types/*"]}}})"},
                   {"src/db/x.ts", ""},
                   {"drizzle-orm.ts", ""}});
  EXPECT_EQ(resolve(tree, "drizzle-orm"), "package");
  EXPECT_EQ(resolve(tree, "drizzle-orm/pg-core"), "package");
  EXPECT_EQ(resolve(tree, "zod"), "package");
  EXPECT_EQ(resolve(tree, "@scope/x/y"), "package");
  EXPECT_EQ(resolve(tree, "node:path"), "package");
  EXPECT_EQ(resolve(tree, "@/db/x"), "src/db/x.ts");
  EXPECT_EQ(resolve(tree, "@/db/y"), "not found");
  EXPECT_EQ(resolve(tree, "#x"), "not found");
}

TEST(Resolver, AliasesFromOuterConfigsAndBaseUrl) {
  const Tree tree(
      {{"tsconfig.json",
        R"({"compilerOptions": {"baseUrl": ".", "paths": {"~/*": ["./nowhere/*", "./src/*"], "exact": ["./src/exact.ts"], "pkg": ["./lib"]}}})"},
       {"p/tsconfig.json", "{}"},
       {"src/x.ts", ""},
       {"src/exact.ts", ""},
       {"lib/package.json", R"({"main": "./dist/m.js"})"},
       {"lib/src/m.ts", ""}});
  EXPECT_EQ(resolve(tree, "~/x", "p/a.ts"), "src/x.ts");
  EXPECT_EQ(resolve(tree, "~/x.js", "p/a.ts"), "src/x.ts");
  EXPECT_EQ(resolve(tree, "exact"), "src/exact.ts");
  EXPECT_EQ(resolve(tree, "src/x"), "src/x.ts") << "baseUrl";
  EXPECT_EQ(resolve(tree, "pkg"), "lib/src/m.ts");
}

TEST(Resolver, PrivateImports) {
  const Tree tree(
      {{"package.json",
        R"({"name": "me", "exports": {"./schema": "./dist/schema.js"}, "imports": {"#db/*": "./dist/db/*.js", "#exact": {"types": "./src/e.d.ts", "default": "./src/e.ts"},
                    "#orm": "drizzle-orm", "#z": "zod", "#loop": "#loop"}})"},
       {"src/db/x.ts", ""},
       {"src/e.ts", ""},
       {"src/schema.ts", ""}});
  EXPECT_EQ(resolve(tree, "#db/x"), "src/db/x.ts");
  EXPECT_EQ(resolve(tree, "#exact"), "src/e.ts");
  EXPECT_EQ(resolve(tree, "#orm"), "package");
  EXPECT_EQ(resolve(tree, "#z"), "package");
  EXPECT_EQ(resolve(tree, "#loop"), "not found");
  EXPECT_EQ(resolve(tree, "#other"), "not found");
  EXPECT_EQ(resolve(tree, "me/schema"), "src/schema.ts") << "by its own name";
}

TEST(Resolver, WorkspacePackages) {
  const Tree tree(
      {{"package.json", R"({"workspaces": ["packages/*"]})"},
       {"packages/db/package.json", R"({"name": "@acme/db", "exports": {".": "./src/index.ts", "./schema": "./src/schema.ts"}})"},
       {"packages/db/src/index.ts", ""},
       {"packages/db/src/schema.ts", ""},
       {"packages/api/package.json", "{}"},
       {"packages/api/src/a.ts", ""}});
  for (const char* root : {"", "packages/api"}) {
    EXPECT_EQ(resolve(tree, "@acme/db", "packages/api/src/a.ts", root), "packages/db/src/index.ts");
    EXPECT_EQ(resolve(tree, "@acme/db/schema", "packages/api/src/a.ts", root), "packages/db/src/schema.ts");
    EXPECT_EQ(resolve(tree, "@acme/db/nothing", "packages/api/src/a.ts", root), "not found");
    EXPECT_EQ(resolve(tree, "@acme/other", "packages/api/src/a.ts", root), "package");
  }
}

TEST(Resolver, LinkedPackagesButNoThirdPartyCode) {
  const Tree outside({{"package.json", "{}"}, {"index.ts", ""}});
  const Tree tree({{"libs/db/package.json", R"({"main": "./index.ts"})"},
                   {"libs/db/index.ts", ""},
                   {"node_modules/third/package.json", "{}"},
                   {"node_modules/third/index.ts", ""},
                   {"node_modules/.pnpm/x/node_modules/x/index.ts", ""},
                   {"app/package.json", "{}"}});
  tree.link("node_modules/@acme/db", "../../libs/db");
  tree.link("node_modules/x", ".pnpm/x/node_modules/x");
  tree.link("node_modules/far", outside.root());
  EXPECT_EQ(resolve(tree, "@acme/db", "app/src/a.ts"), "libs/db/index.ts");
  EXPECT_EQ(resolve(tree, "third", "app/src/a.ts"), "package");
  EXPECT_EQ(resolve(tree, "x", "app/src/a.ts"), "package");
  EXPECT_EQ(resolve(tree, "far", "app/src/a.ts"), "package");
}

TEST(Resolver, OneFileHasOnePath) {
  const Tree tree({{"src/real/x.ts", ""}, {"src/a.ts", ""}});
  tree.link("src/linked", "real");
  tree.link("src/y.ts", "real/x.ts");
  EXPECT_EQ(resolve(tree, "./linked/x"), "src/real/x.ts");
  EXPECT_EQ(resolve(tree, "./y"), "src/real/x.ts");
}

TEST(Resolver, ReportsBrokenSetUp) {
  const Tree tree({{"tsconfig.json", "{"}, {"package.json", "}"}, {"src/x.ts", ""}});
  const Resolver resolver(tree.files, tree.root());
  EXPECT_EQ(show(tree, resolver.resolve("./x", tree.at("src/a.ts"))), "src/x.ts");
  EXPECT_EQ(show(tree, resolver.resolve("y", tree.at("src/a.ts"))), "package");
  ASSERT_EQ(resolver.problems().size(), 2U);
  EXPECT_EQ(resolver.problems()[0].path, tree.at("package.json"));
  EXPECT_EQ(resolver.problems()[1].path, tree.at("tsconfig.json"));
}

TEST(Resolver, IsSafeFromSeveralThreads) {
  const Tree tree({{"tsconfig.json", R"({"compilerOptions": {"paths": {"@/*": ["./src/*"]}}})"},
                   {"package.json", R"({"workspaces": ["p/*"]})"},
                   {"p/db/package.json", R"({"name": "db"})"},
                   {"p/db/index.ts", ""}});
  for (int i = 0; i < 50; ++i) tree.add("src/f" + std::to_string(i) + ".ts");
  const Resolver resolver(tree.files, tree.root());
  const auto work = [&] {
    for (int i = 0; i < 50; ++i) {
      const std::string name = "f" + std::to_string(i);
      EXPECT_EQ(show(tree, resolver.resolve("@/" + name, tree.at("src/a.ts"))), "src/" + name + ".ts");
      EXPECT_EQ(show(tree, resolver.resolve("db", tree.at("src/d" + name + "/a.ts"))), "p/db/index.ts");
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace drizzle_audit::workspace
