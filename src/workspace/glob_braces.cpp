// See glob_braces.h.
#include "workspace/glob_braces.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

namespace drizzle_audit::workspace::glob_internal {
namespace {

constexpr std::size_t kMaxText = 4U << 20U;
constexpr unsigned kMaxDepth = 64;

struct Braces {
  std::size_t open = 0;
  std::size_t close = 0;
};

/// The first `{` that has a partner, with it. One pass, so that a long run of `{` costs no more than its length.
std::optional<Braces> first_braces(std::string_view text) {
  std::vector<std::size_t> open;
  std::optional<Braces> best;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      open.push_back(i);
    } else if (text[i] == '}' && !open.empty()) {
      if (!best || open.back() < best->open) best = Braces{open.back(), i};
      open.pop_back();
      if (open.empty()) break;
    }
  }
  return best;
}

std::vector<std::string_view> split_at_commas(std::string_view body) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '\\') {
      ++i;
    } else if (body[i] == '{') {
      ++depth;
    } else if (body[i] == '}' && depth > 0) {
      --depth;
    } else if (body[i] == ',' && depth == 0) {
      parts.push_back(body.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(body.substr(begin));
  return parts;
}

std::optional<long> whole_number(std::string_view text) {
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || std::labs(value) > 1'000'000'000L) return std::nullopt;
  return value;
}

bool is_padded(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  return text.size() > 1 && text.front() == '0';
}

bool is_letter(std::string_view text) {
  return text.size() == 1 && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

/// `1..9`, `01..10..3`, `a..e`; none when `body` is no sequence.
std::optional<std::vector<std::string>> sequence(std::string_view body, std::size_t limit) {
  const std::size_t dots = body.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const std::string_view first = body.substr(0, dots);
  std::string_view last = body.substr(dots + 2);
  long step = 1;
  if (const std::size_t more = last.find(".."); more != std::string_view::npos) {
    const auto given = whole_number(last.substr(more + 2));
    if (!given) return std::nullopt;
    step = std::max(1L, std::labs(*given));
    last = last.substr(0, more);
  }
  const bool letters = is_letter(first) && is_letter(last);
  const auto from = letters ? std::optional<long>(first[0]) : whole_number(first);
  const auto to = letters ? std::optional<long>(last[0]) : whole_number(last);
  if (!from || !to) return std::nullopt;
  const std::size_t width = !letters && (is_padded(first) || is_padded(last)) ? std::max(first.size(), last.size()) : 0;
  std::vector<std::string> items;
  for (long at = *from; *from <= *to ? at <= *to : at >= *to; at += *from <= *to ? step : -step) {
    if (items.size() >= limit) break;
    if (letters) {
      items.emplace_back(at == '\\' ? "" : std::string(1, static_cast<char>(at)));
      continue;
    }
    std::string item = std::to_string(at);
    if (item.size() < width) item.insert(at < 0 ? 1U : 0U, width - item.size(), '0');
    items.push_back(std::move(item));
  }
  return items;
}

class Expander {
 public:
  explicit Expander(std::size_t limit) : limit_(limit) {}

  std::vector<std::string> expand(std::string_view text, unsigned depth) {
    const auto braces = depth < kMaxDepth ? first_braces(text) : std::nullopt;
    if (!braces) return {std::string(text)};
    const std::string_view before = text.substr(0, braces->open);
    const std::string_view body = text.substr(braces->open + 1, braces->close - braces->open - 1);
    std::vector<std::string> middles;
    if (!before.empty() && before.back() == '$') {
      middles.push_back(std::string("{").append(body).append("}"));  // `${a,b}` is left alone
    } else if (auto items = sequence(body, limit_)) {
      middles = std::move(*items);
    } else {
      const auto parts = split_at_commas(body);
      for (const std::string_view part : parts) {
        for (std::string& item : expand(part, depth + 1)) {
          // `{a}` has nothing to choose from and keeps its braces; so does `{}`.
          if (parts.size() == 1) item = std::string("{").append(item).append("}");
          middles.push_back(std::move(item));
          if (middles.size() >= limit_) break;
        }
      }
    }
    const std::vector<std::string> after = expand(text.substr(braces->close + 1), depth + 1);
    std::vector<std::string> result;
    for (const std::string& middle : middles) {
      for (const std::string& tail : after) {
        text_size_ += before.size() + middle.size() + tail.size();
        if (result.size() >= limit_ || text_size_ > kMaxText) return result;
        result.push_back(std::string(before).append(middle).append(tail));
      }
    }
    return result;
  }

 private:
  std::size_t limit_;
  std::size_t text_size_ = 0;
};

}  // namespace

std::vector<std::string> expand_braces(std::string_view pattern, std::size_t limit) {
  if (pattern.find('{') == std::string_view::npos) return {std::string(pattern)};
  return Expander(limit).expand(pattern, 0);
}

}  // namespace drizzle_audit::workspace::glob_internal
