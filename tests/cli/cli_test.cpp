// Every cases/*.txt, and the runner's own patterns.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "cli/script.h"
#include "harness/files.h"

namespace drizzle_audit::cli_tests {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(DRZ_SOURCE_DIR) / "tests" / "cli" / "cases")) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Cli : public testing::TestWithParam<std::string> {};

TEST_P(Cli, PrintsWhatTheScriptSays) {
  const fs::path path = fs::path(DRZ_SOURCE_DIR) / "tests" / "cli" / "cases" / (GetParam() + ".txt");
  const Script script = parse_script(harness::read_file(path));
  ASSERT_FALSE(script.steps.empty());
  Script actual = script;
  const std::vector<std::string> complaints = run_script(script, DRZ_PROGRAM, actual);
  if (std::getenv("DRZ_UPDATE") != nullptr && !complaints.empty()) harness::write_file(path, write_script(actual));
  for (const std::string& complaint : complaints) ADD_FAILURE() << complaint;
}

INSTANTIATE_TEST_SUITE_P(cases, Cli, testing::ValuesIn(names()),
                         [](const testing::TestParamInfo<std::string>& tested) { return tested.param; });

TEST(Script, PatternsFit) {
  EXPECT_TRUE(fits("a\nb\n", "a\nb\n"));
  EXPECT_FALSE(fits("a\n", "a\nb\n"));
  EXPECT_TRUE(fits("a [..] c\n", "a b b c\n"));
  EXPECT_FALSE(fits("a [..] c\n", "a b d\n"));
  EXPECT_TRUE(fits("a\n...\nz\n", "a\nb\nc\nz\n"));
  EXPECT_FALSE(fits("a\n...\nz\n", "a\nb\nc\n"));
  EXPECT_FALSE(fits("", "a\n"));
}

TEST(Script, SurvivesWriting) {
  const std::string text = "# why\n== file a/b.ts\nx\n== $ run it\nout\n== stderr\nerr\n== status 2\n== $ again\n";
  EXPECT_EQ(write_script(parse_script(text)), text);
}

}  // namespace
}  // namespace drizzle_audit::cli_tests
