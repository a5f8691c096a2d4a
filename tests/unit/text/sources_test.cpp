// Lines and UTF-16 columns: what editors and problem matchers are told.
#include <gtest/gtest.h>

#include "drizzle_audit/source.h"

namespace drizzle_audit {
namespace {

struct Place {
  std::uint32_t line, column, end_line, end_column;
  friend bool operator==(const Place&, const Place&) = default;
};

Place place(const std::string& text, std::uint32_t start, std::uint32_t end) {
  Sources sources;
  const FileId file = sources.add("a.ts", text);
  const Location at = sources.location({file, start, end});
  return {at.line, at.column, at.end_line, at.end_column};
}

TEST(Sources, CountsLinesAndColumnsFromOne) {
  EXPECT_EQ(place("ab\ncd", 0, 1), (Place{1, 1, 1, 2}));
  EXPECT_EQ(place("ab\ncd", 3, 5), (Place{2, 1, 2, 3}));
  EXPECT_EQ(place("ab\ncd", 2, 3), (Place{1, 3, 2, 1}));
}

TEST(Sources, KnowsEveryLineEnding) {
  EXPECT_EQ(place("a\r\nb", 3, 4), (Place{2, 1, 2, 2}));
  EXPECT_EQ(place("a\rb", 2, 3), (Place{2, 1, 2, 2}));
  Sources sources;
  const FileId file = sources.add("a.ts", "one\r\ntwo\rthree\n");
  EXPECT_EQ(sources.line(file, 1), "one");
  EXPECT_EQ(sources.line(file, 2), "two");
  EXPECT_EQ(sources.line(file, 3), "three");
  EXPECT_EQ(sources.line(file, 9), "");
}

TEST(Sources, CountsUtf16Units) {
  EXPECT_EQ(place("\xC3\xA4x", 2, 3), (Place{1, 2, 1, 3}));          // ä: one unit
  EXPECT_EQ(place("\xE2\x82\xACx", 3, 4), (Place{1, 2, 1, 3}));      // €: one unit
  EXPECT_EQ(place("\xF0\x9F\x98\x80x", 4, 5), (Place{1, 3, 1, 4}));  // an emoji: two units
}

TEST(Sources, CountsBytesThatAreNoUtf8OneByOne) { EXPECT_EQ(place("\xFF\xC3x", 2, 3), (Place{1, 3, 1, 4})); }

TEST(Sources, DoesNotCountAByteOrderMark) {
  EXPECT_EQ(place("\xEF\xBB\xBFx", 3, 4), (Place{1, 1, 1, 2}));
  Sources sources;
  EXPECT_EQ(sources.line(sources.add("a.ts", "\xEF\xBB\xBFx\n"), 1), "x");
}

TEST(Sources, TakesOffsetsPastTheEndForTheEnd) { EXPECT_EQ(place("ab", 7, 9), (Place{1, 3, 1, 3})); }

TEST(Sources, NowhereHasNoLocation) {
  const Sources sources;
  EXPECT_EQ(sources.location({}).line, 0U);
  EXPECT_EQ(sources.text(Span{}), "");
}

}  // namespace
}  // namespace drizzle_audit
