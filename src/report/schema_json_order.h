// The order of things in the JSON: by schema and name, as the oracle of the differential tests sorts. Used by schema_json*.cpp only.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

inline std::string_view text_of(const Fact<std::string_view>& fact) { return fact.known() ? fact.value() : std::string_view(); }

inline std::optional<std::string_view> text_of(const Fact<std::optional<std::string_view>>& fact) {
  return fact.known() ? fact.value() : std::nullopt;
}

/// Pointers to `items`, ordered by `key(item)`; equal ones stay in source order.
template <class T, class Key>
std::vector<const T*> sorted(std::span<const T> items, Key key) {
  std::vector<std::pair<std::string, const T*>> keyed;
  keyed.reserve(items.size());
  for (const T& item : items) keyed.emplace_back(key(item), &item);
  std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const T*> result;
  result.reserve(keyed.size());
  for (const auto& [unused, item] : keyed) result.push_back(item);
  return result;
}

inline std::string entity_key(std::string_view schema, std::string_view name, std::string_view export_name) {
  std::string key(schema);
  key += '\0';
  key += name;
  key += '\0';
  key += export_name;
  return key;
}

/// A constraint's name, or its columns after a NUL so that unnamed ones come first.
inline std::string constraint_key(const Fact<std::optional<std::string_view>>& name, std::span<const Column* const> columns) {
  if (const auto text = text_of(name)) return std::string(*text);
  std::string key(1, '\0');
  for (const Column* column : columns) {
    if (key.size() > 1) key += ',';
    key += text_of(column->name);
  }
  return key;
}

}  // namespace drizzle_audit::report
