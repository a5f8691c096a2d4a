// See gitignore.h. Follows git's dir.c (add_patterns_from_buffer, match_basename, match_pathname) and wildmatch.c.
#include "workspace/gitignore.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>
#include <variant>

#include "workspace/paths.h"
#include "workspace/root.h"

namespace drizzle_audit::workspace {
namespace {

bool in_named_class(std::string_view name, unsigned char byte) {
  if (name == "alnum") return std::isalnum(byte) != 0;
  if (name == "alpha") return std::isalpha(byte) != 0;
  if (name == "blank") return byte == ' ' || byte == '\t';
  if (name == "cntrl") return std::iscntrl(byte) != 0;
  if (name == "digit") return std::isdigit(byte) != 0;
  if (name == "graph") return std::isgraph(byte) != 0;
  if (name == "lower") return std::islower(byte) != 0;
  if (name == "print") return std::isprint(byte) != 0;
  if (name == "punct") return std::ispunct(byte) != 0;
  if (name == "space") return std::isspace(byte) != 0;
  if (name == "upper") return std::isupper(byte) != 0;
  if (name == "xdigit") return std::isxdigit(byte) != 0;
  return false;
}

struct ClassMatch {
  std::size_t end = 0;  // just past the `]`
  bool matches = false;
};

/// Reads the bracket expression whose `[` is at `at`; none when it is never closed (then the pattern matches nothing).
std::optional<ClassMatch> match_class(std::string_view pattern, std::size_t at, unsigned char byte) {
  std::size_t i = at + 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool hit = false;
  bool first = true;
  while (i < pattern.size() && (pattern[i] != ']' || first)) {
    first = false;
    if (pattern[i] == '[' && i + 1 < pattern.size() && pattern[i + 1] == ':') {
      const std::size_t close = pattern.find(":]", i + 2);
      if (close == std::string_view::npos) {
        hit = hit || byte == '[';
        ++i;
        continue;
      }
      hit = hit || in_named_class(pattern.substr(i + 2, close - i - 2), byte);
      i = close + 2;
      continue;
    }
    if (pattern[i] == '\\' && ++i >= pattern.size()) return std::nullopt;
    const auto low = static_cast<unsigned char>(pattern[i++]);
    auto high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      ++i;
      if (pattern[i] == '\\' && ++i >= pattern.size()) return std::nullopt;
      high = static_cast<unsigned char>(pattern[i++]);
    }
    hit = hit || (low <= byte && byte <= high);
  }
  if (i >= pattern.size()) return std::nullopt;
  return ClassMatch{i + 1, hit != negated};
}

/// One path segment against one pattern segment. Remembers only the last star: its time is at most the product of the lengths.
bool segment_matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star_p = std::string_view::npos;
  std::size_t star_t = 0;
  for (;;) {
    bool ok = false;
    if (p == pattern.size()) {
      if (t == text.size()) return true;
    } else if (pattern[p] == '*') {
      star_p = ++p;
      star_t = t;
      continue;
    } else if (t < text.size()) {
      if (pattern[p] == '?') {
        ok = true;
        ++p;
      } else if (pattern[p] == '[') {
        const auto result = match_class(pattern, p, static_cast<unsigned char>(text[t]));
        if (!result) return false;
        ok = result->matches;
        if (ok) p = result->end;
      } else {
        if (pattern[p] == '\\' && p + 1 == pattern.size()) return false;
        const std::size_t at = pattern[p] == '\\' ? p + 1 : p;
        ok = pattern[at] == text[t];
        if (ok) p = at + 1;
      }
    }
    if (ok) {
      ++t;
      continue;
    }
    if (star_p == std::string_view::npos || star_t >= text.size()) return false;
    p = star_p;
    t = ++star_t;
  }
}

/// Splits at slashes that are not inside brackets. `a/**` becomes `a/**/*`: it means what is inside, not `a`.
std::vector<std::string> split_pattern(std::string_view pattern) {
  std::vector<std::string> segments(1);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      if (pattern[i + 1] == '/') continue;
      segments.back() += pattern[i++];
    } else if (pattern[i] == '[') {
      if (const auto bracket = match_class(pattern, i, 0)) {
        segments.back() += pattern.substr(i, bracket->end - i);
        i = bracket->end - 1;
        continue;
      }
    } else if (pattern[i] == '/') {
      segments.emplace_back();
      continue;
    }
    segments.back() += pattern[i];
  }
  for (std::string& segment : segments) {
    // Any longer run of stars means the same.
    if (segment.size() > 2 && segment.find_first_not_of('*') == std::string::npos) segment = "**";
  }
  if (segments.back() == "**") segments.emplace_back("*");
  return segments;
}

std::string_view next_segment(std::string_view path, std::size_t begin) {
  return path.substr(begin, std::min(path.find('/', begin), path.size()) - begin);
}

