// One path segment of a glob: compiled to a small tree, matched by moving a set of positions through it. Follows minimatch 5.1 (parse),
// which translates to a regular expression, with two differences: `?` takes a whole UTF-8 character, and no pattern can take
// exponential time. Used by glob.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drizzle_audit::workspace::glob_internal {

struct Node;
using Sequence = std::vector<Node>;

enum class NodeKind : std::uint8_t { kLiteral, kAny, kStar, kClass, kList, kNotDot };

struct Node {
  NodeKind kind = NodeKind::kLiteral;
  std::string text;                                   // kLiteral
  std::vector<std::pair<char32_t, char32_t>> ranges;  // kClass
  bool negated = false;                               // kClass
  char list_type = '@';                               // kList: one of ? * + @ !
  std::vector<Sequence> choices;                      // kList
  std::size_t id = 0;                                 // kList: number of the first choice, for remembering results
};

struct SegmentPattern {
  Sequence nodes;
  std::size_t choice_count = 0;
  bool has_magic = false;
  std::string literal;  ///< without magic: what the segment must equal
};

[[nodiscard]] SegmentPattern parse_segment(std::string_view text);
[[nodiscard]] bool segment_matches(const SegmentPattern& pattern, std::string_view name);

}  // namespace drizzle_audit::workspace::glob_internal
