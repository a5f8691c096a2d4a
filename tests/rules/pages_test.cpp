// The form of the pages, and of the rules' own data.
#include <gtest/gtest.h>

#include <algorithm>

#include "drizzle_audit/rule.h"
#include "rules/cases.h"
#include "rules/page.h"

namespace drizzle_audit::rule_tests {
namespace {

const std::vector<std::string> kSections = {"Why", "Invalid", "Valid", "Fix", "Options", "References"};

class Pages : public testing::TestWithParam<RegisteredRule> {};

TEST_P(Pages, HasTheFixedHeadings) {
  const Page page = parse_page(GetParam().page);
  EXPECT_EQ(page.title, GetParam().rule->id);
  EXPECT_EQ(page.summary, GetParam().rule->summary) << "the second line of the page and Rule::summary are the same sentence";
  EXPECT_EQ(page.sections, kSections);
}

TEST_P(Pages, ShowsItsOwnDefectAndAtLeastAsManyReasonsForSilence) {
  const Page page = parse_page(GetParam().page);
  std::size_t invalid = 0;
  std::size_t valid = 0;
  bool shows_itself = false;
  for (Fence fence : page.fences) {
    const std::vector<Expectation> expectations = take_expectations("", fence.text);
    if (fence.section == "Invalid" && !fence.continues) ++invalid;
    if (fence.section == "Valid" && !fence.continues) ++valid;
    shows_itself = shows_itself || std::any_of(expectations.begin(), expectations.end(),
                                               [](const Expectation& e) { return e.rule == GetParam().rule->id; });
    if (fence.section == "Valid") {
      EXPECT_TRUE(expectations.empty()) << "a valid fence expects a finding";
      EXPECT_TRUE(fence.continues || !fence.reason.empty()) << "a sentence above a valid fence says why it is valid";
    }
  }
  EXPECT_TRUE(shows_itself) << "no fence expects " << GetParam().rule->id;
  EXPECT_GE(valid, invalid) << "at least as many negatives as positives";
}

TEST_P(Pages, MetadataFitsTheConventions) {
  const Rule& rule = *GetParam().rule;
  EXPECT_LE(rule.id.size(), 40U);
  EXPECT_TRUE(rule.summary.ends_with('.'));
  EXPECT_TRUE(rule.check != nullptr || rule.category == "project") << "only the engine's own rules have no check";
  const std::vector<std::string_view> categories = {"integrity", "silently-dropped", "performance", "relations", "types", "project"};
  EXPECT_NE(std::find(categories.begin(), categories.end(), rule.category), categories.end()) << rule.category;
  EXPECT_EQ(rule.summary.find("One line that says"), std::string_view::npos) << "the template's text is still there";
}

std::vector<RegisteredRule> rules() { return {all_rules().begin(), all_rules().end()}; }

std::string name_of(const testing::TestParamInfo<RegisteredRule>& info) {
  std::string name(info.param.rule->id);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(rules, Pages, testing::ValuesIn(rules()), name_of);

TEST(rules, are_sorted_by_id) {
  EXPECT_TRUE(std::is_sorted(all_rules().begin(), all_rules().end(),
                             [](const RegisteredRule& a, const RegisteredRule& b) { return a.rule->id < b.rule->id; }));
}

TEST(expectations, are_blanked_out_with_positions_kept) {
  std::string text = "a; // expect: one @3 \"x; \"y\" z\"; two\nb;\n";
  const std::size_t length = text.size();
  const std::vector<Expectation> expectations = take_expectations("p.ts", text);
  ASSERT_EQ(expectations.size(), 2U);
  EXPECT_EQ(expectations[0].rule, "one");
  EXPECT_EQ(expectations[0].column, 3U);
  EXPECT_EQ(expectations[0].message_part, "x; \"y\" z");
  EXPECT_EQ(expectations[1].rule, "two");
  EXPECT_EQ(expectations[1].line, 1U);
  EXPECT_EQ(text.size(), length);
  EXPECT_EQ(text.find("expect"), std::string::npos);
  EXPECT_EQ(text.substr(length - 3), "b;\n");
}

}  // namespace
}  // namespace drizzle_audit::rule_tests
