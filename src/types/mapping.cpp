// See mapping.h.
#include "types/mapping.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "types/type_scan.h"

namespace drizzle_audit::types {
namespace {

/// Columns that half of all tables have: they say little about which table a type is of.
constexpr auto kCommon =
    std::to_array<std::string_view>({"id",     "name", "createdat", "updatedat", "deletedat", "title",     "description", "type",
                                     "status", "slug", "url",       "userid",    "createdby", "updatedby", "key",         "value",
                                     "label",  "data", "metadata",  "order",     "position",  "email",     "image",       "content"});

struct Shared {
  std::size_t columns = 0;  ///< properties that are columns
  std::size_t telling = 0;  ///< of these, the ones that few other tables have
};

Shared shared_columns(const Table& table, const std::vector<std::string_view>& properties) {
  Shared shared;
  for (const std::string_view property : properties) {
    if (column_of(table, property) == nullptr) continue;
    ++shared.columns;
    if (std::find(kCommon.begin(), kCommon.end(), folded(property)) == kCommon.end()) ++shared.telling;
  }
  return shared;
}

/// How many of the properties are columns or might have been: what is called like a relation or a table is other rows.
std::size_t possible_columns(const TableNames& names, const Table& table, const std::vector<std::string_view>& properties) {
  return static_cast<std::size_t>(std::count_if(properties.begin(), properties.end(), [&](std::string_view property) {
    return column_of(table, property) != nullptr || (!names.is_relation(table, property) && !names.is_table_noun(property));
  }));
}

/// Columns that a type must share with a table to be taken for its row, at the least.
constexpr std::size_t kFewest = 2;

/// Whether the column tells a row from others, or leads to other rows.
bool is_key_column(const Table& table, const Column& column) {
  if (column.primary_key) return true;
  const auto holds = [&](const auto& key) { return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end(); };
  const Words words = split_words(column.key);
  return std::any_of(table.primary_keys.begin(), table.primary_keys.end(), holds) ||
         std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), holds) || (!words.empty() && words.back() == "id");
}

bool is_enough(const TableNames& names, NameFit fit, const Shared& shared, const Table& table,
               const std::vector<std::string_view>& properties) {
  // A small table is no more than its common columns.
  if (fit == NameFit::kWhole && shared.columns >= kFewest && shared.columns == properties.size())
    return shared.telling >= 1 || table.columns.size() <= 4;
  if (shared.columns <= kFewest) return false;
  const std::size_t counted = shared.columns >= 5 ? possible_columns(names, table, properties) : properties.size();
  const auto percent = shared.columns * 100 / counted;
  switch (fit) {
    case NameFit::kWhole: return percent >= (shared.columns >= 8 ? 50U : 60U) && shared.telling >= 2;
    case NameFit::kEnding: return percent >= 65 && shared.telling >= 2;
    case NameFit::kRest: return shared.columns >= 4 && percent >= 75 && shared.telling >= 1;
    case NameFit::kPlace: break;
  }
  return shared.columns >= 4 && percent >= 75 && shared.telling >= 3;
}

/// Whether the text is that of an object type all of whose properties are written in it as `name: type`.
bool is_written_out(std::string_view declaration) {
  const std::size_t brace = declaration.find('{');
  if (brace == std::string_view::npos) return false;
  const std::string_view head = declaration.substr(0, brace);
  const std::string_view body = declaration.substr(brace);
  const std::size_t equals = head.find('=');
  if (head.find("extends") != std::string_view::npos || head.find('<') != std::string_view::npos) return false;
  if (equals != std::string_view::npos && head.find_first_not_of(" \t\r\n", equals + 1) != std::string_view::npos) return false;
  // A computed key or a mapped type, a quoted key, an intersection: somebody else has to look.
  for (std::size_t i = 0; i + 1 < body.size(); ++i) {
    const char next = body[i + 1];
    if (body[i] == '[' && next != ']') return false;
    if ((body[i] == '"' || body[i] == '\'') && (next == ':' || next == '?')) return false;
    if (body[i] == '}') {
      const std::size_t after = body.find_first_not_of(" \t\r\n", i + 1);
      if (after != std::string_view::npos && body[after] == '&') return false;
    }
  }
  return true;
}

/// Whether written_properties() of the declaration are just its properties: nothing in it is nested, called, quoted or a comment.
bool is_flat(std::string_view declaration, std::size_t properties) {
  const auto count = [&](char c) { return static_cast<std::size_t>(std::count(declaration.begin(), declaration.end(), c)); };
  return count('{') == 1 && count('}') == 1 && count(':') == properties && declaration.find_first_of("(\"'`/") == std::string_view::npos;
}

/// Every name that has a `:` or `?:` behind it.
std::vector<std::string_view> written_properties(std::string_view declaration) {
  std::vector<std::string_view> properties;
  for (std::size_t at = declaration.find(':'); at != std::string_view::npos; at = declaration.find(':', at + 1)) {
    const std::size_t end = at > 0 && declaration[at - 1] == '?' ? at - 1 : at;
    std::size_t begin = end;
    while (begin > 0 && is_name_char(declaration[begin - 1])) --begin;
    if (begin != end) properties.push_back(declaration.substr(begin, end - begin));
  }
  return properties;
}

}  // namespace

bool may_hold_row(const TableNames& names, std::string_view declaration) {
  if (!is_written_out(declaration)) return true;
  std::size_t columns = 0;
  const std::vector<std::string_view> properties = written_properties(declaration);
  return std::any_of(properties.begin(), properties.end(),
                     [&](std::string_view property) { return names.may_name_column(property) && ++columns == kFewest; });
}

