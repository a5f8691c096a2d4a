// How keys are chosen: as the project's other relations are called, else `author` for author_id and the other table's name in the plural.
// Names for pairs of tables that several relations join are those that drizzle-kit pull writes (drizzle-kit 0.31, introspect relations):
// posts_authorId_users_id.
#include "drizzle_audit/relation_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "drizzle_audit/names.h"

namespace drizzle_audit {
namespace {

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool is_plural(const std::string& noun) {
  return (ends_with(noun, "s") && !ends_with(noun, "ss") && !ends_with(noun, "us") && !ends_with(noun, "is")) || noun == "people" ||
         noun == "children" || noun == "data" || noun == "media";
}

std::string singular(const std::string& noun) {
  if (noun == "people") return "person";
  if (noun == "children") return "child";
  if (!is_plural(noun) || noun == "data" || noun == "media") return noun;
  if (ends_with(noun, "ies") && noun.size() > 4) return noun.substr(0, noun.size() - 3) + "y";
  for (const std::string_view end : {"sses", "shes", "ches", "xes", "uses"}) {
    if (ends_with(noun, end)) return noun.substr(0, noun.size() - 2);
  }
  return noun.substr(0, noun.size() - 1);
}

std::string plural(const std::string& noun) {
  if (is_plural(noun)) return noun;
  if (noun == "person") return "people";
  if (noun == "child") return "children";
  const bool vowel = noun.size() > 1 && std::string_view("aeiou").find(noun[noun.size() - 2]) != std::string_view::npos;
  if (ends_with(noun, "y") && !vowel) return noun.substr(0, noun.size() - 1) + "ies";
  for (const std::string_view end : {"s", "x", "sh", "ch"}) {
    if (ends_with(noun, end)) return noun + "es";
  }
  return noun + "s";
}

/// Whether a relation joins by the foreign key, seen from the table that has it, or from the other one.
bool joins_by(const Relation& relation, const Table& from, std::span<const Column* const> fields, const Table& to,
              std::span<const Column* const> references) {
  if (relation.table != &from || relation.target != &to || relation.through != nullptr) return false;
  if (relation.fields.size() != fields.size() || relation.references.size() != references.size()) return false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto at = std::find(relation.fields.begin(), relation.fields.end(), fields[i]);
    if (at == relation.fields.end()) return false;
    if (relation.references[static_cast<std::size_t>(at - relation.fields.begin())] != references[i]) return false;
  }
  return true;
}

std::string join(const Words& words, bool snake) {
  std::string text;
  for (const std::string& word : words) {
    if (snake && !text.empty()) text += '_';
    std::string next = word;
    if (!snake && !text.empty() && next.front() >= 'a' && next.front() <= 'z') next.front() = static_cast<char>(next.front() - 'a' + 'A');
    text += next;
  }
  return text;
}

/// What the code calls the table: its export without "Table" or "Schema".
Words table_words(const Table& table) {
  Words words = split_words(table.export_name.empty() ? table.name.value_or("") : table.export_name);
  while (words.size() > 1 && (words.back() == "table" || words.back() == "tables" || words.back() == "schema")) words.pop_back();
  return words;
}

Words with_last(Words words, std::string (*change)(const std::string&)) {
  if (!words.empty()) words.back() = change(words.back());
  return words;
}

/// author_id → author. A column without such an end keeps its name.
Words role_words(const Column& column) {
  Words words = split_words(column.key);
  while (words.size() > 1 && (words.back() == "id" || words.back() == "uuid" || words.back() == "fk")) words.pop_back();
  return words;
}

/// How the project calls its relations.
struct Style {
  bool snake = false;
  bool one_by_target = false;  ///< `one` relations are called after the table they lead to rather than after the column
};

Style style_of(const Model& model) {
  int snake = 0, camel = 0, by_target = 0, by_role = 0;
  for (const Relation& relation : model.relations) {
    const Words words = split_words(relation.key);
    if (words.size() > 1) ++(relation.key.find('_') != std::string_view::npos ? snake : camel);
    if (relation.kind != RelationKind::kOne || relation.inferred || (!model.orm_v1 && !relation.is_explicit) || relation.fields.size() != 1)
      continue;
    const Words role = role_words(*relation.fields.front());
    const Words target = with_last(table_words(*relation.target), singular);
    if (role == target) continue;
    if (words == role) ++by_role;
    if (with_last(words, singular) == target) ++by_target;
  }
  return {snake > camel, by_target > by_role};
}

using Pair = std::pair<const Table*, const Table*>;
Pair pair_of(const Table* a, const Table* b) { return std::less<>()(a, b) ? Pair{a, b} : Pair{b, a}; }

class Declarations {
 public:
  explicit Declarations(const Model& model) : model_(model), style_(style_of(model)) {
    for (const Relation& relation : model.relations) {
      keys_[relation.table].insert(std::string(relation.key));
      existing_[pair_of(relation.table, relation.target)].push_back(&relation);
    }
  }

