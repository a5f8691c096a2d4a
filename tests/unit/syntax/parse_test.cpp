// Parsing and lowering: what survives, what becomes unsupported, what is reported.
#include "syntax/parse.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace drizzle_audit::syntax {
namespace {

/// A tree with the text it points into.
struct Parsed {
  explicit Parsed(std::string its_text, const std::string& path = "a.ts") : text(std::move(its_text)), tree(parse(text, path, 0)) {}
  std::string text;
  SyntaxTree tree;
};

/// The initialiser of the first variable.
const Node* first_value(const Parsed& parsed) {
  const Node* item = parsed.tree.root->child(0);
  if (item->kind == NodeKind::kExport) item = item->child(0);
  return item->child(0)->child(1);
}

TEST(Parse, DropsWhatOnlyTheTypeCheckerSees) {
  for (const char* text : {"const a = (b as const)!;", "const a = <T>b;", "const a = b satisfies T as U;", "const a: T = ((b));"}) {
    const Parsed parsed(text);
    EXPECT_EQ(first_value(parsed)->kind, NodeKind::kIdentifier) << text;
    EXPECT_TRUE(parsed.tree.errors.empty()) << text;
  }
}

TEST(Parse, ResolvesEscapes) {
  EXPECT_EQ(first_value(Parsed(R"(const a = 'it\'s \u00e4 \u{1F600} \x41\n';)"))->text, "it's \xC3\xA4 \xF0\x9F\x98\x80 A\n");
  EXPECT_EQ(first_value(Parsed(R"(const a = "\uD83D\uDE00";)"))->text, "\xF0\x9F\x98\x80");
}

TEST(Parse, KeepsHolesInArrays) {
  const Parsed parsed("const a = [1, , 2];");
  const Node* array = first_value(parsed);
  ASSERT_EQ(array->children.size(), 3U);
  EXPECT_EQ(array->child(1), nullptr);
}

TEST(Parse, ReadsTypedTagsAsTags) {
  const Parsed parsed("const a = sql<string | null>`x`.as('b');");
  EXPECT_EQ(first_value(parsed)->kind, NodeKind::kCall);
  EXPECT_TRUE(parsed.tree.errors.empty());
}

TEST(Parse, ReadsJsxOnlyWhereItMayStand) {
  EXPECT_TRUE(Parsed("const a = <div>x</div>;", "a.tsx").tree.errors.empty());
  EXPECT_FALSE(Parsed("const a = <div>x</div>;", "a.ts").tree.errors.empty());
}

TEST(Parse, ReportsErrorsAndReadsOn) {
  const Parsed parsed("const a = 1;\nconst b = (;\nconst c = 3;\n");
  ASSERT_FALSE(parsed.tree.errors.empty());
  EXPECT_EQ(parsed.tree.errors.front().span.file, 0U);
  EXPECT_EQ(first_value(parsed)->text, "1");
  EXPECT_EQ(parsed.tree.root->children.back()->child(0)->child(0)->text, "c");
}

TEST(Parse, SurvivesTenThousandParentheses) {
  const Parsed parsed("const a = " + std::string(10'000, '(') + "1" + std::string(10'000, ')') + ";");
  EXPECT_EQ(first_value(parsed)->kind, NodeKind::kNumber);
}

TEST(Parse, GivesUpOnWhatIsNestedWithoutEnd) {
  std::string text = "const a = ";
  for (int i = 0; i < 5'000; ++i) text += "[";
  for (int i = 0; i < 5'000; ++i) text += "]";
  const Parsed parsed(text);
  const Node* node = first_value(parsed);
  while (node->kind == NodeKind::kArray && !node->children.empty()) node = node->child(0);
  EXPECT_EQ(node->kind, NodeKind::kUnsupported);
}

TEST(Parse, AcceptsAnything) {
  for (const std::string& text :
       {std::string(), std::string("\xEF\xBB\xBF"), std::string("\0\0\0", 3), std::string("\xFF\xFE"), std::string("`${"),
        std::string("import {"), std::string("export * from"), std::string("@@@"), std::string("class { static #")}) {
    EXPECT_NE(Parsed(text).tree.root, nullptr);
  }
}

}  // namespace
}  // namespace drizzle_audit::syntax
