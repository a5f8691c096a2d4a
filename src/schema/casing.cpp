// Names as drizzle.config's `casing` makes them: drizzle-orm/casing.ts.
#include <string>
#include <string_view>
#include <vector>

#include "schema/hosts.h"

namespace drizzle_audit::schema {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower_or_digit(char c) { return is_lower(c) || (c >= '0' && c <= '9'); }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

/// The matches of /[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+/g, apostrophes left out.
std::vector<std::string> words(std::string_view text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') continue;
    if (text.substr(i, 3) == "\xE2\x80\x99") {
      i += 2;
      continue;
    }
    clean += text[i];
  }
  std::vector<std::string> found;
  for (std::size_t i = 0; i < clean.size();) {
    std::size_t end = i;
    if (is_upper(clean[i])) {
      while (end < clean.size() && is_upper(clean[end])) ++end;
      if (end < clean.size() && is_lower(clean[end])) --end;  // the last capital begins the next word
      if (end == i) {
        ++end;
        while (end < clean.size() && is_lower_or_digit(clean[end])) ++end;
      }
    } else {
      while (end < clean.size() && is_lower_or_digit(clean[end])) ++end;
    }
    if (end == i) {
      ++i;
      continue;
    }
    found.push_back(clean.substr(i, end - i));
    i = end;
  }
  return found;
}

}  // namespace

std::string to_snake_case(std::string_view text) {
  std::string name;
  for (const std::string& word : words(text)) {
    if (!name.empty()) name += '_';
    for (const char c : word) name += lower(c);
  }
  return name;
}

std::string to_camel_case(std::string_view text) {
  std::string name;
  bool first = true;
  for (const std::string& word : words(text)) {
    for (std::size_t i = 0; i < word.size(); ++i) name += first ? lower(word[i]) : i == 0 ? upper(word[i]) : word[i];
    first = false;
  }
  return name;
}

Fact<std::string_view> cased_name(Interpreter& in, const ColumnHost& column) {
  const Environment& environment = column.table->environment;
  // drizzle-kit 0.31 does not apply `casing` to singlestore; drizzle-orm 1.0 has no such option.
  if (!column.name.known() || !column.key_as_name || environment.v1 || environment.casing == Casing::kNone ||
      column.table->dialect == Dialect::kSinglestore) {
    return column.name;
  }
  const std::string_view name = column.name.value();
  return in.make_string(environment.casing == Casing::kSnakeCase ? to_snake_case(name) : to_camel_case(name)).text();
}

}  // namespace drizzle_audit::schema
