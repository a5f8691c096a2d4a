// JSON with comments.
#include "workspace/jsonc.h"

#include <gtest/gtest.h>

#include "workspace/tree.h"

namespace drizzle_audit::workspace {
namespace {

std::string dump(std::string_view text) {
  const auto result = parse_jsonc(text);
  const auto* json = std::get_if<Json>(&result);
  if (json != nullptr) return json->dump();
  const auto& error = std::get<JsonError>(result);
  return std::to_string(error.line) + ":" + std::to_string(error.column);
}

TEST(Jsonc, ReadsWhatPeopleWrite) {
  EXPECT_EQ(dump("\xEF\xBB\xBF{ // c\n  \"a\": [1, 2,], /* x, } */\n  \"b\": \"// no /* comment */ ,}\",\n}\n"),
            R"({"a":[1,2],"b":"// no /* comment */ ,}"})");
  EXPECT_EQ(dump(R"({"z":1,"a":2})"), R"({"z":1,"a":2})") << "order is kept";
  EXPECT_EQ(dump(R"({"a":"\\\"//"})"), R"({"a":"\\\"//"})");
  EXPECT_EQ(dump("[1,/* c */ ]"), "[1]");
}

TEST(Jsonc, SaysWhereItFails) {
  EXPECT_EQ(dump("{\n  \"a\": 1\n  \"b\": 2\n}"), "3:5");
  EXPECT_EQ(dump(""), "1:1");
  EXPECT_EQ(dump("{\"a\":1,,}"), "1:8");
  EXPECT_EQ(dump("/* open"), "1:8");
  EXPECT_EQ(dump("{\"a\": \"\xFF\"}").substr(0, 2), "1:");
  const auto result = parse_jsonc("{\"a\" 1}");
  EXPECT_NE(std::get<JsonError>(result).message.find("':'"), std::string::npos) << std::get<JsonError>(result).message;
}

TEST(Jsonc, DeepNestingIsNoCrash) {
  EXPECT_NE(dump(std::string(50000, '[')), "");
  const auto deep = parse_jsonc(std::string(50000, '[') + std::string(50000, ']'));
  EXPECT_TRUE(std::holds_alternative<Json>(deep));
}

TEST(Jsonc, SaysWhyAFileCannotBeRead) {
  const Tree tree({{"big.json", std::string(2U << 20U, ' ')}});
  EXPECT_EQ(std::get<JsonError>(read_jsonc(tree.files, tree.at("big.json"))).message, "is larger than 1 MB");
  EXPECT_EQ(std::get<JsonError>(read_jsonc(tree.files, tree.at("no.json"))).line, 0U);
}

}  // namespace
}  // namespace drizzle_audit::workspace
