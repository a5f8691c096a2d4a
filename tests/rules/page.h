// A rule's page, taken apart: headings, prose, and the fences that are tests. See rules/README.md for the format.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::rule_tests {

struct Fence {
  std::string section;                         ///< the nearest `##` heading
  std::string reason;                          ///< the last line of prose above it
  std::map<std::string, std::string> options;  ///< `key=value` words of the info string
  std::string text;
  bool continues = false;  ///< names a file and follows a fence that does, with no prose in between: part of the same project
};

struct Page {
  std::string title;
  std::string summary;
  std::vector<std::string> sections;
  std::vector<Fence> fences;  ///< those in `ts`
};

Page parse_page(std::string_view text);

/// The `key=value` words of a line.
std::map<std::string, std::string> parse_options(std::string_view words);

}  // namespace drizzle_audit::rule_tests
