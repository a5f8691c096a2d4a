// Links that nothing declares. A guess needs a table, a key of the same type, and either other tables that reference it through a column
// of this name or a name that spells the table; with neither there is no guess, and with two possible targets there is none either.
#include <algorithm>

#include "_shared/keys.h"
#include "_shared/references/link.h"
#include "_shared/references/model_index.h"

namespace drizzle_audit::rules::references {
namespace {

/// How many words of a name the table's name accounts for: all of `store` for stores, the last of `owner user` for users; 0 for none.
std::size_t words_matched(const Words& name, const Words& table_words) {
  for (std::size_t length = name.size(); length > 0; --length) {
    const Words tail(name.end() - static_cast<std::ptrdiff_t>(length), name.end());
    if (same_name(tail, table_words)) return length;
  }
  return 0;
}

bool same_schema(const Table& a, const Table& b) { return a.schema.known() && b.schema.known() && a.schema.value() == b.schema.value(); }

/// Whether `store_id` can mean this key of stores: it is called id, or after its table, or exactly like the column. A key by another name
/// (`internal_id` beside an `id`) is not what the column's name says.
bool is_named_for(const Column& key, const Table& table, const Column& column) {
  if (key.name.known() && column.name.is(key.name.value())) return true;
  const Words words = split_words(key.name.value_or(key.key));
  if (words.size() == 1) return words.front() == "id" || words.front() == "uuid" || words.front() == "guid" || words.front() == "pk";
  if (words_matched(reference_words(key), split_words(table.name.value_or(""))) == 0) return false;
  // teamsId of teams is not what team_id says.
  const Words key_words = reference_words(key);
  const Words column_words = reference_words(column);
  return column_words.size() >= key_words.size() && std::equal(key_words.rbegin(), key_words.rend(), column_words.rbegin());
}

/// Whether other tables reference the target, but none of them by this key.
bool is_referenced_by_another_key(const ModelIndex& index, const Target& target) {
  const std::vector<const ForeignKey*>& keys = index.keys_to(*target.table);
  return !keys.empty() &&
         std::none_of(keys.begin(), keys.end(), [&](const ForeignKey* key) { return key->foreign_columns.front() == target.column; });
}

const Column* single_key(const Table& table) {
  const std::vector<const Column*> key = primary_key(table);
  return key.size() == 1 ? key.front() : nullptr;
}

/// Whether a table of the column's own family ends in the same word: the run of cloud_connections is one of cloud_runs, not of
/// heartbeat_runs.
bool has_nearer_table(const ModelIndex& index, const Column& column, const Table& target) {
  const Words words = reference_words(column);
  const Words own = split_words(column.table->name.value_or(""));
  const Words target_words = split_words(target.name.value_or(""));
  if (words.empty() || own.empty() || target_words.empty() || target_words.front() == own.front()) return false;
  const std::span<const Table> tables = index.model().tables;
  return std::any_of(tables.begin(), tables.end(), [&](const Table& other) {
    const Words& other_words = index.names_of(other).front();
    if (other_words.size() < 2 || other_words.front() != own.front()) return false;
    const Column* key = single_key(other);
    // A key that is a foreign key itself makes an extension of another table: it has no ids of its own that could be meant.
    if (key == nullptr || !same_key_type(*key, column) || is_settled(other, *key)) return false;
    return &other != &target && &other != column.table && same_noun(other_words.back(), words.back()) &&
           same_noun(other_words.back(), target_words.back());
  });
}

/// The table that the name spells, if there is exactly one, and its key. The type is looked at later.
std::optional<Target> target_by_name(const ModelIndex& index, const Table& table, const Column& column) {
  const Words words = reference_words(column);
  std::vector<const Table*> best;
  std::size_t best_length = 0;
  for (const Table* candidate : index.candidates(words)) {
    if (!candidate->name.known()) continue;
    std::size_t length = 0;
    for (const Words& name : index.names_of(*candidate)) length = std::max(length, words_matched(words, name));
    // A table's own name in its own column is its own number, not a reference: accounts.account_id.
    if (length == 0 || (candidate == &table && length == words.size())) continue;
    if (length > best_length) best.clear();
    if (length >= best_length) best.push_back(candidate);
    best_length = std::max(best_length, length);
  }
  if (best.empty() && words == Words{"parent"}) best.push_back(&table);
  if (best.size() > 1) std::erase_if(best, [&](const Table* candidate) { return !same_schema(*candidate, table); });
  if (best.size() != 1) return std::nullopt;
  const Column* key = single_key(*best.front());
  if (key == nullptr || key == &column || !is_named_for(*key, *best.front(), column)) return std::nullopt;
  return Target{best.front(), key};
}

/// The one target that siblings agree on. Where they do not, the one that the name spells.
std::optional<Target> target_by_siblings(const std::vector<Sibling>& siblings, const std::optional<Target>& by_name) {
  if (siblings.empty()) return std::nullopt;
  const Target& first = siblings.front().target;
  const bool agree = std::all_of(siblings.begin(), siblings.end(), [&](const Sibling& sibling) { return sibling.target == first; });
  if (agree) return first;
  const bool one_matches =
      by_name && std::any_of(siblings.begin(), siblings.end(), [&](const Sibling& sibling) { return sibling.target == *by_name; });
  return one_matches ? by_name : std::nullopt;
}

/// A lone sibling beside a `type` is too weak: that may well decide between several tables.
bool is_too_weak(const ModelIndex& index, const Column& column, const Target& target, bool by_name, std::size_t siblings) {
  if (by_name && siblings > 0) return false;
  if (siblings < 2 && has_nearer_table(index, column, *target.table)) return true;
  if (by_name) return !reason_to_doubt_name(index.model(), column, *target.table).empty() || is_referenced_by_another_key(index, target);
  const Table& table = *column.table;
  return siblings == 1 && (find_column(table, "type") != nullptr || find_column(table, "kind") != nullptr);
}

}  // namespace

std::optional<Link> guessed_link(const ModelIndex& index, const Table& table, const Column& column) {
  if (!column.name.known() || !column.sql_type.known() || !reason_for_silence(table, column).empty()) return std::nullopt;
  const bool by_whom = split_words(column.name.value()).back() == "by";
  const std::optional<Target> by_name = by_whom ? std::nullopt : target_by_name(index, table, column);
  const std::vector<Sibling> siblings = index.siblings_of(table, column.name.value());
  const std::optional<Target> by_siblings = target_by_siblings(siblings, by_name);
  if (!siblings.empty() && !by_siblings) return std::nullopt;
  const std::optional<Target> target = by_siblings ? by_siblings : by_name;
  if (!target || !same_key_type(column, *target->column)) return std::nullopt;

  Link link;
  link.table = &table;
  link.columns = {&column};
  link.target = target->table;
  link.foreign_columns = {target->column};
  link.by_name = by_name == target;
  for (const Sibling& sibling : siblings) {
    if (sibling.target == *target) link.siblings.push_back(sibling.key);
  }
  if (is_too_weak(index, column, *target, link.by_name, link.siblings.size())) return std::nullopt;
  const Words words = reference_words(column);
  const std::vector<Words>& names = index.names_of(*target->table);
  link.by_whole_name = std::any_of(names.begin(), names.end(), [&](const Words& name) { return same_name(words, name); });
  const bool enough = link.by_name ? !link.siblings.empty() : link.siblings.size() >= 2;
  link.confidence = enough ? Confidence::kHigh : Confidence::kMedium;
  return link;
}

}  // namespace drizzle_audit::rules::references
