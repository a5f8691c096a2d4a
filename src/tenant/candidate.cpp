#include "tenant/candidate.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace drizzle_audit::tenant {
namespace {

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& nouns, std::string_view word) {
  return std::any_of(nouns.begin(), nouns.end(), [&](std::string_view noun) { return same_noun(noun, word); });
}

constexpr std::array<std::string_view, 2> kTenantNouns = {"tenant", "workspace"};
constexpr std::array<std::string_view, 12> kOrganizationNouns = {"organization", "organisation", "org",    "company",  "team",   "store",
                                                                 "shop",         "merchant",     "agency", "business", "clinic", "school"};
constexpr std::array<std::string_view, 5> kProjectNouns = {"project", "site", "community", "space", "restaurant"};
constexpr std::array<std::string_view, 4> kUserNouns = {"user", "account", "profile", "member"};

Noun noun_of(const std::vector<Words>& names) {
  Noun best = Noun::kOther;
  for (const Words& name : names) {
    if (name.size() != 1) continue;  // slack_workspaces are Slack's
    const std::string_view word = name.front();
    const Noun noun = contains(kTenantNouns, word)         ? Noun::kTenant
                      : contains(kOrganizationNouns, word) ? Noun::kOrganization
                      : contains(kProjectNouns, word)      ? Noun::kProject
                      : contains(kUserNouns, word)         ? Noun::kUser
                                                           : Noun::kOther;
    best = std::min(best, noun);
  }
  return best;
}

/// The words all table names of the project start with, as pgTableCreator makes them: `shop_users`, `shop_orders`.
std::string common_prefix(const Model& model) {
  std::string prefix;
  for (const Table& table : model.tables) {
    const Words words = split_words(table.name.value_or(""));
    if (words.size() < 2 || (!prefix.empty() && words.front() != prefix)) return {};
    prefix = words.front();
  }
  return model.tables.size() < 2 ? std::string() : prefix;
}

/// The names a table goes by, most honest first: its own, that without the project's prefix, the exported one without its "Table".
std::vector<Words> names_of(const Table& table, const std::string& prefix) {
  std::vector<Words> names = {split_words(table.name.value_or(""))};
  if (!prefix.empty() && names.front().size() > 1) names.emplace_back(names.front().begin() + 1, names.front().end());
  Words exported = split_words(table.export_name);
  while (exported.size() > 1 && (exported.back() == "table" || exported.back() == "schema")) exported.pop_back();
  names.push_back(std::move(exported));
  return names;
}

const Column* single_key(const Table& table) {
  if (table.primary_keys.size() != 1 || table.primary_keys.front().columns.size() != 1) return nullptr;
  return table.primary_keys.front().columns.front();
}

/// What a column's name says it refers to: store_id → store. `tenant` alone does as well.
Words referred(const Column& column) {
  Words words = split_words(column.name.value_or(column.key));
  const auto is_marker = [](std::string_view word) { return word == "id" || word == "uuid" || word == "fk"; };
  if (words.size() > 1 && is_marker(words.front())) words.erase(words.begin());
  while (words.size() > 1 && is_marker(words.back())) words.pop_back();
  return words;
}

bool is_organization_word(std::string_view word) { return word == "org" || word == "organization" || word == "organisation"; }

bool is_called_for(const Words& words, const std::vector<Words>& names) {
  return std::any_of(names.begin(), names.end(), [&](const Words& name) {
    if (name.empty()) return false;
    if (same_name(words, name)) return true;
    return words.size() == 1 && name.size() == 1 && is_organization_word(words.front()) &&
           std::any_of(kOrganizationNouns.begin(), kOrganizationNouns.begin() + 3,
                       [&](std::string_view noun) { return same_noun(noun, name.front()); });
  });
}

std::string family(const Column& column) {
  std::string type(column.sql_type.value_or(""));
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  type.erase(std::min(type.find('('), type.size()));
  if (type == "serial" || type == "int") return "integer";
  return type == "bigserial" ? "bigint" : type;
}

