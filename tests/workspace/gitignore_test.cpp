// Ignore rules compared with what git itself says, over written cases and over generated ones.
#include "workspace/gitignore.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "harness/process.h"
#include "workspace/paths.h"
#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

void git_init(const Tree& tree) {
  const auto result = harness::run({{"git", "init", "-q"}, tree.root(), {{"GIT_CONFIG_NOSYSTEM", "1"}, {"HOME", tree.root()}}, ""});
  ASSERT_EQ(result.status, 0) << result.err;
}

std::set<std::string> ignored_by_git(const Tree& tree, const std::vector<std::string>& paths) {
  std::string input;
  for (const std::string& path : paths) input += path + '\0';
  const auto result = harness::run(
      {{"git", "check-ignore", "-z", "--stdin", "--no-index"}, tree.root(), {{"GIT_CONFIG_NOSYSTEM", "1"}, {"HOME", tree.root()}}, input});
  EXPECT_TRUE(result.status == 0 || result.status == 1) << result.err;
  std::set<std::string> ignored;
  for (std::size_t begin = 0; begin < result.out.size();) {
    const std::size_t end = result.out.find('\0', begin);
    ignored.insert(result.out.substr(begin, end - begin));
    begin = end + 1;
  }
  return ignored;
}

/// Visits everything below `folder` the way `walk` does and notes what the chain ignores, with all that lies in ignored folders.
void collect_ignored(const Tree& tree, const std::string& folder, std::shared_ptr<const IgnoreChain> chain, bool all,
                     std::set<std::string>& ignored) {
  const auto text = tree.files.read(folder + "/.gitignore", 10000);
  if (const auto* rules = std::get_if<std::string>(&text)) chain = IgnoreChain::inside(chain, folder, *rules);
  for (const Entry& entry : tree.files.list(folder)) {
    if (entry.name == ".git") continue;
    const std::string path = join(folder, entry.name);
    const bool is_folder = entry.kind == EntryKind::kFolder;
    const bool is_ignored = all || (chain && chain->ignores(path, is_folder));
    if (is_ignored) ignored.insert(relative_path(path, tree.root()));
    if (is_folder) collect_ignored(tree, path, chain, is_ignored, ignored);
  }
}

std::vector<std::string> everything(const Tree& tree, const std::string& folder) {
  std::vector<std::string> paths;
  for (const Entry& entry : tree.files.list(folder)) {
    if (entry.name == ".git") continue;
    const std::string path = join(folder, entry.name);
    paths.push_back(relative_path(path, tree.root()));
    if (entry.kind != EntryKind::kFolder) continue;
    const auto more = everything(tree, path);
    paths.insert(paths.end(), more.begin(), more.end());
  }
  return paths;
}

void expect_as_git(const Tree& tree, const std::string& what) {
  std::set<std::string> ours;
  collect_ignored(tree, tree.root(), IgnoreChain::above(tree.files, tree.root()), false, ours);
  EXPECT_EQ(ours, ignored_by_git(tree, everything(tree, tree.root()))) << what;
}

const std::vector<std::string> kFiles{"a.ts",         "b.ts",          "a.log",
                                      "foo/a.ts",     "foo/bar/a.ts",  "foo/bar/baz/b.log",
                                      "bar/foo/a.ts", "dist/x.js",     "src/dist/y.js",
                                      "src/gen/z.ts", "src/db/a.ts",   "src/db/gen.ts",
                                      "[x].ts",       "#hash",         "!bang",
                                      "back\\slash",  "tail ",         "é.ts",
                                      "x/y/z/w.ts",   "deep/x/y/w.ts", "node_modules/m.js",
                                      "foo.d/a.ts",   "abc.ts",        "aXc.ts",
                                      "build",        "lib/build/o.ts"};

