#include "redundant-json-column/element_type.h"

#include <algorithm>
#include <optional>

namespace drizzle_audit::rules::redundant_json_column {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// The text without the wrapper; nothing when it has another.
std::optional<std::string_view> unwrap(std::string_view text, std::string_view before, std::string_view after) {
  if (!text.starts_with(before) || !text.ends_with(after) || text.size() < before.size() + after.size()) return std::nullopt;
  return trim(text.substr(before.size(), text.size() - before.size() - after.size()));
}

/// The element of an array type; nothing when it is none.
std::optional<std::string_view> element_of(std::string_view type) {
  for (const std::string_view before : {"Array<", "ReadonlyArray<"}) {
    if (const auto inner = unwrap(type, before, ">")) return inner;
  }
  if (const auto inner = unwrap(type, "readonly ", "[]")) return inner;
  return unwrap(type, "", "[]");
}

/// Where the braces that open the text close; npos when the text ends before.
std::size_t end_of_braces(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

/// The property that a member declares: `readonly id?: string`. Empty for methods, index signatures and the rest of a generic type.
std::string property(std::string_view member) {
  member = trim(member);
  if (member.starts_with("readonly ")) member = trim(member.substr(9));
  const char quote = member.empty() ? ' ' : member.front();
  std::size_t end = 0;
  std::string name;
  if (quote == '"' || quote == '\'') {
    end = member.find(quote, 1);
    if (end == std::string_view::npos) return {};
    name = member.substr(1, end - 1);
    ++end;
  } else {
    while (end < member.size() && is_name(member[end])) ++end;
    name = member.substr(0, end);
  }
  if (end < member.size() && member[end] == '?') ++end;
  while (end < member.size() && is_space(member[end])) ++end;
  return end < member.size() && member[end] == ':' ? name : std::string();
}

/// The properties between the braces. A line ends a member too, so a type that goes on in the next line is cut: its rest declares nothing.
std::vector<std::string> properties(std::string_view body) {
  std::vector<std::string> keys;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= body.size(); ++i) {
    const char c = i < body.size() ? body[i] : ';';
    if (c == '{' || c == '(' || c == '[') ++depth;
    if (c == '}' || c == ')' || c == ']') --depth;
    if (depth != 0 || (c != ';' && c != ',' && c != '\n')) continue;
    if (std::string key = property(body.substr(start, i - start)); !key.empty()) keys.push_back(std::move(key));
    start = i + 1;
  }
  return keys;
}

bool is_plain(std::string_view type) { return type == "string" || type == "number" || type == "bigint"; }

}  // namespace

ElementType element_type(std::string_view type) {
  type = trim(type);
  // A type or null is the type.
  for (const std::string_view null : {"| null", "| undefined"}) {
    if (type.ends_with(null)) type = trim(type.substr(0, type.size() - null.size()));
  }
  // Comments and strings may hold braces; nobody writes them here often enough to be worth a reader.
  const bool is_simple =
      type.find("/*") == std::string_view::npos && type.find("//") == std::string_view::npos && type.find('`') == std::string_view::npos;
  std::optional<std::string_view> element = element_of(type);
  if (!element) {
    const bool no_list = type.starts_with("Record<") || type.starts_with('{') || is_plain(type) || type == "boolean";
    return {no_list ? Shape::kNoList : Shape::kUnknown, {}};
  }
  if (const auto inner = unwrap(*element, "(", ")")) element = inner;
  if (is_plain(*element)) return {Shape::kPlain, {}};
  if (!is_simple || !element->starts_with('{') || end_of_braces(*element) + 1 != element->size()) return {};
  return {Shape::kObjects, properties(element->substr(1, element->size() - 2))};
}

}  // namespace drizzle_audit::rules::redundant_json_column
