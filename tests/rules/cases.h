// Every fence and every fixture of every rule, as projects to be audited.
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "rules/expectations.h"

namespace drizzle_audit::rule_tests {

struct Case {
  std::string name;  ///< letters, digits, underscores: rule, section, number, first words of the reason
  std::string reason;
  std::map<std::string, std::string> files;
  std::vector<Expectation> expectations;
  std::string rule;                 ///< the page's own
  std::vector<std::string> others;  ///< rules that the case asks for besides
};
std::ostream& operator<<(std::ostream& stream, const Case& test_case);

std::vector<Case> load_cases();

/// Writes the files into a folder, reads and audits them, and says what is wrong; empty when all is well.
std::vector<std::string> run_case(const Case& test_case);

}  // namespace drizzle_audit::rule_tests
