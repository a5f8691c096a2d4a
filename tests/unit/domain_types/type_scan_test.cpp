// What the bytes of a file say of the types in it.
#include <gtest/gtest.h>

#include <string>

#include "types/type_scan.h"

namespace drizzle_audit::domain_type_tests {
namespace {

std::string names(std::string_view text) {
  std::string list;
  for (const std::string_view name : types::declared_type_names(text)) list += (list.empty() ? "" : " ") + std::string(name);
  return list;
}

TEST(TypeScan, FindsDeclarationsAtTheTop) {
  EXPECT_EQ(
      names(
          "export interface Order {\n}\ntype A = string;\nexport type B<T> = T[];\ndeclare interface C {}\nexport default interface D {}"),
      "Order A B C D");
  EXPECT_EQ(names("export interface Order\n  extends Base {}"), "Order");
}

TEST(TypeScan, LeavesOutWhatDeclaresNothing) {
  EXPECT_EQ(names("import type Foo from './foo';\nexport type { Order } from './order';\nexport type * from './all';"), "");
  EXPECT_EQ(names("function f() {\n  type Local = string;\n  interface Inner {}\n}"), "");
  EXPECT_EQ(names("// the type Order = of things\nconst prototype = 1;"), "");
}

TEST(TypeScan, KeepsTheDeclarationsOfAFile) {
  const std::string_view text =
      "import { a } from './a';\nexport interface Order {\n  id: string;\n}\nexport function f() {}\ntype Kind =\n  | 'a'\n  | 'b';\nconst "
      "x = 1;\n";
  EXPECT_EQ(types::excerpt("/p/order.ts", text), "export interface Order {\n  id: string;\n}\ntype Kind =\n  | 'a'\n  | 'b';\n");
  EXPECT_EQ(types::excerpt("/p/order.js", text), "");
  EXPECT_EQ(types::excerpt("/p/order.ts", "export const a = 1;\n"), "");
  EXPECT_EQ(types::excerpt("/p/order.ts", "// @generated\nexport interface Order {}\n"), "");
  // What stands above a declaration is not in it: all of the file then.
  const std::string_view tagged = "/** @table orders */\nexport interface Basket {}\nconst x = 1;\n";
  EXPECT_EQ(types::excerpt("/p/order.ts", tagged), tagged);
}

TEST(TypeScan, KnowsGeneratedFiles) {
  EXPECT_TRUE(types::is_generated("/* eslint-disable */\n// This file was automatically generated. DO NOT EDIT.\nexport interface A {}"));
  EXPECT_TRUE(types::is_generated("/** @generated */\nexport interface A {}"));
  EXPECT_FALSE(types::is_generated("export interface Invoice { note: 'do not edit' }"));
  EXPECT_FALSE(types::is_generated("// The order as the page shows it.\nexport interface Order {}"));
}

}  // namespace
}  // namespace drizzle_audit::domain_type_tests
