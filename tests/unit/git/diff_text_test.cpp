// What git prints, as it prints it; tests/cli/cases/git_*.txt ask git itself.
#include "git/diff_text.h"

#include <gtest/gtest.h>

namespace drizzle_audit::git {
namespace {

std::string shown(const ChangedLines& changed) {
  std::string text;
  for (const auto& [path, lines] : changed) {
    text += path + ":";
    for (const LineRange& range : lines) text += " " + std::to_string(range.first) + "-" + std::to_string(range.last);
    text += "\n";
  }
  return text;
}

TEST(Patch, KnowsWhatIsNewAndWhatOnlyWent) {
  EXPECT_EQ(shown(read_patch("diff --git a/a.ts b/a.ts\nindex 1..2 100644\n--- a/a.ts\n+++ b/a.ts\n"
                             "@@ -1 +1 @@ text\n-x\n+y\n@@ -5,2 +4,0 @@\n-p\n-q\n@@ -9,0 +7,3 @@\n+1\n+2\n+3\n")),
            "a.ts: 1-1 7-9\n");
}

TEST(Patch, IsNotFooledByLinesThatLookLikeHeads) {
  EXPECT_EQ(
      shown(read_patch("diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1,2 +1,2 @@\n--- a/x\n-@@ -1 +1 @@\n+++ b/y\n+@@ -7 +7 @@\n"
                       "diff --git a/b.ts b/b.ts\n--- /dev/null\n+++ b/b.ts\n@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n")),
      "a.ts: 1-2\nb.ts: 1-1\n");
}

TEST(Patch, ReadsNamesAsGitQuotesThem) {
  EXPECT_EQ(shown(read_patch("+++ b/with space.ts\t\n@@ -0,0 +1 @@\n+x\n+++ \"b/\\303\\251\\t\\\"\\\\\\n.ts\"\n@@ -0,0 +2 @@\n+x\n")),
            "with space.ts: 1-1\n\u00e9\t\"\\\n.ts: 2-2\n");
}

TEST(Patch, LeavesOutDeletedAndBinaryFiles) {
  EXPECT_EQ(shown(read_patch("diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
                             "diff --git a/b b/b\nBinary files a/b and b/b differ\n* Unmerged path c.ts\n")),
            "");
}

TEST(Patch, SurvivesAnything) {
  for (const char* text : {"@@", "@@ -", "@@ -1", "@@ -1 +", "+++ \"b/\\", "+++ \"b/\\3", "@@ -1,99999999999 +1,9 @@\n", "\n\n", "+++ \"b"})
    read_patch(text);
}

TEST(Raw, ReadsRecords) {
  const std::string text(":100644 100644 aa bb M\0a b.ts\0:000000 100644 00 cc A\0\n.ts\0", 58);
  const std::vector<RawChange> changes = read_raw(text);
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].path, "a b.ts");
  EXPECT_EQ(changes[0].old_id, "aa");
  EXPECT_EQ(changes[1].path, "\n.ts");
  EXPECT_EQ(changes[1].status, 'A');
  EXPECT_TRUE(read_raw("").empty());
  EXPECT_TRUE(read_raw(":1 2").empty());
}

}  // namespace
}  // namespace drizzle_audit::git
