// See collect.h.
#include "migrate/collect.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "drizzle_audit/names.h"
#include "migrate/redundant.h"
#include "migrate/sql_text.h"
#include "report/change_text.h"

namespace drizzle_audit::migrate {
namespace {

using Names = std::vector<std::string>;

/// The primary key's columns, or `fallback` for a table without one.
Names row_key(const Table& table, const Names& fallback) {
  return table.primary_keys.empty() ? fallback : column_names(table.primary_keys.front().columns);
}

bool is_time(const Column& column) {
  const std::string_view type = column.sql_type.value_or("");
  return type.starts_with("timestamp") || type.starts_with("date") || column.column_type.find("Timestamp") != std::string_view::npos;
}

/// What says which of two rows is the newer one: when it was made, when it was changed, the primary key.
Names newest(const Table& table) {
  static constexpr std::array<std::array<std::string_view, 2>, 2> kWords = {{{"created", "inserted"}, {"updated", "modified"}}};
  Names names;
  for (const auto& words : kWords) {
    for (const Column& column : table.columns) {
      if (!column.name.known() || !is_time(column)) continue;
      const Words parts = split_words(column.name.value());
      if (!parts.empty() && std::find(words.begin(), words.end(), parts.front()) != words.end()) names.emplace_back(column.name.value());
    }
  }
  for (const std::string& name : row_key(table, {})) names.push_back(name);
  return names;
}

bool in_key(const Table& table, const Column& column) {
  return std::any_of(table.primary_keys.begin(), table.primary_keys.end(), [&](const PrimaryKey& key) {
    return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end();
  });
}

bool may_be_null(const Table& table, const std::string& name) {
  const Column* column = find_column(table, name);
  return column != nullptr && !column->not_null && !in_key(table, *column);
}

/// The keys of the objects in a type such as `{ id: string; total?: number }[]`; empty when it is written otherwise.
Names element_keys(std::string_view type) {
  Names keys;
  int depth = 0;
  std::string word;
  bool at_key = false;
  for (std::size_t i = 0; i < type.size(); ++i) {
    const char c = type[i];
    if (c == '{' || c == '(' || c == '<' || c == '[') {
      ++depth;
      at_key = c == '{' && depth == 1;
      word.clear();
    } else if (c == '}' || c == ')' || c == '>' || c == ']') {
      --depth;
    } else if (depth == 1 && (c == ';' || c == ',' || c == '\n')) {
      at_key = true;
      word.clear();
    } else if (depth == 1 && at_key && c == ':') {
      if (!word.empty()) keys.push_back(word);
      at_key = false;
    } else if (at_key && (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$')) {
      word += c;
    }
  }
  return keys;
}

class Collector {
 public:
  Collector(const Model& model, const PlanOptions& options) : model_(model), options_(options) { changes_.dialect = model.dialect; }

  void add(const Finding& finding) {
    what_ = std::string(finding.rule) + ": " + report::change_text(*finding.change);
    std::visit([&](const auto& change) { take(change); }, *finding.change);
  }
  /// Adds what the edited sources have more, and takes out what all of it together makes needless.
  void complete(const Model* fixed) {
    const std::size_t proposed = changes_.indexes.size();
    if (fixed != nullptr) compare_models(model_, *fixed, changes_);
    leave_out_redundant(model_, proposed, options_.drops_redundant_indexes, changes_);
  }
  Changes finish();

 private:
  void leave_out(std::string why) { changes_.left_out.push_back({what_, std::move(why)}); }
  const Table* table(const TableRef& ref) {
    const Table* found = find_table(model_, ref);
    if (found == nullptr) leave_out("drizzle-kit does not create " + label(ref) + ": it is not exported");
    return found;
  }
  bool named(const std::string& name) {
    if (name.empty()) leave_out("the name that drizzle-kit gives it is not known");
    return !name.empty();
  }

  void take(const AddForeignKey& key);
  void take(const AddUnique& unique);
  void take(const AddPrimaryKey& key);
  void take(const AddIndex& index);
  void take(const DropIndex& index);
  void take(const DropColumn& drop);
  // These are source text; what they mean to the database is seen by reading the schema with them applied.
  void take(const ReplaceColumn&) {}
  void take(const ReplaceExtra&) {}
  void take(const ExportObject&) {}
  // These do not touch the database.
  void take(const AddRelations&) {}
  void take(const ReplaceRelation&) {}
  void take(const ReplaceDomainProperty&) {}

  [[nodiscard]] Choice choice_for(const std::string& name, Choice otherwise) const {
    const auto found = options_.choices.find(name);
    return found == options_.choices.end() ? otherwise : found->second;
  }

  const Model& model_;
  const PlanOptions& options_;
  Changes changes_;
  std::string what_;
};

void Collector::take(const AddForeignKey& key) {
  const Table* child = table(key.table);
  if (child == nullptr || table(key.foreign_table) == nullptr) return;
  // SQLite's foreign keys have no name; the others are found and dropped by it.
  if (key.name.empty() && model_.dialect != Dialect::kSqlite) return static_cast<void>(named(key.name));
  ForeignKeyChange change;
  change.key = key;
  if (change.key.name.empty()) change.key.name = key.table.table + '_' + joined(key.columns, "_") + "_fk";
  changes_.foreign_keys.push_back(std::move(change));
}

void Collector::take(const AddUnique& unique) {
  if (table(unique.table) == nullptr || !named(unique.name)) return;
  UniqueChange change;
  change.table = unique.table;
  change.columns = unique.columns;
  change.name = unique.name;
  changes_.uniques.push_back(std::move(change));
}

void Collector::take(const AddPrimaryKey& key) {
  const Table* owner = table(key.table);
  if (owner == nullptr) return;
  UniqueChange change;
  change.kind = UniqueChange::Kind::kPrimaryKey;
  change.table = key.table;
  change.columns = key.columns;
  change.name = key.name.empty() ? key.table.table + "_pkey" : key.name;
  changes_.uniques.push_back(std::move(change));
}

void Collector::take(const AddIndex& index) {
  if (table(index.table) != nullptr && named(index.name)) changes_.indexes.push_back({index.table, index.columns, index.name});
}

void Collector::take(const DropIndex& index) {
  const Table* owner = table(index.table);
  if (owner == nullptr || !named(index.name)) return;
  DropIndexChange change{index, "", false};
  for (const Index& one : owner->indexes) {
    if (!one.name.known() || one.name.value().value_or("") != index.name) continue;
    change.unique = one.unique;
    change.definition = '(' + columns(model_.dialect, index.columns) + ')';
  }
  for (const Unique& one : owner->uniques) {
    if (one.name.known() && one.name.value().value_or("") == index.name) change.unique = true;
  }
  changes_.dropped_indexes.push_back(std::move(change));
}

void Collector::take(const DropColumn& drop) {
  const Table* owner = table(drop.table);
  const Table* parity = owner == nullptr ? nullptr : table(drop.parity_table);
  const Column* column = owner == nullptr ? nullptr : find_column(*owner, drop.column);
  if (parity == nullptr || column == nullptr) return;
  DropColumnChange change;
  change.drop = drop;
  change.is_array = column->dimensions > 0;
  change.row_key = row_key(*owner, {});
  if (change.row_key.empty()) return leave_out("without a primary key its rows cannot be told apart in the backup");
  change.referenced = change.row_key;
  for (const ForeignKey& key : parity->foreign_keys) {
    if (key.foreign_table == owner && column_names(key.columns) == drop.parity_columns)
      change.referenced = column_names(key.foreign_columns);
  }
  if (change.referenced.size() != drop.parity_columns.size())
    return leave_out("it is not known which columns of " + label(drop.table) + " " + label(drop.parity_table) + " refers to");
  for (const Column& one : owner->columns) {
    if (&one != column && one.name.known()) change.other_columns.emplace_back(one.name.value());
  }

  // What an element says which row it is: the row's own key, or in a link table the key of what it links to.
  const std::string_view type = column->type_argument ? model_.sources->text(*column->type_argument) : std::string_view();
  const Names keys = element_keys(type);
  Names ids;
  const Names parity_key = row_key(*parity, {});
  for (const std::string& name : parity_key) {
    if (std::find(drop.parity_columns.begin(), drop.parity_columns.end(), name) == drop.parity_columns.end()) ids.push_back(name);
  }
  if (ids.size() == 1) {
    const Column* id = find_column(*parity, ids.front());
    const bool objects = !keys.empty();
    const auto has = [&](std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
    if (id != nullptr && (!objects || has(id->key) || has(ids.front()))) {
      change.parity = ParityKind::kIds;
      change.id = ids.front();
      change.id_keys = {std::string(id->key)};
      if (id->key != ids.front()) change.id_keys.push_back(ids.front());
    }
  }
  for (const Column& one : parity->columns) {
    if (!one.name.known()) continue;
    if (keys.empty() || std::find(keys.begin(), keys.end(), one.key) != keys.end())
      change.element.emplace_back(std::string(one.key), std::string(one.name.value()));
  }
  change.element_order = parity_key;
  changes_.dropped_columns.push_back(std::move(change));
}

template <class T, class Key>
void sort_by(std::vector<T>& list, Key key) {
  std::stable_sort(list.begin(), list.end(), [&](const T& a, const T& b) { return key(a) < key(b); });
  list.erase(std::unique(list.begin(), list.end(), [&](const T& a, const T& b) { return key(a) == key(b); }), list.end());
}

Changes Collector::finish() {
  for (ForeignKeyChange& change : changes_.foreign_keys) {
    const Table* owner = find_table(model_, change.key.table);
    change.nullable =
        std::any_of(change.key.columns.begin(), change.key.columns.end(), [&](const auto& name) { return may_be_null(*owner, name); });
    change.row_key = row_key(*owner, change.key.columns);
    change.choice = choice_for(change.key.name, options_.orphans);
    // The choice for all orphans is a wish; where it cannot be, it is asked for this constraint alone.
    if (change.choice == Choice::kSetNull && !change.nullable && !options_.choices.contains(change.key.name))
      change.choice = Choice::kAbort;
  }
  for (UniqueChange& change : changes_.uniques) {
    const Table* owner = find_table(model_, change.table);
    change.newest = newest(*owner);
    change.row_key = row_key(*owner, change.columns);
    change.choice = choice_for(change.name, options_.duplicates);
    if (change.kind != UniqueChange::Kind::kPrimaryKey) continue;
    for (const std::string& name : change.columns) {
      if (may_be_null(*owner, name)) change.nullable.push_back(name);
    }
  }
  for (CheckChange& change : changes_.checks) {
    const Table* owner = find_table(model_, change.table);
    change.row_key = row_key(*owner, {});
  }
  for (DropColumnChange& change : changes_.dropped_columns) {
    change.choice = choice_for(difference_name(change), options_.differences);
    change.fate = options_.redundant_columns;
  }
  sort_by(changes_.foreign_keys, [](const ForeignKeyChange& c) { return std::pair(label(c.key.table), c.key.name); });
  sort_by(changes_.uniques, [](const UniqueChange& c) { return std::pair(label(c.table), c.name); });
  sort_by(changes_.indexes, [](const IndexChange& c) { return std::pair(label(c.table), c.name); });
  sort_by(changes_.checks, [](const CheckChange& c) { return std::pair(label(c.table), c.name); });
  sort_by(changes_.dropped_indexes, [](const DropIndexChange& c) { return std::pair(label(c.index.table), c.index.name); });
  sort_by(changes_.dropped_columns, [](const DropColumnChange& c) { return difference_name(c); });
  sort_by(changes_.left_out, [](const LeftOut& c) { return std::pair(c.what, c.why); });
  return std::move(changes_);
}

}  // namespace

const Table* find_table(const Model& model, const TableRef& ref) {
  for (const Table& table : model.tables) {
    if (!table.name.known() || !table.schema.known() || table.name.value() != ref.table) continue;
    const std::optional<std::string_view> schema = table.schema.value();
    if (schema.has_value() == ref.schema.has_value() && (!schema || *schema == *ref.schema)) return &table;
  }
  return nullptr;
}

std::string name_of(const Fact<std::optional<std::string_view>>& name) {
  return name.known() && name.value() ? std::string(*name.value()) : std::string();
}

Changes collect_changes(const Model& model, const std::vector<const Finding*>& findings, const Model* fixed, const PlanOptions& options) {
  Collector collector(model, options);
  for (const Finding* finding : findings) {
    if (finding->change) collector.add(*finding);
  }
  collector.complete(fixed);
  return collector.finish();
}

}  // namespace drizzle_audit::migrate
