#include "fix/style.h"

#include <algorithm>
#include <map>

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::size_t kLeastWidth = 80;
constexpr std::size_t kMostWidth = 140;

/// What the file's code votes for.
struct Votes {
  int single = 0, twice = 0;
  int semicolons = 0, none = 0;
  int commas = 0, no_commas = 0;
  int call_commas = 0, no_call_commas = 0;
  int spaces = 0, no_spaces = 0;
};

/// Whether a bracket that closes a list on a line of its own has a comma before it; none when it does not stand on its own line.
int comma_before_end(std::string_view text, std::uint32_t end) {
  if (end == 0) return -1;
  std::size_t at = end - 1;
  bool line_break = false;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n' || text[at - 1] == '\r')) {
    line_break = line_break || text[at - 1] == '\n';
    --at;
  }
  if (!line_break || at == 0) return -1;
  return text[at - 1] == ',' ? 1 : 0;
}

void vote(std::string_view text, const Node& node, Votes& votes) {
  const auto count = [](int verdict, int& yes, int& no) {
    if (verdict >= 0) ++(verdict == 1 ? yes : no);
  };
  switch (node.kind) {
    case NodeKind::kString:
      if (node.start < text.size() && text[node.start] == '\'') ++votes.single;
      if (node.start < text.size() && text[node.start] == '"') ++votes.twice;
      break;
    case NodeKind::kImport: {
      const std::string_view source = text.substr(node.start, node.end - node.start);
      ++(source.ends_with(';') ? votes.semicolons : votes.none);
      const std::size_t last_quote = source.find_last_of("'\"");
      if (last_quote != std::string_view::npos) ++(source[last_quote] == '\'' ? votes.single : votes.twice);
      if (const std::size_t open = source.find('{'); open != std::string_view::npos && open + 1 < source.size()) {
        ++(source[open + 1] == ' ' || source[open + 1] == '\n' || source[open + 1] == '\r' ? votes.spaces : votes.no_spaces);
      }
      break;
    }
    case NodeKind::kVariables:
    case NodeKind::kReturn:
    case NodeKind::kExpressionStatement: ++(text.substr(0, node.end).ends_with(';') ? votes.semicolons : votes.none); break;
    case NodeKind::kArray:
    case NodeKind::kObject:
      if (!node.children.empty()) count(comma_before_end(text, node.end), votes.commas, votes.no_commas);
      break;
    case NodeKind::kCall:
      if (node.children.size() > 2 && text.substr(0, node.end).ends_with(')'))
        count(comma_before_end(text, node.end), votes.call_commas, votes.no_call_commas);
      break;
    default: break;
  }
  for (const Node* child : node.children) {
    if (child != nullptr) vote(text, *child, votes);
  }
}

/// The step between the indentations of lines that follow each other.
std::string indentation(std::string_view text) {
  std::map<std::size_t, int> steps;
  int tabs = 0;
  std::size_t before = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string_view::npos || line[indent] == '\r' || line[indent] == '*') continue;
    if (line[indent] == '\t') {
      ++tabs;
      continue;
    }
    if (indent > before) ++steps[indent - before];
    before = indent;
  }
  std::size_t best = 2;
  int most = 0;
  for (const auto& [step, count] : steps) {
    if (count > most && (step == 2 || step == 3 || step == 4 || step == 8)) {
      best = step;
      most = count;
    }
  }
  return tabs > most ? "\t" : std::string(best, ' ');
}

std::size_t line_width(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos) continue;
    const std::string_view code = line.substr(start);
    // What formatters do not break says nothing.
    if (code.starts_with("//") || code.starts_with("*") || code.starts_with("/*") || code.find('`') != std::string_view::npos) continue;
    if (code.starts_with("import ") || code.starts_with("export *")) continue;
    longest = std::max(longest, line.size() - (line.ends_with('\r') ? 1U : 0U));
  }
  return std::clamp(longest, kLeastWidth, kMostWidth);
}

}  // namespace

Style style_of(std::string_view text, const syntax::SyntaxTree& tree) {
  Style style;
  const std::size_t line_end = text.find('\n');
  if (line_end != std::string_view::npos && line_end > 0 && text[line_end - 1] == '\r') style.newline = "\r\n";
  style.indent = indentation(text);
  style.width = line_width(text);
  Votes votes;
  if (tree.root != nullptr) vote(text, *tree.root, votes);
  style.quote = votes.single > votes.twice ? '\'' : '"';
  style.semicolons = votes.semicolons >= votes.none;
  style.trailing_commas = votes.commas >= votes.no_commas;
  style.call_commas = votes.call_commas + votes.no_call_commas == 0 ? style.trailing_commas : votes.call_commas > votes.no_call_commas;
  style.brace_spaces = votes.spaces >= votes.no_spaces;
  return style;
}

std::string quoted(const Style& style, std::string_view text) {
  std::string result(1, style.quote);
  for (const char c : text) {
    if (c == style.quote || c == '\\') result += '\\';
    if (c == '\n') {
      result += "\\n";
      continue;
    }
    result += c;
  }
  return result + style.quote;
}

}  // namespace drizzle_audit::fix
