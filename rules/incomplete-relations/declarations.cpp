// How keys are chosen: as the project's other relations are called, else `author` for author_id and the other table's name in the plural.
// Names for pairs of tables that several relations join are those that drizzle-kit pull writes (drizzle-kit 0.31, introspect relations):
// posts_authorId_users_id.
#include "incomplete-relations/declarations.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "_shared/keys.h"
#include "_shared/relations.h"
#include "drizzle_audit/names.h"

namespace drizzle_audit::rules::incomplete_relations {
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
    if (relation.kind != RelationKind::kOne || is_inferred(model, relation) || relation.fields.size() != 1) continue;
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
  explicit Declarations(const Model& model) : style_(style_of(model)) {
    for (const Relation& relation : model.relations) {
      keys_[relation.table].insert(std::string(relation.key));
      ++existing_[pair_of(relation.table, relation.target)];
    }
  }

  void add_all(const std::vector<MissingRelation>& missing) {
    std::map<Pair, int> wanted;
    for (const MissingRelation& each : missing) ++wanted[pair_of(each.table, each.key->foreign_table)];
    for (const MissingRelation& each : missing) {
      const Pair pair = pair_of(each.table, each.key->foreign_table);
      // Without a name, a side that is there already would find two candidates.
      if (existing_.contains(pair)) continue;
      add(each, wanted[pair] > 1 || each.table == each.key->foreign_table);
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
      const std::string key = join(words, style_.snake);
      if (key.empty() || !is_free(table, key)) continue;
      keys_[&table].insert(key);
      return key;
    }
    const std::string base = join(proposals.back(), style_.snake);
    for (int number = 2;; ++number) {
      const std::string key = base + std::to_string(number);
      if (!is_free(table, key)) continue;
      keys_[&table].insert(key);
      return key;
    }
  }

  void add(const MissingRelation& missing, bool named) {
    const Table& table = *missing.table;
    const Table& target = *missing.key->foreign_table;
    RelationDeclaration one{
        .key = {}, .kind = "one", .target = table_ref(target), .columns = {}, .foreign_columns = {}, .relation_name = {}};
    std::string name(table.name.value_or(""));
    for (const Column* column : missing.key->columns) {
      one.columns.push_back(column_name(*column));
      name += "_" + std::string(column->key);
    }
    name += "_" + std::string(target.name.value_or(""));
    for (const Column* column : missing.key->foreign_columns) {
      one.foreign_columns.push_back(column_name(*column));
      name += "_" + std::string(column->key);
    }
    if (named) one.relation_name = name;

    const Words target_one = with_last(table_words(target), singular);
    const Words role = missing.key->columns.size() == 1 ? role_words(*missing.key->columns.front()) : target_one;
    Words role_and_target = role;
    role_and_target.insert(role_and_target.end(), target_one.begin(), target_one.end());
    one.key = style_.one_by_target && !named ? choose(table, {target_one, role, role_and_target}) : choose(table, {role, role_and_target});

    const bool single = is_key(table, missing.key->columns);
    RelationDeclaration many = one;
    many.kind = single ? "one" : "many";
    many.target = table_ref(table);
    const Words back = with_last(table_words(table), single ? singular : plural);
    Words by_role = back;
    by_role.emplace_back("by");
    by_role.insert(by_role.end(), role.begin(), role.end());
    if (&table == &target && role == Words{"parent"}) many.key = choose(target, {{"children"}, by_role});
    else many.key = named ? choose(target, {by_role}) : choose(target, {back, by_role});
    relations_of(&table).push_back(std::move(one));
    relations_of(&target).push_back(std::move(many));
  }

  Style style_;
  std::map<const Table*, std::set<std::string>> keys_;
  std::map<Pair, int> existing_;
  std::vector<std::pair<const Table*, std::vector<RelationDeclaration>>> added_;  ///< in the order they are met
};

}  // namespace

std::optional<AddRelations> declare(const Model& model, const std::vector<MissingRelation>& missing) {
  Declarations declarations(model);
  declarations.add_all(missing);
  return declarations.result();
}

}  // namespace drizzle_audit::rules::incomplete_relations
