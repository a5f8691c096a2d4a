// See pnpm_workspace.h. https://pnpm.io/pnpm-workspace_yaml
#include "workspace/pnpm_workspace.h"

#include <algorithm>

namespace drizzle_audit::workspace {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// Cuts off a comment: `#` at the start or after a space, outside quotes.
std::string_view without_comment(std::string_view line) {
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) {
      return line.substr(0, i);
    }
  }
  return line;
}

std::string unquote(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  return std::string(text);
}

struct KeyValue {
  std::string key;
  std::string_view value;
};

/// `key: value`; the key may be quoted and hold colons ("@scope/x": ^1).
KeyValue split_key(std::string_view line) {
  std::size_t from = 0;
  if (!line.empty() && (line.front() == '"' || line.front() == '\'')) from = line.find(line.front(), 1);
  const std::size_t colon = from == std::string_view::npos ? from : line.find(':', from);
  if (colon == std::string_view::npos) return {unquote(line), {}};
  return {unquote(line.substr(0, colon)), trim(line.substr(colon + 1))};
}

void add_flow_list(std::string_view value, std::vector<std::string>& items) {
  if (value.size() < 2 || value.front() != '[' || value.back() != ']') return;
  value = value.substr(1, value.size() - 2);
  while (!value.empty()) {
    const std::size_t comma = std::min(value.find(','), value.size());
    std::string item = unquote(value.substr(0, comma));
    if (!item.empty()) items.push_back(std::move(item));
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
}

}  // namespace

PnpmWorkspace parse_pnpm_workspace(std::string_view text) {
  PnpmWorkspace result;
  std::string section;         // the key at column 0
  std::string catalog;         // inside `catalogs`
  std::size_t catalog_at = 0;  // its indentation
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = without_comment(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view content = trim(line);
    if (content.empty()) continue;
    const std::size_t indent = line.find_first_not_of(' ');
    const bool is_item = content.front() == '-' && (content.size() == 1 || content[1] == ' ');
    if (is_item) {
      if (section == "packages") result.packages.push_back(unquote(content.substr(1)));
      continue;
    }
    const KeyValue pair = split_key(content);
    if (indent == 0) {
      section = pair.key;
      catalog.clear();
      catalog_at = 0;
      if (section == "packages") add_flow_list(pair.value, result.packages);
    } else if (section == "catalog") {
      result.catalogs.emplace(std::pair(std::string(), pair.key), unquote(pair.value));
    } else if (section == "catalogs") {
      if (pair.value.empty() && (catalog_at == 0 || indent <= catalog_at)) {
        catalog = pair.key;
        catalog_at = indent;
      } else {
        result.catalogs.emplace(std::pair(catalog, pair.key), unquote(pair.value));
      }
    }
  }
  return result;
}

}  // namespace drizzle_audit::workspace