  void add_all(const std::vector<MissingRelation>& missing, std::vector<MissingRelation>* left_out) {
    std::map<Pair, int> wanted;
    for (const MissingRelation& each : missing) ++wanted[pair_of(each.table, each.key->foreign_table)];
    for (const MissingRelation& each : missing) {
      const Table& target = *each.key->foreign_table;
      const Pair pair = pair_of(each.table, &target);
      const Relation* one = find(*each.table, each.key->columns, target, each.key->foreign_columns);
      const Relation* back = find(target, each.key->foreign_columns, *each.table, each.key->columns);
      if (one != nullptr && back != nullptr) continue;
      const std::vector<const Relation*>& others = existing_[pair];
      const std::size_t own = (one != nullptr ? 1U : 0U) + (back != nullptr ? 1U : 0U);
      const bool all_named =
          std::all_of(others.begin(), others.end(), [](const Relation* relation) { return relation->relation_name.has_value(); });
      // Without a name, a side that is there already would find two candidates.
      if (!all_named && (others.size() > own || (own > 0 && wanted[pair] > 1))) {
        if (left_out != nullptr) left_out->push_back(each);
        continue;
      }
      const Relation* side = one != nullptr ? one : back;
      std::string name;
      if (side != nullptr) name = side->relation_name.value_or("");
      else if (wanted[pair] > 1 || !others.empty() || each.table == &target) name = relation_name(each);
      add(each, name, one == nullptr, back == nullptr);
    }
  }

  std::optional<AddRelations> result() {
    std::optional<AddRelations> first;
    for (auto& [table, relations] : added_) {
      AddRelations change{.table = table_ref(*table), .relations = std::move(relations)};
      if (first) first->others.push_back(std::move(change));
      else first = std::move(change);
    }
    return first;
  }

 private:
  std::vector<RelationDeclaration>& relations_of(const Table* table) {
    for (auto& [other, relations] : added_) {
      if (other == table) return relations;
    }
    return added_.emplace_back(table, std::vector<RelationDeclaration>()).second;
  }

  bool is_free(const Table& table, const std::string& key) {
    return find_column_by_key(table, key) == nullptr && !keys_[&table].contains(key);
  }

  /// The first of the proposals that is no column and no other relation of the table.
  std::string choose(const Table& table, std::vector<Words> proposals) {
    for (Words& words : proposals) {
      std::string key = join(words, style_.snake);
      if (key.empty() || !is_free(table, key)) continue;
      keys_[&table].insert(key);
      return key;
    }
    const std::string base = join(proposals.back(), style_.snake);
    for (int number = 2;; ++number) {
      std::string key = base + std::to_string(number);
      if (!is_free(table, key)) continue;
      keys_[&table].insert(key);
      return key;
    }
  }

  [[nodiscard]] const Relation* find(const Table& from, std::span<const Column* const> fields, const Table& to,
                                     std::span<const Column* const> references) const {
    const auto found = std::find_if(model_.relations.begin(), model_.relations.end(),
                                    [&](const Relation& relation) { return joins_by(relation, from, fields, to, references); });
    return found == model_.relations.end() ? nullptr : &*found;
  }

  static std::string relation_name(const MissingRelation& missing) {
    std::string name(missing.table->name.value_or(""));
    for (const Column* column : missing.key->columns) name += "_" + std::string(column->key);
    name += "_" + std::string(missing.key->foreign_table->name.value_or(""));
    for (const Column* column : missing.key->foreign_columns) name += "_" + std::string(column->key);
    return name;
  }

  void add(const MissingRelation& missing, const std::string& name, bool wants_one, bool wants_back) {
    const Table& table = *missing.table;
    const Table& target = *missing.key->foreign_table;
    RelationDeclaration one{
        .key = {}, .kind = "one", .target = table_ref(target), .columns = {}, .foreign_columns = {}, .relation_name = name};
    for (const Column* column : missing.key->columns) one.columns.push_back(column_name(*column));
    for (const Column* column : missing.key->foreign_columns) one.foreign_columns.push_back(column_name(*column));

    const bool named = !name.empty();
    const Words target_one = with_last(table_words(target), singular);
    const Words role = missing.key->columns.size() == 1 ? role_words(*missing.key->columns.front()) : target_one;
    Words role_and_target = role;
    role_and_target.insert(role_and_target.end(), target_one.begin(), target_one.end());
    const bool single = is_key(table, missing.key->columns);
    RelationDeclaration many = one;
    many.kind = single ? "one" : "many";
    many.target = table_ref(table);
    if (wants_one) {
      one.key =
          style_.one_by_target && !named ? choose(table, {target_one, role, role_and_target}) : choose(table, {role, role_and_target});
      relations_of(&table).push_back(std::move(one));
    }
    if (!wants_back) return;
    const Words back = with_last(table_words(table), single ? singular : plural);
    Words by_role = back;
    by_role.emplace_back("by");
    by_role.insert(by_role.end(), role.begin(), role.end());
    if (&table == &target && role == Words{"parent"}) many.key = choose(target, {{"children"}, by_role});
    else many.key = named ? choose(target, {by_role}) : choose(target, {back, by_role});
    relations_of(&target).push_back(std::move(many));
  }

  const Model& model_;
  Style style_;
  std::map<const Table*, std::set<std::string>> keys_;
  std::map<Pair, std::vector<const Relation*>> existing_;
  std::vector<std::pair<const Table*, std::vector<RelationDeclaration>>> added_;  ///< in the order they are met
};

}  // namespace

std::optional<AddRelations> declare_relations(const Model& model, const std::vector<MissingRelation>& missing,
                                              std::vector<MissingRelation>* left_out) {
  Declarations declarations(model);
  declarations.add_all(missing, left_out);
  return declarations.result();
}

}  // namespace drizzle_audit
