// See enum_match.h.
#include "types/enum_match.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "drizzle_audit/names.h"
#include "types/type_scan.h"

namespace drizzle_audit::types {
namespace {

using Values = std::vector<std::string_view>;

/// How many of the texts are values.
std::size_t shared_members(const Column& column, const std::vector<std::string>& texts) {
  const auto values = column.enum_values.value();
  return static_cast<std::size_t>(std::count_if(
      texts.begin(), texts.end(), [&](const std::string& text) { return std::find(values.begin(), values.end(), text) != values.end(); }));
}

/// All of the union, two members at least, and a good part of the enum: what has members of its own is about something else, and two of ten
/// are a choice on purpose.
bool is_about(const Column& column, const std::vector<std::string>& texts, std::size_t shared) {
  return shared >= 2 && shared == texts.size() && shared * 3 >= column.enum_values.value().size();
}

bool has_values(const Column& column) {
  return column.has_enum_values && column.enum_values.known() && !column.enum_values.value().empty();
}

bool same_values(const Column& a, const Column& b) {
  Values first(a.enum_values.value().begin(), a.enum_values.value().end());
  Values second(b.enum_values.value().begin(), b.enum_values.value().end());
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  return first == second;
}

/// The one that shares the most; nothing when two different enums share as many.
std::optional<EnumMatch> best_of(const std::vector<const Column*>& columns, const std::vector<std::string>& texts, std::string_view name) {
  const Column* best = nullptr;
  std::size_t most = 0;
  bool open = false;
  for (const Column* column : columns) {
    const std::size_t shared = shared_members(*column, texts);
    if (!is_about(*column, texts, shared)) continue;
    if (shared > most) {
      best = column;
      most = shared;
      open = false;
    } else if (shared == most && !same_values(*best, *column)) {
      open = true;
    }
  }
  if (best == nullptr || open) return std::nullopt;
  return EnumMatch{best, std::string(name) + ", and shares " + std::to_string(most) + " members with it"};
}

/// "OrderStatusEnum", "orderStatusValues" → orderstatus
std::string enum_stem(std::string_view name) {
  std::string text = folded(name);
  for (const std::string_view ending : {"enum", "values", "type"}) {
    if (text.size() > ending.size() + 3 && text.ends_with(ending)) {
      text.resize(text.size() - ending.size());
      break;
    }
  }
  return text;
}

}  // namespace

EnumNames::EnumNames(const Model& model) {
  for (const Table& table : model.tables) {
    const Words words = split_words(table.name.value_or(table.export_name));
    std::string before;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) before += words[i];
    for (const Column& column : table.columns) {
      if (!has_values(column)) continue;
      enter(by_column_, folded(column.key), column);
      enter(by_column_, folded(column.name.value_or("")), column);
      if (column.enumeration != nullptr) {
        enter(by_enum_, enum_stem(column.enumeration->export_name), column);
        enter(by_enum_, enum_stem(column.enumeration->name.value_or("")), column);
      }
      if (column.enum_name) enter(by_enum_, enum_stem(*column.enum_name), column);
      if (words.empty()) continue;
      // TicketPriority: the priority of tickets.
      for (const std::string& noun : noun_forms(words.back())) {
        for (const std::string& key : {folded(column.key), enum_stem(column.key)}) {
          enter(by_enum_, noun + key, column);
          enter(by_enum_, before + noun + key, column);
        }
      }
    }
  }
}

void EnumNames::enter(Index& index, std::string name, const Column& column) {
  if (name.empty()) return;
  Columns& columns = index[std::move(name)];
  if (columns.empty() || columns.back() != &column) columns.push_back(&column);
}

const EnumNames::Columns* EnumNames::columns_of(std::string_view property) const {
  if (by_column_.empty() || split_words(property).size() < 2) return nullptr;  // every other type has a status
  if (const auto found = by_column_.find(folded(property)); found != by_column_.end()) return &found->second;
  const auto found = by_enum_.find(enum_stem(property));
  return found == by_enum_.end() ? nullptr : &found->second;
}

std::optional<EnumMatch> EnumNames::of_property(std::string_view property, const std::vector<std::string>& texts) const {
  const Columns* columns = columns_of(property);
  return columns == nullptr ? std::nullopt : best_of(*columns, texts, "it has the column's name");
}

std::optional<EnumMatch> EnumNames::of_alias(std::string_view type, const std::vector<std::string>& texts) const {
  if (split_words(type).size() < 2) return std::nullopt;
  const auto found = by_enum_.find(enum_stem(type));
  return found == by_enum_.end() ? std::nullopt : best_of(found->second, texts, "its name is that of the enum");
}

}  // namespace drizzle_audit::types
