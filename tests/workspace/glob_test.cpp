// Globs against the tables that npm's minimatch and glob wrote (fixtures/make_glob_cases.mjs), and against hostile patterns.
#include "workspace/glob.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <sstream>

#include "workspace/paths.h"
#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

using Row = std::vector<std::string>;

/// The sections of a fixture; a line "# …" opens the next. Cells are separated by tabs.
std::vector<std::vector<Row>> read_sections(const char* name) {
  std::istringstream text(harness::read_file(std::string(DRZ_SOURCE_DIR "/tests/workspace/fixtures/") + name));
  std::vector<std::vector<Row>> sections;
  for (std::string line; std::getline(text, line);) {
    if (line.compare(0, 2, "# ") == 0) {
      sections.emplace_back();
      continue;
    }
    Row row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    sections.back().push_back(row);
  }
  return sections;
}

TEST(Glob, MatchesAsMinimatchDoes) {
  const auto sections = read_sections("glob_match.txt");
  ASSERT_EQ(sections.size(), 2U);
  ASSERT_GT(sections[1].size(), 50U);
  for (const Row& row : sections[1]) {
    Row matched{row.front()};
    for (const Row& name : sections[0]) {
      if (matches(row.front(), name.front())) matched.push_back(name.front());
    }
    EXPECT_EQ(matched, row);
  }
}

TEST(Glob, ExpandsAsGlobDoes) {
  const auto sections = read_sections("glob_expand.txt");
  ASSERT_EQ(sections.size(), 3U);
  const Tree tree;
  for (const Row& file : sections[0]) tree.add(file[0]);
  for (const Row& link : sections[1]) tree.link(link[0], link[1]);
  for (const Row& row : sections[2]) {
    Row found{row.front()};
    for (const GlobMatch& match : expand(tree.files, tree.root(), row.front())) found.push_back(relative_path(match.path, tree.root()));
    EXPECT_EQ(found, row);
  }
}

TEST(Glob, ALeadingDotSlashMeansNothing) {
  EXPECT_TRUE(matches("./src/*.ts", "src/a.ts"));
  EXPECT_TRUE(matches("src/*.ts", "./src/a.ts"));
  EXPECT_TRUE(matches("/a/*.ts", "/a/b.ts"));
  EXPECT_FALSE(matches("/a/*.ts", "a/b.ts"));
}

TEST(Glob, TellsPlainPaths) {
  EXPECT_FALSE(is_glob("./src/schema.ts"));
  EXPECT_FALSE(is_glob("src/\\[id\\].ts"));
  EXPECT_TRUE(is_glob("src/*.ts"));
  EXPECT_TRUE(is_glob("src/{a,b}.ts"));
  EXPECT_TRUE(is_glob("**"));
}

TEST(Glob, LeavesNodeModulesAlone) {
  const Tree tree({{"a/schema.ts", ""}, {"node_modules/x/schema.ts", ""}, {"a/node_modules/schema.ts", ""}});
  EXPECT_EQ(expand(tree.files, tree.root(), "**/schema.ts").size(), 1U);
  EXPECT_EQ(expand(tree.files, tree.root(), "node_modules/*/schema.ts").size(), 1U) << "named on purpose";
}

TEST(Glob, AFolderStandsForTheFilesInIt) {
  const Tree tree({{"schema/b.ts", ""}, {"schema/a.ts", ""}, {"schema/readme.md", ""}, {"schema/deep/c.ts", ""}, {"x.ts", ""}});
  EXPECT_EQ(tree.inside(expand_schema_files(tree.files, tree.root(), "./schema")),
            (Paths{"schema/a.ts", "schema/b.ts", "schema/readme.md"}));
  EXPECT_EQ(tree.inside(expand_schema_files(tree.files, tree.root(), "./*.ts")), (Paths{"x.ts"}));
  EXPECT_EQ(expand_schema_files(tree.files, tree.at("schema"), "../x.ts"), (Paths{tree.at("x.ts")}));
  EXPECT_TRUE(expand_schema_files(tree.files, tree.root(), "").empty());
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

TEST(Glob, HostilePatternsTakeNoExponentialTime) {
  const std::clock_t start = std::clock();
  const std::string name(200, 'a');
  for (const std::string& pattern : {repeat("*a", 100) + "b", repeat("+(a|aa)", 40) + "b", repeat("*(", 500) + "a" + repeat(")", 500),
                                     repeat("*(*(", 8) + "a" + repeat("))", 8) + "b", repeat("!(a)", 200) + "b", repeat("{a,b}", 100),
                                     repeat("{", 4000), repeat("{a,", 2000), repeat("[", 4000), repeat("+(", 4000), repeat("@(a|", 3000),
                                     std::string("{1..999999999}"), repeat("{1..1000}", 4), std::string("{-999999999..999999999..1}"),
                                     repeat("**/", 2000) + "x", repeat("!(!(", 200) + "a" + repeat("))", 200)}) {
    EXPECT_FALSE(matches(pattern, name + "c")) << pattern.substr(0, 40);
    (void)is_glob(pattern);
  }
  EXPECT_FALSE(matches(repeat("**/a/", 60) + "b", repeat("a/", 200) + "c"));
  // Of this process, whatever else runs; about 4 without optimisation, several times that under a sanitizer.
  EXPECT_LT((std::clock() - start) / CLOCKS_PER_SEC, 60);
}

TEST(Glob, LoopsOfLinksEnd) {
  const Tree tree({{"a/x.ts", ""}});
  tree.link("a/self", ".");
  tree.link("a/up", "..");
  EXPECT_EQ(expand(tree.files, tree.root(), "**/x.ts").size(), 2U) << "a/x.ts and, one link deep, a/self/x.ts";
}

}  // namespace
}  // namespace drizzle_audit::workspace