bool same_type(const Column& a, const Column& b) {
  return a.sql_type.known() && b.sql_type.known() && a.dimensions == b.dimensions && family(a) == family(b);
}

/// What every column is declared to refer to: by a foreign key, or by a relation where there is no key.
class Declarations {
 public:
  explicit Declarations(const Model& model) {
    for (const Table& table : model.tables) {
      for (const ForeignKey& key : table.foreign_keys) {
        if (key.error || key.foreign_table == nullptr) continue;
        for (std::size_t i = 0; i < key.columns.size() && i < key.foreign_columns.size(); ++i)
          add(*key.columns[i], *key.foreign_columns[i]);
      }
    }
    for (const Relation& relation : model.relations) {
      if (relation.error || relation.target == nullptr || relation.through != nullptr || relation.kind != RelationKind::kOne) continue;
      if (relation.fields.size() == 1 && relation.references.size() == 1 && !targets_.contains(relation.fields.front())) {
        add(*relation.fields.front(), *relation.references.front());
      }
    }
  }

  /// What the column refers to; null when nothing is declared.
  [[nodiscard]] const std::set<const Column*>* of(const Column& column) const {
    const auto at = targets_.find(&column);
    return at == targets_.end() ? nullptr : &at->second;
  }
  [[nodiscard]] bool refers(const Column& column, const Table& target) const {
    const std::set<const Column*>* targets = of(column);
    return targets != nullptr && std::any_of(targets->begin(), targets->end(), [&](const Column* c) { return c->table == &target; });
  }
  /// The column most of them refer to; its primary key where that is not clear.
  [[nodiscard]] const Column* key_of(const Table& table) const {
    const Column* best = single_key(table);
    std::size_t best_count = 0;
    for (const Column& column : table.columns) {
      const auto at = counts_.find(&column);
      if (at == counts_.end() || at->second <= best_count) continue;
      best = &column;
      best_count = at->second;
    }
    return best;
  }

 private:
  void add(const Column& from, const Column& to) {
    // Its own parent is no customer of its own.
    if (from.table == to.table || !targets_[&from].insert(&to).second) return;
    ++counts_[&to];
  }

  std::unordered_map<const Column*, std::set<const Column*>> targets_;
  std::unordered_map<const Column*, std::size_t> counts_;
};

struct Names {
  std::map<const Table*, std::vector<Words>> of;
  std::map<const Table*, Noun> nouns;
  std::vector<const Table*> users;                    ///< tables with that noun
  std::unordered_map<const Column*, Words> referred;  ///< split once: every candidate asks every column
};

/// The column of `table` that holds the candidate's key, or null: called after it or after tenants in general, and nothing else declared.
const Column* carrier_in(const Table& table, const Candidate& candidate, const Declarations& declared, const Names& names,
                         const std::vector<std::string>& only) {
  const Column* best = nullptr;
  bool best_is_declared = false;
  const std::vector<Words>& own = names.of.at(candidate.table);
  for (const Column& column : table.columns) {
    const std::set<const Column*>* targets = declared.of(column);
    const bool is_declared = targets != nullptr && declared.refers(column, *candidate.table);
    if (targets != nullptr && !is_declared) continue;
    if (!only.empty()) {
      const auto is_it = [&](const std::string& name) { return column.name.is(name) || column.key == name; };
      if (std::none_of(only.begin(), only.end(), is_it)) continue;
    } else {
      const Words& words = names.referred.at(&column);
      const bool is_its_own = is_called_for(words, own);
      const bool is_general = is_declared && noun_of({words}) < Noun::kProject;
      if (!is_its_own && !is_general) continue;
    }
    if (!is_declared && !same_type(column, *candidate.key)) continue;
    if (best == nullptr || (is_declared && !best_is_declared)) {
      best = &column;
      best_is_declared = is_declared;
    }
  }
  return best;
}

