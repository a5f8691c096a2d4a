// See enum_match.h.
#include "types/enum_match.h"

#include <algorithm>
#include <cstddef>
#include <utility>

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

bool is_enum_called(const Column& column, const std::string& stem) {
  if (column.enumeration != nullptr) {
    if (enum_stem(column.enumeration->export_name) == stem || enum_stem(column.enumeration->name.value_or("")) == stem) return true;
  }
  if (column.enum_name && enum_stem(*column.enum_name) == stem) return true;
  // TicketPriority: the priority of tickets.
  const Words words = split_words(column.table->name.value_or(column.table->export_name));
  if (words.empty()) return false;
  std::string table;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) table += words[i];
  for (const std::string& noun : noun_forms(words.back())) {
    for (const std::string& key : {folded(column.key), enum_stem(column.key)}) {
      if (noun + key == stem || table + noun + key == stem) return true;
    }
  }
  return false;
}

std::vector<const Column*> columns_of_property(const Model& model, std::string_view property) {
  std::vector<const Column*> columns;
  if (split_words(property).size() < 2) return columns;  // every other type has a status
  const std::string wanted = folded(property);
  const std::string stem = enum_stem(property);
  for (const Table& table : model.tables) {
    for (const Column& column : table.columns) {
      if (!has_values(column)) continue;
      const bool is_named = folded(column.key) == wanted || folded(column.name.value_or("")) == wanted;
      if (is_named || is_enum_called(column, stem)) columns.push_back(&column);
    }
  }
  return columns;
}

}  // namespace

bool may_be_enum(const Model& model, std::string_view property) { return !columns_of_property(model, property).empty(); }

std::optional<EnumMatch> enum_of_property(const Model& model, std::string_view property, const std::vector<std::string>& texts) {
  return best_of(columns_of_property(model, property), texts, "it has the column's name");
}

std::optional<EnumMatch> enum_of_alias(const Model& model, std::string_view type, const std::vector<std::string>& texts) {
  const std::string stem = enum_stem(type);
  std::vector<const Column*> columns;
  if (split_words(type).size() < 2) return std::nullopt;
  for (const Table& table : model.tables) {
    for (const Column& column : table.columns) {
      if (has_values(column) && is_enum_called(column, stem)) columns.push_back(&column);
    }
  }
  return best_of(columns, texts, "its name is that of the enum");
}

}  // namespace drizzle_audit::types