/// `path` against segments; `**` stands for any number of segments. As segment_matches, one level up.
bool path_matches(const std::vector<std::string>& segments, std::string_view path) {
  std::size_t p = 0;
  std::size_t t = 0;  // offset of the next segment; past the end when all are used
  std::size_t star_p = std::string_view::npos;
  std::size_t star_t = 0;
  for (;;) {
    const bool at_end = t > path.size();
    if (p == segments.size() && at_end) return true;
    if (p < segments.size() && segments[p] == "**") {
      star_p = ++p;
      star_t = t;
      continue;
    }
    if (p < segments.size() && !at_end) {
      const std::string_view part = next_segment(path, t);
      if (segment_matches(segments[p], part)) {
        ++p;
        t += part.size() + 1;
        continue;
      }
    }
    if (star_p == std::string_view::npos || star_t > path.size()) return false;
    star_t += next_segment(path, star_t).size() + 1;
    p = star_p;
    t = star_t;
  }
}

bool is_plain(std::string_view text) { return text.find_first_of("*?[\\") == std::string_view::npos; }

/// Trailing spaces do not count unless a backslash quotes them.
std::string_view trim_trailing_spaces(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
      end = std::min(i + 1, line.size());
    } else if (line[i] != ' ') {
      end = i + 1;
    }
  }
  return line.substr(0, end);
}

}  // namespace

IgnoreRules::IgnoreRules(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    line = trim_trailing_spaces(line);
    Rule rule;
    if (!line.empty() && line.front() == '!') {
      rule.negated = true;
      line.remove_prefix(1);
    }
    if (!line.empty() && line.back() == '/') {
      rule.folders_only = true;
      line.remove_suffix(1);
    }
    if (line.empty()) continue;
    rule.anywhere = line.find('/') == std::string_view::npos;
    if (line.front() == '/') line.remove_prefix(1);
    if (is_plain(line)) {
      rule.shape = Shape::kLiteral;
      rule.text = line;
    } else if (rule.anywhere && line.front() == '*' && is_plain(line.substr(1))) {
      rule.shape = Shape::kSuffix;
      rule.text = line.substr(1);
    } else if (rule.anywhere) {
      rule.segments.emplace_back(line);
    } else {
      rule.segments = split_pattern(line);
    }
    rules_.push_back(std::move(rule));
  }
}

IgnoreVerdict IgnoreRules::check(std::string_view path, bool is_folder) const {
  const std::string_view name = basename(path);
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
    if (rule->folders_only && !is_folder) continue;
    const std::string_view subject = rule->anywhere ? name : path;
    bool hit = false;
    switch (rule->shape) {
      case Shape::kLiteral: hit = subject == rule->text; break;
      case Shape::kSuffix:
        hit = subject.size() >= rule->text.size() && subject.substr(subject.size() - rule->text.size()) == rule->text;
        break;
      case Shape::kWild:
        hit = rule->anywhere ? segment_matches(rule->segments.front(), subject) : path_matches(rule->segments, subject);
        break;
    }
    if (hit) return rule->negated ? IgnoreVerdict::kKept : IgnoreVerdict::kIgnored;
  }
  return IgnoreVerdict::kNone;
}

IgnoreChain::IgnoreChain(std::shared_ptr<const IgnoreChain> outer, std::string folder, IgnoreRules rules)
    : outer_(std::move(outer)), folder_(std::move(folder)), rules_(std::move(rules)) {}

std::shared_ptr<const IgnoreChain> IgnoreChain::inside(std::shared_ptr<const IgnoreChain> outer, std::string folder,
                                                       std::string_view gitignore_text) {
  IgnoreRules rules(gitignore_text);
  if (rules.empty()) return outer;
  return std::make_shared<const IgnoreChain>(std::move(outer), std::move(folder), std::move(rules));
}

std::shared_ptr<const IgnoreChain> IgnoreChain::above(const FileSystem& files, const std::string& folder) {
  const std::string top = find_git_root(files, folder);
  if (top.empty() || top == folder) {
    auto exclude = files.read(join(folder, ".git/info/exclude"), kMaxIgnoreBytes);
    const auto* text = std::get_if<std::string>(&exclude);
    return top.empty() || text == nullptr ? nullptr : inside(nullptr, folder, *text);
  }
  std::shared_ptr<const IgnoreChain> chain;
  auto exclude = files.read(join(top, ".git/info/exclude"), kMaxIgnoreBytes);
  if (const auto* text = std::get_if<std::string>(&exclude)) chain = inside(nullptr, top, *text);
  std::string at = top;
  while (at != folder) {
    auto ignore = files.read(join(at, ".gitignore"), kMaxIgnoreBytes);
    if (const auto* text = std::get_if<std::string>(&ignore)) chain = inside(chain, at, *text);
    at = join(at, next_segment(relative_path(folder, at), 0));
  }
  return chain;
}

bool IgnoreChain::ignores(std::string_view path, bool is_folder) const {
  for (const IgnoreChain* link = this; link != nullptr; link = link->outer_.get()) {
    const std::size_t prefix = link->folder_ == "/" ? 1 : link->folder_.size() + 1;
    const IgnoreVerdict verdict = link->rules_.check(path.substr(std::min(prefix, path.size())), is_folder);
    if (verdict != IgnoreVerdict::kNone) return verdict == IgnoreVerdict::kIgnored;
  }
  return false;
}

}  // namespace drizzle_audit::workspace