/// Two references and neither of them the tenant: the row lies between two of them, as a match between two teams.
bool lies_between(const Table& table, const Candidate& candidate, const Declarations& declared) {
  const auto refers = [&](const Column& column) { return declared.refers(column, *candidate.table); };
  return std::count_if(table.columns.begin(), table.columns.end(), refers) >= 2;
}

/// How surely the table says who belongs to a candidate: users that name it themselves, or a table about members; 0 when it does not.
int membership(const Table& table, const Candidate& candidate, const Declarations& declared, const Names& names) {
  const Words words = split_words(table.name.value_or(""));
  const auto has = [&](std::string_view noun) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return same_noun(word, noun); });
  };
  const bool is_users = words.size() == 1 && (has("user") || has("member"));
  if (is_users) return 2;
  const bool names_user = std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    const Words& what = names.referred.at(&column);
    return (!what.empty() && (what.back() == "user" || what.back() == "member")) ||
           std::any_of(names.users.begin(), names.users.end(), [&](const Table* users) { return declared.refers(column, *users); });
  });
  if (!names_user) return 0;
  const std::vector<Words>& roots = names.of.at(candidate.table);
  const bool names_root = std::any_of(roots.begin(), roots.end(), [&](const Words& root) { return !root.empty() && has(root.back()); });
  const bool about_members = has("member") || has("membership") || has("staff");
  if (names_root && (about_members || has("user")) && words.size() <= 3) return 3;
  return about_members ? 1 : 0;
}

bool names_owner(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
    const Words words = referred(column);
    return words == Words{"user"} || words == Words{"owner"} || words == Words{"owner", "user"};
  });
}

}  // namespace

std::vector<Candidate> find_candidates(const Model& model, const Limits& limits) {
  const Declarations declared(model);
  const std::string prefix = common_prefix(model);
  Names names;
  std::size_t columns = 0;
  for (const Table& table : model.tables) columns += table.columns.size();
  names.referred.reserve(columns);
  for (const Table& table : model.tables) {
    names.of.emplace(&table, names_of(table, prefix));
    const Noun noun = noun_of(names.of.at(&table));
    names.nouns.emplace(&table, noun);
    if (noun == Noun::kUser) names.users.push_back(&table);
    for (const Column& column : table.columns) names.referred.emplace(&column, referred(column));
  }
  std::vector<Candidate> candidates;
  for (const Table& root : model.tables) {
    if (limits.root != nullptr ? &root != limits.root : limits.columns.empty() && names.nouns.at(&root) == Noun::kOther) continue;
    Candidate candidate;
    candidate.table = &root;
    candidate.key = declared.key_of(root);
    candidate.noun = names.nouns.at(&root);
    if (candidate.key == nullptr || !root.name.known()) continue;
    int members = 0;
    for (const Table& table : model.tables) {
      if (&table == &root) continue;
      const Column* column = carrier_in(table, candidate, declared, names, limits.columns);
      if (column == nullptr) {
        candidate.between += lies_between(table, candidate, declared) ? 1U : 0U;
        continue;
      }
      candidate.columns.push_back(column);
      candidate.declared += declared.refers(*column, root) ? 1U : 0U;
      candidate.set += column->not_null || column->primary_key || single_key(table) == column ? 1U : 0U;
      if (const int rank = membership(table, candidate, declared, names); rank > members) {
        candidate.members = &table;
        members = rank;
      }
    }
    candidate.has_owner = names_owner(root);
    candidate.is_inside = std::any_of(root.columns.begin(), root.columns.end(), [&](const Column& column) {
      const Words& what = names.referred.at(&column);
      return &column != candidate.key && what.size() == 1 && noun_of({what}) < Noun::kProject;
    });
    if (!candidate.columns.empty()) candidates.push_back(std::move(candidate));
  }
  return candidates;
}

}  // namespace drizzle_audit::tenant
