#include "missing-index/line_item.h"

#include <algorithm>
#include <array>

#include "_shared/keys.h"
#include "drizzle_audit/names.h"

namespace drizzle_audit::rules::missing_index {
namespace {

constexpr std::array<std::string_view, 9> kLineNouns = {"item",    "line", "detail", "entry",    "position",
                                                        "product", "row",  "part",   "component"};

bool is_line_noun(const std::string& word) {
  return std::any_of(kLineNouns.begin(), kLineNouns.end(), [&](std::string_view noun) { return same_noun(word, noun); });
}

Words words_of(const Table& table) { return split_words(table.name.value_or("")); }

/// How many words of `name`, from `from` on, are the end of the target's name: `purchase_order_items` starts with `orders` at 1.
std::size_t words_of_target(const Words& name, std::size_t from, const Words& target) {
  for (std::size_t count = std::min(target.size(), name.size() - from); count > 0; --count) {
    const auto end = target.end();
    const auto start = end - static_cast<std::ptrdiff_t>(count);
    if (std::equal(start, end, name.begin() + static_cast<std::ptrdiff_t>(from),
                   [](const std::string& a, const std::string& b) { return same_noun(a, b); })) {
      return count;
    }
  }
  return 0;
}

/// The reference to the table that `order_items` is named after.
const Reference* parent_of_lines(const Words& name, const std::vector<const Reference*>& references) {
  if (name.size() < 2 || !is_line_noun(name.back())) return nullptr;
  const Reference* best = nullptr;
  std::size_t most = 0;
  for (const Reference* reference : references) {
    const Words target = words_of(*reference->target);
    for (std::size_t from = 0; from + 1 < name.size(); ++from) {
      const std::size_t count = words_of_target(name, from, target);
      if (count > most && from + count + 1 == name.size()) {
        best = reference;
        most = count;
      }
    }
  }
  return best;
}

/// Whether every row has it: part of the primary key counts.
bool is_set(const Reference& reference) {
  const Column* column = reference.columns.front();
  const std::vector<const Column*> key = primary_key(*reference.table);
  return column->not_null || std::find(key.begin(), key.end(), column) != key.end();
}

/// The two references that `product_tags` is named after, in that order. A word before them is the project's or the area's.
std::optional<Pair> named_after_both(const Words& name, const std::vector<const Reference*>& references) {
  for (const Reference* first : references) {
    for (const Reference* second : references) {
      if (first == second || first->target == second->target || !is_set(*first) || !is_set(*second)) continue;
      const Words b = words_of(*second->target);
      const Words a = words_of(*first->target);
      for (std::size_t from = 0; from < 2 && from < name.size(); ++from) {
        // A prefix that the targets do not have is part of the name: fixed_asset_accounts are no assets' accounts.
        if (from == 1 && a.front() != name.front() && b.front() != name.front()) continue;
        const std::size_t count = words_of_target(name, from, a);
        if (count == 0 || from + count >= name.size()) continue;
        if (from + count + words_of_target(name, from + count, b) == name.size()) return Pair{first, second, "links"};
      }
    }
  }
  return std::nullopt;
}

/// When the row was made; other times are something that the row is about.
bool is_bookkeeping(const Column& column) {
  static constexpr std::array<std::string_view, 7> kWords = {"created", "updated", "added", "assigned", "linked", "modified", "deleted"};
  const Words words = split_words(column.name.value_or(column.key));
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return words.front() == word; });
}

/// Whether the table says nothing but which two rows belong together.
bool has_only_references(const Table& table, const std::vector<const Reference*>& references) {
  return std::all_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    const std::vector<const Column*> key = primary_key(table);
    if (key.size() == 1 && key.front() == &column) return true;
    if (is_bookkeeping(column)) return true;
    return std::any_of(references.begin(), references.end(), [&](const Reference* reference) {
      return std::find(reference->columns.begin(), reference->columns.end(), &column) != reference->columns.end();
    });
  });
}

}  // namespace

bool notes_who(const Column& column) {
  const Words words = split_words(column.name.value_or(column.key));
  return words.size() > 1 && std::find(words.begin() + 1, words.end(), "by") != words.end();
}

std::optional<Pair> leading_pair(const Table& table, const std::vector<const Reference*>& references, const Column* tenant) {
  std::vector<const Reference*> sides;
  for (const Reference* reference : references) {
    const Column* column = reference->columns.front();
    const bool is_self = reference->target == &table;
    if (reference->columns.size() == 1 && column != tenant && !notes_who(*column) && !is_self) sides.push_back(reference);
  }
  if (sides.size() < 2) return std::nullopt;
  const Words name = words_of(table);
  if (std::optional<Pair> pair = named_after_both(name, sides)) return pair;
  if (const Reference* parent = parent_of_lines(name, sides)) {
    std::erase(sides, parent);
    const auto required = std::find_if(sides.begin(), sides.end(), [](const Reference* side) { return side->columns.front()->not_null; });
    // Of several that may be missing none is what the line is about.
    if (required != sides.end()) return Pair{parent, *required, "lines"};
    if (sides.size() == 1) return Pair{parent, sides.front(), "lines"};
    return std::nullopt;
  }
  if (sides.size() == 2 && sides[0]->target != sides[1]->target && sides[0]->columns.front()->not_null &&
      sides[1]->columns.front()->not_null && has_only_references(table, references)) {
    return Pair{sides[0], sides[1], "links"};
  }
  return std::nullopt;
}

}  // namespace drizzle_audit::rules::missing_index