bool may_be_row(const TableNames& names, std::string_view type, std::string_view path, std::string_view declaration) {
  if (!is_written_out(declaration)) return true;
  std::vector<std::string_view> properties = written_properties(declaration);
  const bool flat = is_flat(declaration, properties.size());
  const std::vector<std::string_view> all = flat ? properties : std::vector<std::string_view>();
  std::erase_if(properties, [&](std::string_view property) { return !names.may_name_column(property); });
  if (properties.size() < kFewest) return false;
  if (flat) return infer_mapping(names, type, path, all).has_value();
  const std::vector<NamedTable> tables = names.tables_for(type, path);
  return std::any_of(tables.begin(), tables.end(), [&](const NamedTable& named) {
    std::size_t columns = 0;
    return std::any_of(properties.begin(), properties.end(),
                       [&](std::string_view property) { return column_of(*named.table, property) != nullptr && ++columns == kFewest; });
  });
}

const Column* column_of(const Table& table, std::string_view property) {
  if (const Column* exact = find_column_by_key(table, property)) return exact;
  const Column* found = nullptr;
  for (const Column& column : table.columns) {
    if (folds_to(column.key, property)) return &column;
    if (found == nullptr && column.name.known() && folds_to(column.name.value(), property)) found = &column;
  }
  return found;
}

std::string share(const Table& table, const std::vector<std::string_view>& properties) {
  const auto count =
      std::count_if(properties.begin(), properties.end(), [&](std::string_view name) { return column_of(table, name) != nullptr; });
  const bool all = static_cast<std::size_t>(count) == properties.size();
  return (all ? "all " : std::to_string(count) + " of ") + std::to_string(properties.size()) + " properties are columns of " +
         display_name(table);
}

std::optional<Mapping> infer_mapping(const TableNames& names, std::string_view type, std::string_view path,
                                     const std::vector<std::string_view>& properties) {
  struct Candidate {
    NamedTable named;
    Shared shared;
  };
  std::vector<Candidate> candidates;
  if (is_foreign_place(path)) return std::nullopt;
  for (NamedTable& named : names.tables_for(type, path)) {
    const Shared shared = shared_columns(*named.table, properties);
    // AssetInfo has the most of an asset, EventInfo something about an event; the data of a row is more than three of forty columns.
    const std::size_t part = type.ends_with("Info") ? 3 : type.ends_with("Data") ? 6 : 0;
    if (part > 0 && shared.columns * part < named.table->columns.size()) continue;
    // A name that leaves out what the table is called first says the least.
    const bool is_part = named.fit == NameFit::kRest || named.fit == NameFit::kPlace;
    if (is_part && std::none_of(properties.begin(), properties.end(), [&](std::string_view property) {
          const Column* column = column_of(*named.table, property);
          return column != nullptr && is_key_column(*named.table, *column);
        }))
      continue;
    if (is_enough(names, named.fit, shared, *named.table, properties)) candidates.push_back({std::move(named), shared});
  }
  if (candidates.empty()) return std::nullopt;
  // A name that fits less well wins only where the properties say much more.
  const auto better = [](const Candidate& a, const Candidate& b) {
    if (a.named.fit == b.named.fit) return a.shared.columns > b.shared.columns;
    const bool a_fits = a.named.fit > b.named.fit;
    const Candidate& high = a_fits ? a : b;
    const Candidate& low = a_fits ? b : a;
    return a_fits != (low.shared.columns >= high.shared.columns * 2);
  };
  std::size_t chosen = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (better(candidates[i], candidates[chosen])) chosen = i;
  }
  const Candidate& best = candidates[chosen];
  const bool is_open = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& other) {
    return &other != &best && other.named.fit == best.named.fit && other.shared.columns == best.shared.columns;
  });
  if (is_open) return std::nullopt;  // users of two schemas: nobody knows which
  Mapping mapping;
  mapping.table = best.named.table;
  mapping.why = best.named.why + "; " + share(*best.named.table, properties);
  mapping.input = best.named.input;
  mapping.row = best.named.row;
  const bool sure = best.shared.telling >= 2 && best.shared.columns * 100 >= possible_columns(names, *mapping.table, properties) * 70;
  mapping.confidence = sure ? Confidence::kHigh : Confidence::kMedium;
  return mapping;
}

bool is_of_something_else(const DomainType& inferred) {
  std::size_t differ = 0;
  std::size_t other = 0;
  std::size_t keys = 0;
  for (const ComparedProperty& property : inferred.properties) {
    if (is_key_column(*inferred.table, *property.column)) ++keys;
    if (property.row.kind == ValueKind::kDate && property.domain.kind == ValueKind::kText) continue;  // what JSON makes of it
    if (property.row_to_domain == Verdict::kNo && property.domain_to_row == Verdict::kNo) ++differ;
    if (property.core_row_to_domain == Verdict::kNo && property.core_domain_to_row == Verdict::kNo) ++other;
  }
  const std::size_t all = inferred.properties.size();
  constexpr std::size_t kMany = 8;
  return (all >= kMany && other * 10 >= all * 7) || (keys == 0 && differ > 0 && differ * 2 >= all);
}

const Table* table_called(const Model& model, std::string_view name) {
  const Table* found = nullptr;
  for (const Table& table : model.tables) {
    const bool called = table.export_name == name || table.name.is(name) || display_name(table) == name;
    if (!called) continue;
    if (found != nullptr) return nullptr;
    found = &table;
  }
  return found;
}

}  // namespace drizzle_audit::types
