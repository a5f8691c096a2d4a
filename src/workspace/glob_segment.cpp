// Matching of one glob segment; see glob_segment.h.
#include "workspace/glob_segment.h"

#include <algorithm>
#include <optional>

#include "workspace/utf8.h"

namespace drizzle_audit::workspace::glob_internal {
namespace {

/// Offsets into the name (a string, because short ones need no allocation); [i] is set when the pattern so far can end there.
using Positions = std::string;

bool any(const Positions& positions) { return positions.find('\1') != std::string::npos; }

void add(Positions& to, const Positions& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = static_cast<char>(to[i] | from[i]);
}

/// The rest of the pattern after a node: the rest of its sequence, then what follows the lists around it.
struct Rest {
  const Sequence* nodes = nullptr;
  std::size_t from = 0;
  const Rest* outer = nullptr;
};

bool is_last(const Rest& rest) {
  for (const Rest* at = &rest; at != nullptr; at = at->outer) {
    if (at->from < at->nodes->size()) return false;
  }
  return true;
}

class Matcher {
 public:
  Matcher(const SegmentPattern& pattern, std::string_view name)
      : pattern_(pattern), name_(name), choices_(pattern.choice_count * (name.size() + 1)), forbidden_(choices_.size(), kUnasked) {}

  bool matches() {
    if (name_.empty()) return false;
    return run(pattern_.nodes, 0, none_at(0), nullptr)[name_.size()] != 0;
  }

 private:
  static constexpr char kUnasked = 2;

  [[nodiscard]] Positions none() const { return Positions(name_.size() + 1, '\0'); }
  [[nodiscard]] Positions none_at(std::size_t start) const {
    Positions positions = none();
    positions[start] = 1;
    return positions;
  }
  [[nodiscard]] bool is_boundary(std::size_t at) const {
    return at == name_.size() || (static_cast<unsigned char>(name_[at]) & 0xC0U) != 0x80U;
  }

  Positions run(const Sequence& nodes, std::size_t from, Positions positions, const Rest* outer) {
    for (std::size_t i = from; i < nodes.size() && any(positions); ++i) {
      const Rest rest{&nodes, i + 1, outer};
      positions = step(nodes[i], positions, rest);
    }
    return positions;
  }

  Positions step(const Node& node, const Positions& starts, const Rest& rest) {
    Positions ends = none();
    switch (node.kind) {
      case NodeKind::kList: return node.list_type == '!' ? step_negated(node, starts, rest) : step_list(node, starts, rest);
      case NodeKind::kStar: {
        const auto first = std::find(starts.begin(), starts.end(), char{1});
        for (auto i = static_cast<std::size_t>(first - starts.begin()); i < ends.size(); ++i) {
          ends[i] = static_cast<char>(starts[i] | static_cast<char>(is_boundary(i)));
        }
        return ends;
      }
      default: break;
    }
    for (std::size_t i = 0; i < starts.size(); ++i) {
      if (starts[i] == 0) continue;
      if (const auto length = length_at(node, i)) ends[i + *length] = 1;
    }
    return ends;
  }

  /// How much a simple node takes at an offset; none when it does not match there.
  [[nodiscard]] std::optional<std::size_t> length_at(const Node& node, std::size_t at) const {
    const std::string_view left = name_.substr(at);
    if (node.kind == NodeKind::kNotDot) return left.empty() || left.front() != '.' ? std::optional<std::size_t>(0) : std::nullopt;
    if (node.kind == NodeKind::kLiteral) {
      return left.substr(0, node.text.size()) == node.text ? std::optional<std::size_t>(node.text.size()) : std::nullopt;
    }
    if (left.empty()) return std::nullopt;
    const auto [character, length] = decode_utf8(left);
    if (node.kind == NodeKind::kAny) return length;
    const char32_t wanted = character;
    const bool inside = std::any_of(node.ranges.begin(), node.ranges.end(),
                                    [wanted](const auto& range) { return range.first <= wanted && wanted <= range.second; });
    const bool matches_nothing = node.ranges.empty() && !node.negated;
    return !matches_nothing && inside != node.negated ? std::optional<std::size_t>(length) : std::nullopt;
  }

  /// Where the choices of a list can end when they start at `start`. Remembered: a list in a list would otherwise multiply the work.
  const Positions& choices_at(const Node& node, std::size_t start, const Rest& rest) {
    Positions& known = choices_[node.id * (name_.size() + 1) + start];
    if (known.empty()) {
      Positions ends = none();
      for (const Sequence& choice : node.choices) add(ends, run(choice, 0, none_at(start), &rest));
      known = std::move(ends);
    }
    return known;
  }

  Positions step_list(const Node& node, const Positions& starts, const Rest& rest) {
    const bool repeats = node.list_type == '*' || node.list_type == '+';
    Positions ends = none();
    Positions todo = starts;
    // Ends lie at or after their starts, but an empty choice ends where it starts: one pass from left to right sees every position.
    for (std::size_t i = 0; i < todo.size(); ++i) {
      if (todo[i] == 0) continue;
      const Positions& reached = choices_at(node, i, rest);
      add(ends, reached);
      if (repeats) add(todo, reached);
    }
    if (node.list_type == '*' || node.list_type == '?') add(ends, starts);
    return ends;
  }

  /// `!(a|b)` takes anything, unless the name could go on from here with one of the choices and then the rest of the pattern. As minimatch
  /// 5 has it, the rest need not reach the end of the name, except when there is no rest.
  Positions step_negated(const Node& node, const Positions& starts, const Rest& rest) {
    std::size_t first = name_.size() + 1;
    for (std::size_t i = 0; i < starts.size() && first > i; ++i) {
      if (starts[i] != 0 && !is_forbidden(node, i, rest)) first = i;
    }
    Positions ends = none();
    for (std::size_t i = first; i < ends.size(); ++i) ends[i] = static_cast<char>(is_boundary(i));
    return ends;
  }

  bool is_forbidden(const Node& node, std::size_t start, const Rest& rest) {
    char& known = forbidden_[node.id * (name_.size() + 1) + start];
    if (known == kUnasked) {
      known = 0;
      Positions ends = choices_at(node, start, rest);
      const bool last = is_last(rest);
      for (const Rest* at = &rest; at != nullptr && any(ends); at = at->outer) ends = run(*at->nodes, at->from, ends, at->outer);
      known = static_cast<char>(last ? ends[name_.size()] : static_cast<char>(any(ends)));
    }
    return known != 0;
  }

  const SegmentPattern& pattern_;
  std::string_view name_;
  std::vector<Positions> choices_;  // per choice list and start; empty: not asked yet
  std::vector<char> forbidden_;     // the same for `!(…)`
};

}  // namespace

bool segment_matches(const SegmentPattern& pattern, std::string_view name) {
  if (!pattern.has_magic) return name == pattern.literal;
  return Matcher(pattern, name).matches();
}

}  // namespace drizzle_audit::workspace::glob_internal
