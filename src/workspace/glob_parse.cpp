// Parsing of one glob segment; see glob_segment.h.
#include <algorithm>
#include <optional>

#include "workspace/glob_segment.h"
#include "workspace/utf8.h"

namespace drizzle_audit::workspace::glob_internal {
namespace {

// Nobody writes more; without a limit `!(a)!(a)…` would take cubic time in thousands.
constexpr std::size_t kMaxListDepth = 16;
constexpr std::size_t kMaxLists = 100;

bool opens_list(char c) { return c == '?' || c == '*' || c == '+' || c == '@' || c == '!'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) { find_partners(); }

  SegmentPattern parse() {
    SegmentPattern result;
    result.nodes = sequence(0, text_.size());
    result.has_magic = has_magic_;
    result.choice_count = choice_count_;
    // A name that starts with a dot is matched only by a pattern that does. A list at the start checks each of its choices instead.
    if (!result.nodes.empty() && has_magic_) {
      const Node& first = result.nodes.front();
      const bool own_check = first.kind == NodeKind::kList && first.list_type != '!';
      if (first.kind != NodeKind::kLiteral && !own_check) {
        Node not_dot;
        not_dot.kind = NodeKind::kNotDot;
        result.nodes.insert(result.nodes.begin(), not_dot);
      }
    }
    if (!has_magic_) {
      for (const Node& node : result.nodes) result.literal += node.text;
    }
    return result;
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// The `]` of the bracket expression at `open`; kNone when it is not closed, and then the bracket is an ordinary character.
  [[nodiscard]] std::size_t class_end(std::size_t open) const {
    for (std::size_t i = open + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == ']' && i != open + 1) {
        return i;
      }
    }
    return kNone;
  }

  /// Finds the `)` of every list in one pass, so that unclosed ones cannot make parsing start over and over.
  void find_partners() {
    partner_.assign(text_.size(), kNone);
    std::vector<std::size_t> open;
    bool classes_close = true;
    std::size_t lists = 0;
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '\\') {
        ++i;
      } else if (c == '[' && classes_close) {
        const std::size_t end = class_end(i);
        if (end != kNone) {
          partner_[i] = end;
          i = end;
        } else {
          classes_close = false;
        }
      } else if (c == '(' && i > 0 && opens_list(text_[i - 1]) && !is_escaped(i - 1)) {
        open.push_back(i);
      } else if (c == ')' && !open.empty()) {
        if (open.size() <= kMaxListDepth && ++lists <= kMaxLists) partner_[open.back()] = i;
        open.pop_back();
      }
    }
  }

  [[nodiscard]] bool is_escaped(std::size_t at) const {
    std::size_t slashes = 0;
    while (slashes < at && text_[at - slashes - 1] == '\\') ++slashes;
    return slashes % 2 == 1;
  }

  Sequence sequence(std::size_t begin, std::size_t end) {
    Sequence nodes;
    for (std::size_t i = begin; i < end; ++i) {
      const char c = text_[i];
      if (opens_list(c) && i + 1 < end && text_[i + 1] == '(' && partner_[i + 1] != kNone) {
        nodes.push_back(list(i));
        i = partner_[i + 1];
      } else if (c == '[' && partner_[i] != kNone) {
        nodes.push_back(bracket(i));
        i = partner_[i];
      } else if (c == '*') {
        has_magic_ = true;
        if (nodes.empty() || nodes.back().kind != NodeKind::kStar) nodes.emplace_back().kind = NodeKind::kStar;
      } else if (c == '?') {
        has_magic_ = true;
        nodes.emplace_back().kind = NodeKind::kAny;
      } else {
        if (c == '\\' && i + 1 < end) ++i;
        if (nodes.empty() || nodes.back().kind != NodeKind::kLiteral) nodes.emplace_back();
        nodes.back().text += text_[i];
      }
    }
    return nodes;
  }

  Node list(std::size_t at) {
    has_magic_ = true;
    Node node;
    node.kind = NodeKind::kList;
    node.list_type = text_[at];
    const std::size_t close = partner_[at + 1];
    std::size_t begin = at + 2;
    for (std::size_t i = begin; i <= close; ++i) {
      if (i == close || text_[i] == '|') {
        Sequence choice = sequence(begin, i);
        const bool starts_with_dot = begin < text_.size() && text_[begin] == '.';
        if (at == 0 && node.list_type != '!' && !starts_with_dot) {
          Node not_dot;
          not_dot.kind = NodeKind::kNotDot;
          choice.insert(choice.begin(), not_dot);
        }
        node.choices.push_back(std::move(choice));
        begin = i + 1;
      } else if (text_[i] == '\\') {
        ++i;
      } else if (partner_[i] != kNone) {
        i = partner_[i];
      }
    }
    node.id = choice_count_;
    choice_count_ += node.choices.size();
    return node;
  }

  Node bracket(std::size_t open) {
    has_magic_ = true;
    Node node;
    node.kind = NodeKind::kClass;
    std::string_view body = text_.substr(open + 1, partner_[open] - open - 1);
    if (!body.empty() && (body.front() == '!' || body.front() == '^')) {
      node.negated = true;
      body.remove_prefix(1);
    }
    const auto take = [&body]() {
      if (body.front() == '\\' && body.size() > 1) body.remove_prefix(1);
      const auto [character, length] = decode_utf8(body);
      body.remove_prefix(length);
      return character;
    };
    while (!body.empty()) {
      const char32_t low = take();
      char32_t high = low;
      if (body.size() > 1 && body.front() == '-') {
        body.remove_prefix(1);
        high = take();
      }
      // minimatch takes a class with a range the wrong way round for one that matches nothing.
      if (high < low) {
        node.ranges.clear();
        node.negated = false;
        return node;
      }
      node.ranges.emplace_back(low, high);
    }
    return node;
  }

  std::string_view text_;
  std::vector<std::size_t> partner_;  // of each `(` and `[`
  std::size_t choice_count_ = 0;
  bool has_magic_ = false;
};

}  // namespace

SegmentPattern parse_segment(std::string_view text) { return Parser(text).parse(); }

}  // namespace drizzle_audit::workspace::glob_internal
