// String.prototype and regular expressions.
#include <algorithm>
#include <array>
#include <cmath>
#include <regex>

#include "program/collections.h"
#include "program/interpreter.h"
#include "program/operators.h"

namespace drizzle_audit::program {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0 ? 2U : 1U;
  }
  return units;
}

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string replaced(std::string_view text, std::string_view from, std::string_view to, bool all) {
  std::string out;
  std::size_t at = 0;
  for (;;) {
    const std::size_t found = text.find(from, at);
    if (found == std::string_view::npos || (from.empty() && at > 0)) break;
    out += text.substr(at, found - at);
    out += to;
    at = found + from.size();
    if (!all || from.empty()) break;
  }
  out += text.substr(std::min(at, text.size()));
  return out;
}

/// std::regex reads ECMAScript's older syntax and has no flags; anything newer is refused rather than misread. Long texts are refused
/// because its matcher recurses once for every character.
std::optional<std::regex> compile(const RegExp& expression, std::string_view text) {
  constexpr std::size_t kMaxText = 2000;
  if (text.size() > kMaxText || expression.pattern.size() > 500 || !is_ascii(expression.pattern)) return std::nullopt;
  if (expression.pattern.find("(?<") != std::string_view::npos || expression.pattern.find("\\p") != std::string_view::npos ||
      expression.pattern.find("\\u{") != std::string_view::npos) {
    return std::nullopt;
  }
  if (expression.flags.find_first_not_of("gimu") != std::string_view::npos ||
      (!is_ascii(text) && !expression.flags.empty() && expression.flags != "g")) {
    return std::nullopt;
  }
  auto options = std::regex::ECMAScript;
  if (expression.flags.find('i') != std::string_view::npos) options |= std::regex::icase;
  if (expression.flags.find('m') != std::string_view::npos) options |= std::regex::multiline;
  try {
    return std::regex(std::string(expression.pattern), options);
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

using Matches = std::vector<std::match_results<std::string_view::const_iterator>>;

std::optional<Matches> find_matches(const RegExp& expression, std::string_view text, bool all) {
  const auto compiled = compile(expression, text);
  if (!compiled) return std::nullopt;
  Matches matches;
  try {
    for (std::regex_iterator<std::string_view::const_iterator> at(text.begin(), text.end(), *compiled), end; at != end; ++at) {
      matches.push_back(*at);
      if (!all) break;
    }
  } catch (const std::regex_error&) {  // too complex
    return std::nullopt;
  }
  return matches;
}

constexpr std::string_view kHardExpression = "the regular expression is not evaluated";

}  // namespace

Value replace_matches(Call& call, std::string_view text, const RegExp& expression, const Value& replacement) {
  const auto matches = find_matches(expression, text, expression.flags.find('g') != std::string_view::npos);
  if (!matches) return call.in.unknown(kHardExpression, call.site);
  std::string out;
  auto at = text.begin();
  for (const auto& match : *matches) {
    out.append(at, match[0].first);
    at = match[0].second;
    if (replacement.is_callable()) {
      std::vector<Value> arguments;
      for (const auto& group : match) arguments.push_back(group.matched ? call.in.make_string(group.str()) : Value());
      arguments.push_back(Value::number(static_cast<double>(match.position(0))));
      arguments.push_back(Value::string(text));
      const auto made = to_text(call.in, call.in.call(replacement, arguments, call.site));
      if (!made) return call.in.unknown("the replacement is not known", call.site);
      out += *made;
    } else {
      const auto pattern = to_text(call.in, replacement);
      if (!pattern) return call.in.unknown("the replacement is not known", call.site);
      out += match.format(*pattern);
    }
  }
  out.append(at, text.end());
  return call.in.make_string(out);
}

Value split_matches(Call& call, std::string_view text, const RegExp& expression) {
  const auto matches = find_matches(expression, text, true);
  if (!matches) return call.in.unknown(kHardExpression, call.site);
  Array* parts = call.in.make_array();
  auto at = text.begin();
  for (const auto& match : *matches) {
    if (match[0].length() == 0) {
      // Between two characters; at the ends nothing is split off.
      if (match[0].first == text.begin() || match[0].first == text.end()) continue;
    }
    parts->items.push_back(call.in.make_string(std::string(at, match[0].first)));
    for (std::size_t group = 1; group < match.size(); ++group) {
      parts->items.push_back(match[group].matched ? call.in.make_string(match[group].str()) : Value());
    }
    at = match[0].second;
  }
  parts->items.push_back(call.in.make_string(std::string(at, text.end())));
  return Value::array(parts);
}

Value match_all(Call& call, std::string_view text, const RegExp& expression) {
  const bool all = expression.flags.find('g') != std::string_view::npos;
  const auto matches = find_matches(expression, text, all);
  if (!matches) return call.in.unknown(kHardExpression, call.site);
  if (matches->empty()) return Value::null();
  Array* found = call.in.make_array();
  if (all) {
    for (const auto& match : *matches) found->items.push_back(call.in.make_string(match[0].str()));
  } else {
    for (const auto& group : matches->front()) found->items.push_back(group.matched ? call.in.make_string(group.str()) : Value());
  }
  return Value::array(found);
}

Value RegExp::get(Interpreter& in, std::string_view key, Span at) {
  if (key == "source") return Value::string(pattern);
  if (key == "flags") return Value::string(flags);
  return in.unknown("this property of a regular expression is not evaluated", at);
}

Value RegExp::call_method(Call& call, std::string_view name) {
  const Value text = call.argument(0);
  if (!text.is(Tag::kString)) return call.in.unknown("the text is not known", call.site);
  if (name == "test") {
    const auto matches = find_matches(*this, text.text(), false);
    return matches ? Value::boolean(!matches->empty()) : call.in.unknown(kHardExpression, call.site);
  }
  if (name == "exec" && flags.find('g') == std::string_view::npos) return match_all(call, text.text(), *this);
  return call.in.unknown("this method of a regular expression is not evaluated", call.site);
}

std::optional<Value> call_string_method(Call& call, std::string_view name) {
  Interpreter& in = call.in;
  const std::string_view text = call.self.text();
  const auto mapped = [&](char (*change)(char)) {
    if (!is_ascii(text)) return in.unknown("changing the case of non-ASCII text is not evaluated", call.site);
    std::string out(text);
    std::ranges::transform(out, out.begin(), change);
    return in.make_string(out);
  };
  const auto text_argument = [&](std::size_t i) -> std::optional<std::string> { return to_text(in, call.argument(i)); };
  const auto not_known = [&](std::string_view reason) { return in.unknown(reason, call.site); };
  const auto* expression = call.argument(0).host_as<RegExp>();

  if (name == "toLowerCase" || name == "toLocaleLowerCase") return mapped(lower);
  if (name == "toUpperCase" || name == "toLocaleUpperCase") return mapped(upper);
  if (name == "toString" || name == "valueOf") return call.self;
  if (name == "trim" || name == "trimStart" || name == "trimEnd") {
    std::string_view rest = text;
    while (name != "trimEnd" && !rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    while (name != "trimStart" && !rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
    return Value::string(rest);
  }
  if (name == "replace" || name == "replaceAll") {
    if (call.argument(0).is(Tag::kUnknown)) return call.argument(0);
    if (expression != nullptr) return replace_matches(call, text, *expression, call.argument(1));
    const auto from = text_argument(0);
    std::optional<std::string> to;
    if (call.argument(1).is_callable()) {
      const std::array<Value, 1> arguments{call.argument(0)};
      to = to_text(in, in.call(call.argument(1), arguments, call.site));
    } else {
      to = text_argument(1);
    }
    if (!from || !to || to->find('$') != std::string::npos) return not_known("the replacement is not known");
    return in.make_string(replaced(text, *from, *to, name == "replaceAll"));
  }
  if (name == "split") {
    if (call.argument(0).is(Tag::kUnknown)) return call.argument(0);
    if (expression != nullptr) return split_matches(call, text, *expression);
    Array* parts = in.make_array();
    if (call.argument(0).is(Tag::kUndefined)) {
      parts->items.push_back(call.self);
      return Value::array(parts);
    }
    const auto separator = text_argument(0);
    if (!separator || call.arguments.size() > 1) return not_known("the separator is not known");
    if (separator->empty()) {
      if (!is_ascii(text)) return not_known("splitting non-ASCII text is not evaluated");
      for (std::size_t i = 0; i < text.size(); ++i) parts->items.push_back(Value::string(text.substr(i, 1)));
      return Value::array(parts);
    }
    std::size_t at = 0;
    for (std::size_t found = text.find(*separator); found != std::string_view::npos; found = text.find(*separator, at)) {
      parts->items.push_back(Value::string(text.substr(at, found - at)));
      at = found + separator->size();
    }
    parts->items.push_back(Value::string(text.substr(at)));
    return Value::array(parts);
  }
  if (name == "match") {
    if (expression == nullptr) return not_known("the pattern is not known");
    return match_all(call, text, *expression);
  }
  if (name == "startsWith" || name == "endsWith" || name == "includes" || name == "indexOf" || name == "lastIndexOf") {
    const auto part = text_argument(0);
    if (!part || call.arguments.size() > 1 || call.argument(0).is(Tag::kUnknown)) return not_known("the searched text is not known");
    if (name == "startsWith") return Value::boolean(text.starts_with(*part));
    if (name == "endsWith") return Value::boolean(text.ends_with(*part));
    if (name == "includes") return Value::boolean(text.find(*part) != std::string_view::npos);
    const std::size_t found = name == "indexOf" ? text.find(*part) : text.rfind(*part);
    return Value::number(found == std::string_view::npos ? -1 : static_cast<double>(utf16_length(text.substr(0, found))));
  }
  if (name == "concat") {
    std::string out(text);
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      const auto part = text_argument(i);
      if (!part) return not_known("the text of a part is not known");
      out += *part;
    }
    return in.make_string(out);
  }
  if (name == "repeat") {
    const auto count = to_number(call.argument(0));
    if (!count || *count < 0 || *count * static_cast<double>(text.size()) > 1e6) return not_known("the count is not known or too large");
    std::string out;
    for (int i = 0; i < static_cast<int>(*count); ++i) out += text;
    return in.make_string(out);
  }
  if (name == "padStart" || name == "padEnd") {
    const auto width = to_number(call.argument(0));
    const auto filler = call.argument(1).is(Tag::kUndefined) ? std::optional<std::string>(" ") : text_argument(1);
    if (!width || !filler || *width > 10000 || !is_ascii(text) || !is_ascii(*filler)) return not_known("the width is not known");
    std::string padding;
    const auto wanted = static_cast<std::size_t>(std::max(0.0, *width));
    while (!filler->empty() && text.size() + padding.size() < wanted) padding += (*filler)[padding.size() % filler->size()];
    return in.make_string(name == "padStart" ? padding + std::string(text) : std::string(text) + padding);
  }
  if (name == "slice" || name == "substring" || name == "substr" || name == "charAt" || name == "at" || name == "charCodeAt" ||
      name == "codePointAt") {
    if (!is_ascii(text)) return not_known("positions in non-ASCII text are not evaluated");
    const auto length = static_cast<double>(text.size());
    const auto number = [&](std::size_t i, double missing) {
      return call.argument(i).is(Tag::kUndefined) ? std::optional<double>(missing) : to_number(call.argument(i));
    };
    auto from = number(0, 0);
    auto to = number(1, length);
    if (!from || !to) return not_known("the position is not known");
    double first = std::isnan(*from) ? 0 : std::trunc(*from);
    double last = std::isnan(*to) ? 0 : std::trunc(*to);
    if (name == "charAt" || name == "charCodeAt" || name == "codePointAt" || name == "at") {
      if (name == "at" && first < 0) first += length;
      const bool inside = first >= 0 && first < length;
      if (name == "charCodeAt" || name == "codePointAt") {
        if (!inside) return name == "charCodeAt" ? Value::number(std::nan("")) : Value();
        return Value::number(static_cast<unsigned char>(text[static_cast<std::size_t>(first)]));
      }
      if (!inside) return name == "at" ? Value() : Value::string("");
      return Value::string(text.substr(static_cast<std::size_t>(first), 1));
    }
    if (name == "slice" || name == "substr") {
      if (first < 0) first = std::max(0.0, length + first);
      if (name == "substr") last = call.argument(1).is(Tag::kUndefined) ? length : first + last;
      else if (last < 0) last += length;
    } else if (first > last) {
      std::swap(first, last);
    }
    first = std::clamp(first, 0.0, length);
    last = std::clamp(last, 0.0, length);
    if (last <= first) return Value::string("");
    return Value::string(text.substr(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first)));
  }
  if (name == "localeCompare" || name == "normalize" || name == "matchAll" || name == "search")
    return not_known("this string method is not evaluated");
  return std::nullopt;
}

}  // namespace drizzle_audit::program
