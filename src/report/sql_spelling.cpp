// See sql_spelling.h.
#include "report/sql_spelling.h"

#include <cctype>

namespace drizzle_audit::report {
namespace {

/// A JSON scalar as SQL: strings lose their double quotes and gain single ones.
std::string sql_literal(std::string_view json) {
  if (json.size() < 2 || json.front() != '"') return json == "null" ? "NULL" : std::string(json);
  std::string out = "'";
  for (std::size_t i = 1; i + 1 < json.size(); ++i) {
    char c = json[i];
    if (c == '\\' && i + 2 < json.size()) {
      c = json[++i];
      if (c == 'n') c = '\n';
      if (c == 't') c = '\t';
    }
    out += c;
    if (c == '\'') out += '\'';
  }
  return out + "'";
}

}  // namespace

std::string comment(std::string_view text) {
  std::string out = "/* ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    const std::string_view two = text.substr(i, 2);
    if (two == "*/" || two == "/*") out += ' ';
  }
  return out + " */";
}

std::string unknown_comment(const Unknown& unknown) { return comment("unknown: " + std::string(unknown.reason)); }

std::string_view bare(std::string_view json) { return json.size() >= 2 && json.front() == '"' ? json.substr(1, json.size() - 2) : json; }

std::vector<std::pair<std::string, std::string>> flat_members(std::string_view json) {
  std::vector<std::pair<std::string, std::string>> members;
  std::size_t i = 0;
  const auto scalar = [&] {
    while (i < json.size() && (std::isspace(static_cast<unsigned char>(json[i])) != 0 || json[i] == ':' || json[i] == ',')) ++i;
    std::string out;
    if (i < json.size() && json[i] == '"') {
      for (++i; i < json.size() && json[i] != '"'; ++i) out += json[i];
      ++i;
    } else {
      for (; i < json.size() && json[i] != ',' && json[i] != '}' && json[i] != ' '; ++i) out += json[i];
    }
    return out;
  };
  while (i < json.size() && json[i] != '"') ++i;
  while (i < json.size() && json[i] != '}') {
    std::string key = scalar();
    if (key.empty()) break;
    std::string value = scalar();
    members.emplace_back(std::move(key), std::move(value));
    while (i < json.size() && json[i] == ' ') ++i;
  }
  return members;
}

std::string snake_case(std::string_view camel) {
  std::string out;
  for (const char c : camel) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isupper(byte) != 0) out += '_';
    out += static_cast<char>(std::tolower(byte));
  }
  return out;
}

std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::string with_values(const SqlText& sql, bool numbered) {
  if (sql.params.empty()) return std::string(sql.text);
  std::string out;
  std::size_t next = 0;
  char inside = '\0';  // the quote that is open
  for (std::size_t i = 0; i < sql.text.size(); ++i) {
    const char c = sql.text[i];
    if (inside != '\0') {
      if (c == inside) inside = '\0';
    } else if (c == '\'' || c == '"' || c == '`') {
      inside = c;
    } else if (c == '?' && !numbered && next < sql.params.size()) {
      out += sql_literal(sql.params[next++]);
      continue;
    } else if (c == '$' && numbered) {
      std::size_t number = 0;
      std::size_t end = i + 1;
      for (; end < sql.text.size() && std::isdigit(static_cast<unsigned char>(sql.text[end])) != 0 && number < 10000; ++end) {
        number = number * 10 + static_cast<std::size_t>(sql.text[end] - '0');
      }
      if (number >= 1 && number <= sql.params.size()) {
        out += sql_literal(sql.params[number - 1]);
        i = end - 1;
        continue;
      }
    }
    out += c;
  }
  return out;
}

}  // namespace drizzle_audit::report
