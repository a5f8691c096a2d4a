// What the grammar misreads becomes readable, byte for byte in its place.
#include "syntax/type_arguments.h"

#include <gtest/gtest.h>

#include <string>

namespace drizzle_audit::syntax {
namespace {

TEST(ReadableCopy, BlanksTypeArgumentsOfTags) {
  EXPECT_EQ(readable_copy("sql<number>`1`"), "sql        `1`");
  EXPECT_EQ(readable_copy("sql<Record<string, () => void>>`1`"), "sql" + std::string(28, ' ') + "`1`");
  EXPECT_EQ(readable_copy("sql<\n  string\n>`1`"), "sql \n        \n `1`");
}

TEST(ReadableCopy, MakesImportTypesIdentifiers) {
  EXPECT_EQ(readable_copy("x.$type<import(\"./a\").B>()"), "x.$type<import_______.B>()");
  EXPECT_EQ(readable_copy("let a: import('./a').B[]"), "let a: import_______.B[]");
}

TEST(ReadableCopy, BlanksExportsOfTypesAlone) {
  EXPECT_EQ(readable_copy("export type * from './a';"), std::string(24, ' ') + ";");
  EXPECT_EQ(readable_copy("export type * as t from \"./a\";"), std::string(29, ' ') + ";");
  EXPECT_FALSE(readable_copy("export type { A } from './a';").has_value());
}

TEST(ReadableCopy, RenamesUsingWhereItIsAName) {
  EXPECT_EQ(readable_copy("({ using }) => using;"), "({ Using }) => Using;");
  EXPECT_FALSE(readable_copy("using file = open()").has_value());
  EXPECT_FALSE(readable_copy("housing, usingIt").has_value());
}

TEST(ReadableCopy, LeavesTheRestAlone) {
  EXPECT_FALSE(readable_copy("const a = b < c; const d = e > f;").has_value());
  EXPECT_FALSE(readable_copy("const m = await import('./a');").has_value());
  EXPECT_FALSE(readable_copy("type A = B<C>; const t = `x`;").has_value());
  EXPECT_FALSE(readable_copy("(a >`b`)").has_value());  // a comparison with nothing to open it
}

}  // namespace
}  // namespace drizzle_audit::syntax