TEST(Gitignore, WrittenCasesAsGit) {
  const Tree tree;
  git_init(tree);
  for (const std::string& file : kFiles) tree.add(file);
  for (const char* rules : {
           "*.log\n",
           "/a.ts\n",
           "foo/\n",
           "build/\n",
           "foo/*\n!foo/bar/\n",
           "foo/**\n!foo/bar\n",
           "**/gen\n",
           "src/**/gen*\n",
           "x/**/w.ts\n",
           "**/y/w.ts\n",
           "/dist\n",
           "dist\n!src/dist\n",
           "*\n!*/\n!*.ts\n",
           "\\#hash\n\\!bang\n",
           "#hash\n!bang\n",
           "back\\\\slash\n",
           "tail\\ \n",
           "tail   \n",
           "\\[x\\].ts\n",
           "[ab].ts\n",
           "[!a].ts\n",
           "a[A-Z]c.ts\n",
           "a[[:upper:]]c.ts\n",
           "a?c.ts\n",
           "\xEF\xBB\xBF*.log\r\nfoo/\r\n",
           "foo.d\n*.d/\n",
           "/**\n!src/\n!src/**\n",
           "foo\\\n",
           "[a\n",
           "a[\n*.ts\n",
           "**\n",
           "**/\n",
           "f**o/a.ts\n",
           "foo/**bar/a.ts\n",
           "\n\n   \n",
           "!\n/\n//\n",
           "node_modules\n*.js\n!y.js\n",
       }) {
    tree.add(".gitignore", rules);
    expect_as_git(tree, rules);
  }
}

TEST(Gitignore, NestedFilesAndExcludeAsGit) {
  const Tree tree;
  git_init(tree);
  for (const std::string& file : kFiles) tree.add(file);
  tree.add(".git/info/exclude", "*.log\nabc.ts\n!x\n");
  tree.add(".gitignore", "!abc.ts\n/src/db/*.ts\nw.ts\n");
  tree.add("src/.gitignore", "!db/gen.ts\n/gen\n");
  tree.add("src/db/.gitignore", "!a.ts\n");
  tree.add("foo/bar/.gitignore", "*\n!.gitignore\n");
  tree.add("x/.gitignore", "!w.ts\n");
  expect_as_git(tree, "nested");
}

TEST(Gitignore, GeneratedCasesAsGit) {
  std::mt19937 random(20240501);
  const auto pick = [&random](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  const std::vector<std::string> parts{"*",  "**",   "foo", "bar", "src", "*.ts", "a*",   "?oo",     "[a-f]*", "gen", "*.log",
                                       "db", "dist", "x",   "y",   "b*z", "\\*",  "a.ts", "[!a].ts", "***",    "*o*", "**a"};
  const Tree tree;
  git_init(tree);
  for (const std::string& file : kFiles) tree.add(file);
  for (int round = 0; round < 60; ++round) {
    std::string shown;
    for (const char* place : {".gitignore", "src/.gitignore", "foo/.gitignore"}) {
      std::string rules;
      for (std::size_t line = random() % 5; line > 0; --line) {
        if (random() % 3 == 0) rules += '!';
        if (random() % 4 == 0) rules += '/';
        rules += pick(parts);
        for (std::size_t more = random() % 3; more > 0; --more) rules += "/" + pick(parts);
        if (random() % 4 == 0) rules += '/';
        rules += '\n';
      }
      tree.add(place, rules);
      shown += std::string(place) + ":\n" + rules;
    }
    expect_as_git(tree, shown);
  }
}

TEST(Gitignore, RulesAboveTheRootApply) {
  const Tree tree(
      {{".gitignore", "*.gen.ts\n/packages/db/out\n"}, {"packages/.gitignore", "!keep.gen.ts\n"}, {"packages/db/a.gen.ts", ""}});
  git_init(tree);
  const auto chain = IgnoreChain::above(tree.files, tree.at("packages/db"));
  ASSERT_NE(chain, nullptr);
  EXPECT_TRUE(chain->ignores(tree.at("packages/db/a.gen.ts"), false));
  EXPECT_FALSE(chain->ignores(tree.at("packages/db/keep.gen.ts"), false));
  EXPECT_TRUE(chain->ignores(tree.at("packages/db/out"), true));
  EXPECT_FALSE(chain->ignores(tree.at("packages/db/a.ts"), false));
}

}  // namespace
}  // namespace drizzle_audit::workspace
