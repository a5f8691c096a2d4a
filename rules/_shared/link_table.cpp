#include "_shared/link_table.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "_shared/access_path.h"
#include "_shared/keys.h"
#include "drizzle_audit/names.h"

namespace drizzle_audit::rules {
namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::any_of(list.begin(), list.end(), [&](std::string_view other) { return same_noun(word, other); });
}

/// Rows that happen any number of times.
constexpr std::array<std::string_view, 22> kEventNouns = {
    "view",       "visit",    "click",   "event",   "log",      "history", "play",    "download", "request", "attempt",    "message",
    "impression", "activity", "payment", "booking", "transfer", "note",    "comment", "run",      "session", "invitation", "notification"};
/// Words for a link as such.
constexpr std::array<std::string_view, 15> kLinkNouns = {"member",   "membership", "follow",   "follower",     "like",
                                                         "favorite", "favourite",  "bookmark", "subscription", "assignment",
                                                         "assignee", "link",       "relation", "participant",  "watcher"};
/// A column of such a name may tell two links of one pair apart.
constexpr std::array<std::string_view, 16> kTellingWords = {"type",    "kind",     "reason",  "category", "relation", "deleted",
                                                            "removed", "archived", "revoked", "ended",    "date",     "day",
                                                            "year",    "version",  "locale",  "language"};

Words words_of(std::string_view name) { return split_words(name); }

bool is_remark(const Column& column) {
  const Words words = words_of(column.name.value_or(column.key));
  if (std::any_of(words.begin(), words.end(), [](const std::string& word) { return contains(kTellingWords, word); })) return false;
  if (column.has_default || column.runtime_default || column.default_kind != DefaultKind::kNone || column.runtime_on_update) return true;
  static constexpr std::array<std::string_view, 11> kRemarks = {"created",  "updated", "added", "assigned", "joined", "modified",
                                                                "position", "order",   "sort",  "rank",     "by"};
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return std::find(kRemarks.begin(), kRemarks.end(), word) != kRemarks.end(); });
}

bool is_own_number(const Table& table, const Column& column) {
  const std::vector<const Column*> key = primary_key(table);
  return key.size() == 1 && key.front() == &column;
}

bool ends_like(const Words& name, const Words& target) { return !target.empty() && !name.empty() && same_noun(name.back(), target.back()); }

bool names_target(const Words& name, const Table& target) {
  const Words words = words_of(target.name.value_or(""));
  return !words.empty() && std::any_of(name.begin(), name.end(), [&](const std::string& word) { return same_noun(word, words.back()); });
}

bool is_named_link(const Model& model, const Table& table, const ForeignKey& first, const ForeignKey& second) {
  const Words name = words_of(table.name.value_or(""));
  const bool both = names_target(name, *first.foreign_table) && names_target(name, *second.foreign_table) &&
                    (ends_like(name, words_of(first.foreign_table->name.value_or(""))) ||
                     ends_like(name, words_of(second.foreign_table->name.value_or(""))));
  if (both || (!name.empty() && contains(kLinkNouns, name.back()))) return true;
  return std::any_of(model.relations.begin(), model.relations.end(), [&](const Relation& relation) { return relation.through == &table; });
}

}  // namespace

std::optional<LinkTable> link_table(const Model& model, const TenantModel& tenants, const Table& table) {
  if (table.incomplete.columns || table.incomplete.foreign_keys || !table.name.known()) return std::nullopt;
  const Words name = words_of(table.name.value());
  if (name.empty() || contains(kEventNouns, name.back())) return std::nullopt;
  const Column* tenant = tenant_column(tenants, table);
  std::vector<const ForeignKey*> sides;
  std::vector<const ForeignKey*> tenant_side;
  for (const Column& column : table.columns) {
    if (column.unread_chain || column.unread_reference || !column.name.known()) return std::nullopt;
    const auto holds = [&](const ForeignKey& key) { return !key.error && key.columns.size() == 1 && key.columns.front() == &column; };
    const auto key = std::find_if(table.foreign_keys.begin(), table.foreign_keys.end(), holds);
    const Words words = words_of(column.name.value());
    const bool notes_who = words.size() > 1 && std::find(words.begin() + 1, words.end(), "by") != words.end();
    if (key != table.foreign_keys.end() && !notes_who) {
      (&column == tenant ? tenant_side : sides).push_back(&*key);
    } else if (!is_own_number(table, column) && !is_remark(column) && &column != tenant && !notes_who) {
      return std::nullopt;
    }
  }
  if (sides.size() == 1 && tenant_side.size() == 1) sides.push_back(tenant_side.front());  // the members of a tenant
  if (sides.size() != 2) return std::nullopt;
  if (sides[0]->columns.front() > sides[1]->columns.front()) std::swap(sides[0], sides[1]);
  LinkTable link{sides[0], sides[1], false};
  if (!link.first->foreign_table->name.known() || !link.second->foreign_table->name.known()) return std::nullopt;
  const auto is_set = [&](const ForeignKey* key) {
    const Column* column = key->columns.front();
    return column->not_null || std::any_of(table.primary_keys.begin(), table.primary_keys.end(), [&](const PrimaryKey& primary) {
             return std::find(primary.columns.begin(), primary.columns.end(), column) != primary.columns.end();
           });
  };
  if (!is_set(link.first) || !is_set(link.second)) return std::nullopt;
  link.by_name = is_named_link(model, table, *link.first, *link.second);
  // With a number of its own a row may stand for itself; then only the name or a relation tells that it is a link.
  const bool has_number = !primary_key(table).empty() && primary_key(table).front() != link.first->columns.front() &&
                          primary_key(table).front() != link.second->columns.front();
  if ((has_number || link.first->foreign_table == link.second->foreign_table) && !link.by_name) return std::nullopt;
  return link;
}

std::optional<LinkTable> unbound_link_table(const Model& model, const TenantModel& tenants, const Table& table) {
  if (!has_known_indexes(table)) return std::nullopt;
  std::optional<LinkTable> link = link_table(model, tenants, table);
  if (!link) return std::nullopt;
  const Column* first = link->first->columns.front();
  const Column* second = link->second->columns.front();
  for (const AccessPath& path : access_paths(table)) {
    // What holds one side or tells links apart by more is the author's decision; so is what stands in an expression.
    const auto concerns = [&](const Column* column) { return column == nullptr || column == first || column == second; };
    if (path.unique && std::any_of(path.columns.begin(), path.columns.end(), concerns)) return std::nullopt;
  }
  // What drizzle skips may be its key: ineffective-table-extra has the word.
  if (!table.ignored_extras.empty()) return std::nullopt;
  return link;
}

}  // namespace drizzle_audit::rules
