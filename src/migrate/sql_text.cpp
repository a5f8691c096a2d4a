#include "migrate/sql_text.h"

#include <cctype>

namespace drizzle_audit::migrate {
namespace {

std::string doubled(std::string_view text, char quote, bool backslashes) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || (backslashes && c == '\\')) out += c;
    out += c;
  }
  return out + quote;
}

bool is_mysql(Dialect dialect) { return dialect == Dialect::kMysql || dialect == Dialect::kSinglestore; }

}  // namespace

std::string quoted(Dialect dialect, std::string_view name) { return doubled(name, is_mysql(dialect) ? '`' : '"', false); }

std::string literal(Dialect dialect, std::string_view text) { return doubled(text, '\'', is_mysql(dialect)); }

std::string qualified(Dialect dialect, const TableRef& table) {
  if (table.schema) return quoted(dialect, *table.schema) + '.' + quoted(dialect, table.table);
  return (dialect == Dialect::kPostgresql ? "\"public\"." : "") + quoted(dialect, table.table);
}

std::string columns(Dialect dialect, const std::vector<std::string>& names, std::string_view alias) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ", ";
    if (!alias.empty()) (out += alias) += '.';
    out += quoted(dialect, name);
  }
  return out;
}

std::string dollar_quoted(std::string_view body, std::string_view tag) {
  std::string mark = '$' + std::string(tag) + '$';
  for (int n = 1; body.find(mark) != std::string_view::npos; ++n) mark = '$' + std::string(tag) + std::to_string(n) + '$';
  return mark + std::string(body) + mark;
}

std::string fill(std::string_view text, const std::vector<std::pair<std::string_view, std::string>>& values) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find("{{", at);
    const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) break;
    out += text.substr(at, open - at);
    const std::string_view key = text.substr(open + 2, close - open - 2);
    for (const auto& [name, value] : values) {
      if (name == key) out += value;
    }
    at = close + 2;
  }
  return out += text.substr(at);
}

std::string comment_line(std::string_view text) {
  std::string out = "-- ";
  for (const char c : text) out += c == '\n' || c == '\r' ? ' ' : c;
  return out + '\n';
}

std::string label(const TableRef& table) { return table.schema ? *table.schema + '.' + table.table : table.table; }

std::string label(const TableRef& table, const std::vector<std::string>& names) { return label(table) + " (" + joined(names, ", ") + ')'; }

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += separator;
    out += words[i];
  }
  return out;
}

std::string counted(std::size_t count, const std::string& noun) { return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s"); }

std::string in_capitals(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace drizzle_audit::migrate
