// `// expect: rule-id @7 "part of the message"; other-rule` at the end of a line, and whether findings meet it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"

namespace drizzle_audit::rule_tests {

struct Expectation {
  std::string path;
  std::uint32_t line = 0;
  std::optional<std::uint32_t> column;
  std::string rule;
  std::string message_part;
};

/// Takes the expectations out of `text`: the comments become spaces, so that offsets stay and nothing can read them.
std::vector<Expectation> take_expectations(const std::string& path, std::string& text);

/// What is wrong, one line each: findings nobody expected, expectations nobody met. Empty when all is well.
std::vector<std::string> compare(const audit::AuditResult& result, const std::vector<Expectation>& expectations);

}  // namespace drizzle_audit::rule_tests
