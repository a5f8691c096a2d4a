#include "ineffective-table-extra/lookalike.h"

#include <algorithm>

#include "drizzle_audit/names.h"

namespace drizzle_audit::rules::ineffective_table_extra {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// The source of a property's value up to the closing mark; empty without it. `open` and `close` belong to the value.
std::string_view value_of(std::string_view object, std::string_view key, std::string_view open, char close) {
  for (std::size_t at = object.find(key); at != std::string_view::npos; at = object.find(key, at + 1)) {
    if (at == 0 || is_name_char(object[at - 1])) continue;
    std::string_view rest = trim(object.substr(at + key.size()));
    if (!rest.starts_with(':')) continue;
    rest = trim(rest.substr(1));
    const std::size_t end = rest.find(close, open.size());
    if (rest.starts_with(open) && end != std::string_view::npos) return rest.substr(0, end + 1);
  }
  return {};
}

std::string_view string_of(std::string_view object, std::string_view key) {
  std::string_view text = value_of(object, key, "\"", '"');
  if (text.empty()) text = value_of(object, key, "'", '\'');
  return text.size() < 2 ? std::string_view() : text.substr(1, text.size() - 2);
}

/// "t.a, t.b" between the brackets; empty when one is not a column of the table.
std::string columns_of(const Table& table, std::string_view object) {
  std::string_view list = value_of(object, "fields", "[", ']');
  if (list.empty()) list = value_of(object, "columns", "[", ']');
  if (list.size() < 2) return {};
  list = list.substr(1, list.size() - 2);
  std::string text;
  while (!trim(list).empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view item = trim(list.substr(0, comma));
    const std::size_t dot = item.rfind('.');
    if (dot == std::string_view::npos || find_column_by_key(table, item.substr(dot + 1)) == nullptr) return {};
    text += (text.empty() ? "" : ", ") + std::string(item);
    list = list.substr(std::min(comma + 1, list.size()));
  }
  return text;
}

}  // namespace

std::string_view without_key(std::string_view entry) {
  std::size_t at = 0;
  while (at < entry.size() && is_name_char(entry[at])) ++at;
  if (at == 0) return entry;
  const std::string_view rest = trim(entry.substr(at));
  return rest.starts_with(':') ? trim(rest.substr(1)) : entry;
}

std::optional<std::string> builder_for_lookalike(const Table& table, std::string_view object) {
  if (!object.starts_with('{')) return std::nullopt;
  const std::string name(string_of(object, "name"));
  if (name.empty()) return std::nullopt;
  const std::string quoted = "\"" + name + "\"";
  if (const std::string_view expression = value_of(object, "expression", "sql`", '`');
      !expression.empty() && string_of(object, "kind") == "check") {
    return "check(" + quoted + ", " + std::string(expression) + ")";
  }
  const std::string columns = columns_of(table, object);
  if (columns.empty()) return std::nullopt;
  if (name.find("uniq") != std::string::npos || name.ends_with("_key") || name.ends_with("_uq"))
    return "unique(" + quoted + ").on(" + columns + ")";
  if (name.ends_with("idx") || name.ends_with("index")) return "index(" + quoted + ").on(" + columns + ")";
  return std::nullopt;
}

}  // namespace drizzle_audit::rules::ineffective_table_extra
