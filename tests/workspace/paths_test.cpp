// Path arithmetic.
#include "workspace/paths.h"

#include <gtest/gtest.h>

namespace drizzle_audit::workspace {
namespace {

TEST(Paths, Normalize) {
  EXPECT_EQ(normalize("/a/./b//c/../d/"), "/a/b/d");
  EXPECT_EQ(normalize("/.."), "/");
  EXPECT_EQ(normalize("a/.."), ".");
  EXPECT_EQ(normalize("../../a"), "../../a");
  EXPECT_EQ(normalize("a/../../b"), "../b");
  EXPECT_EQ(normalize(""), ".");
}

TEST(Paths, Join) {
  EXPECT_EQ(join("/a/b", "../c.ts"), "/a/c.ts");
  EXPECT_EQ(join("/a/b", "/x"), "/x");
  EXPECT_EQ(join("/", "a"), "/a");
}

TEST(Paths, Parts) {
  EXPECT_EQ(dirname("/a/b"), "/a");
  EXPECT_EQ(dirname("/a"), "/");
  EXPECT_EQ(dirname("a"), ".");
  EXPECT_EQ(basename("/a/b.ts"), "b.ts");
  EXPECT_EQ(extension("/a.b/c"), "");
  EXPECT_EQ(extension("x.d.ts"), ".ts");
  EXPECT_EQ(extension(".gitignore"), "");
  EXPECT_EQ(without_extension("/a/x.tsx"), "/a/x");
}

TEST(Paths, Relative) {
  EXPECT_EQ(relative_path("/a/b/c", "/a"), "b/c");
  EXPECT_EQ(relative_path("/a/b", "/a/c/d"), "../../b");
  EXPECT_EQ(relative_path("/a", "/a"), ".");
  EXPECT_EQ(relative_path("/a", "/a/b"), "..");
  EXPECT_EQ(relative_path("/a", "/"), "a");
  EXPECT_TRUE(is_within("/a/b", "/a"));
  EXPECT_FALSE(is_within("/ab", "/a"));
}

TEST(Paths, SourceNames) {
  for (const char* name : {"a.ts", "a.tsx", "a.mts", "a.cts", "a.js", "a.mjs", "a.cjs", "a.jsx", "a.test.ts", "d.ts"})
    EXPECT_TRUE(is_source_name(name)) << name;
  for (const char* name : {"a.d.ts", "a.d.mts", "a.d.cts", "a.d.css.ts", "a.json", ".ts", "ts", "a.css", "Makefiles"})
    EXPECT_FALSE(is_source_name(name)) << name;
}

}  // namespace
}  // namespace drizzle_audit::workspace
