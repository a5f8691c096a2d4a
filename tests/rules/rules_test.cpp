// Runs every fence and fixture: every finding is expected, every expectation met.
#include <gtest/gtest.h>

#include "rules/cases.h"

namespace drizzle_audit::rule_tests {
namespace {

class Rules : public testing::TestWithParam<Case> {};

TEST_P(Rules, FindsWhatIsExpectedAndNothingElse) {
  SCOPED_TRACE(GetParam().reason);
  for (const std::string& complaint : run_case(GetParam())) ADD_FAILURE() << complaint;
}

INSTANTIATE_TEST_SUITE_P(rules, Rules, testing::ValuesIn(load_cases()),
                         [](const testing::TestParamInfo<Case>& tested) { return tested.param.name; });

}  // namespace
}  // namespace drizzle_audit::rule_tests
