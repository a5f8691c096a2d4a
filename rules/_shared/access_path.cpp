#include "_shared/access_path.h"

#include <algorithm>
#include <string>

#include "_shared/keys.h"
#include "drizzle_audit/names.h"

namespace drizzle_audit::rules {
namespace {

std::string_view known_name(const Fact<std::optional<std::string_view>>& name) {
  return name.known() && name.value() ? *name.value() : std::string_view();
}

/// `"orders"."store_id" IS NOT NULL` → the column's name and what is said of it; both empty when the condition says more.
struct NullTest {
  std::string column;
  bool is_null = false;
};

std::optional<NullTest> null_test(std::string_view condition) {
  std::string text;
  for (const char c : condition) {
    if (c == '(' || c == ')' || c == '"' || c == '`' || c == '[' || c == ']') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  while (!text.empty() && text.front() == ' ') text.erase(0, 1);
  for (const std::string_view test : {" is not null", " is null"}) {
    if (!text.ends_with(test)) continue;
    std::string column = text.substr(0, text.size() - test.size());
    if (column.find(' ') != std::string::npos) return std::nullopt;
    if (const std::size_t dot = column.rfind('.'); dot != std::string::npos) column.erase(0, dot + 1);
    return NullTest{column, test == " is null"};
  }
  return std::nullopt;
}

std::string lower(std::string_view name) {
  std::string text(name);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

bool says_deleted(std::string_view column) {
  const Words words = split_words(column);
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return word == "deleted" || word == "archived" || word == "removed"; });
}

/// Whether a partial index still finds every row of interest with values in these columns.
bool finds_all(const Index& index, const std::vector<const Column*>& columns) {
  if (!index.where || !index.where->known()) return true;
  const std::optional<NullTest> test = null_test(index.where->value().text);
  if (!test) return false;
  if (test->is_null) return says_deleted(test->column);
  return std::any_of(columns.begin(), columns.end(), [&](const Column* column) { return lower(column_name(*column)) == test->column; });
}

bool names_column(const IgnoredExtra& extra, const Column& column) {
  if (std::find(extra.columns.begin(), extra.columns.end(), &column) != extra.columns.end()) return true;
  if (extra.sql && (!extra.sql->known() || extra.sql->value().text.find(column_name(column)) != std::string_view::npos)) return true;
  return std::any_of(extra.inner.begin(), extra.inner.end(), [&](const IgnoredExtra& inner) { return names_column(inner, column); });
}

}  // namespace

std::vector<AccessPath> access_paths(const Table& table) {
  std::vector<AccessPath> paths;
  for (const PrimaryKey& key : table.primary_keys) {
    paths.push_back({AccessKind::kPrimaryKey, {key.columns.begin(), key.columns.end()}, true, known_name(key.name), nullptr, key.span});
  }
  for (const Unique& unique : table.uniques) {
    paths.push_back(
        {AccessKind::kUnique, {unique.columns.begin(), unique.columns.end()}, true, known_name(unique.name), nullptr, unique.span});
  }
  for (const Index& index : table.indexes) {
    AccessPath path{AccessKind::kIndex, {}, index.unique, known_name(index.name), &index, index.span};
    for (const IndexColumn& part : index.columns) path.columns.push_back(part.column);
    paths.push_back(std::move(path));
  }
  return paths;
}

bool is_ordinary(const AccessPath& path) {
  if (path.index == nullptr || !path.index->method) return true;
  return *path.index->method == "btree" || *path.index->method == "hash";
}

bool leads_with(const AccessPath& path, const std::vector<const Column*>& columns) {
  if (!is_ordinary(path) || path.columns.size() < columns.size()) return false;
  const auto end = path.columns.begin() + static_cast<std::ptrdiff_t>(columns.size());
  const bool leads = std::all_of(columns.begin(), columns.end(),
                                 [&](const Column* column) { return std::find(path.columns.begin(), end, column) != end; });
  return leads && (path.index == nullptr || finds_all(*path.index, columns));
}

bool has_known_indexes(const Table& table) {
  return !table.incomplete.indexes && !table.incomplete.uniques && !table.incomplete.primary_keys;
}

bool has_ineffective_index(const Table& table, const Column& column) {
  return std::any_of(table.ignored_extras.begin(), table.ignored_extras.end(),
                     [&](const IgnoredExtra& extra) { return extra.builder != "check" && names_column(extra, column); });
}

}  // namespace drizzle_audit::rules
