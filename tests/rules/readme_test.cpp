// The catalogue in rules/README.md is generated: DRZ_UPDATE=1 in the environment writes it, without that a stale one fails.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "drizzle_audit/rule.h"
#include "harness/files.h"

namespace drizzle_audit::rule_tests {
namespace {

std::string catalogue() {
  std::string text = "| rule | severity | finds |\n| --- | --- | --- |\n";
  for (const RegisteredRule& registered : all_rules()) {
    const Rule& rule = *registered.rule;
    const std::string id(rule.id);
    text += "| [" + id + "](" + id + "/rule.md) | " + std::string(to_string(rule.severity)) + " | " + std::string(rule.summary) + " |\n";
  }
  return text;
}

TEST(rules_readme, is_current) {
  const std::filesystem::path path = std::filesystem::path(DRZ_SOURCE_DIR) / "rules" / "README.md";
  const std::string text = harness::read_file(path);
  const std::string open = "<!-- catalogue -->\n";
  const std::size_t start = text.find(open);
  const std::size_t end = text.find("<!-- end of catalogue -->");
  ASSERT_NE(start, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::string current = text.substr(0, start + open.size()) + catalogue() + text.substr(end);
  if (std::getenv("DRZ_UPDATE") != nullptr) harness::write_file(path, current);
  EXPECT_EQ(harness::read_file(path), current) << "DRZ_UPDATE=1 ctest -R rules_readme writes it";
}

}  // namespace
}  // namespace drizzle_audit::rule_tests
