#include "_shared/references/model_index.h"

#include <algorithm>
#include <iterator>

namespace drizzle_audit::rules::references {
namespace {

/// The names a table goes by: its own, that without the common prefix, and the exported one.
std::vector<Words> table_names(const Table& table, const std::string& prefix) {
  std::vector<Words> names;
  Words words = split_words(table.name.value_or(""));
  names.push_back(words);
  if (!prefix.empty() && words.size() > 1) names.emplace_back(words.begin() + 1, words.end());
  Words exported = split_words(table.export_name);
  while (exported.size() > 1 && (exported.back() == "table" || exported.back() == "schema")) exported.pop_back();
  names.push_back(std::move(exported));
  return names;
}

/// The words all table names of the project start with, as pgTableCreator makes them: `shop_users`, `shop_orders`.
std::string common_prefix(const Model& model) {
  std::string prefix;
  for (const Table& table : model.tables) {
    const Words words = split_words(table.name.value_or(""));
    if (words.size() < 2) return {};
    if (prefix.empty()) prefix = words.front();
    if (prefix != words.front()) return {};
  }
  return model.tables.size() < 2 ? std::string() : prefix;
}

std::string joined(Words::const_iterator first, Words::const_iterator last) {
  std::string text;
  for (; first != last; ++first) text += *first;
  return text;
}

}  // namespace

ModelIndex::ModelIndex(const Model& model) : model_(model) {
  const std::string prefix = common_prefix(model);
  for (const Table& table : model.hidden_tables) names_[&table] = table_names(table, prefix);  // targets of references only
  for (const Table& table : model.tables) {
    std::vector<Words>& names = names_[&table] = table_names(table, prefix);
    std::vector<std::string> forms;
    for (const Words& name : names) {
      if (name.empty()) continue;
      for (const std::string& noun : {name.back(), joined(name.begin(), name.end())}) {
        std::vector<std::string> its = noun_forms(noun);
        forms.insert(forms.end(), std::make_move_iterator(its.begin()), std::make_move_iterator(its.end()));
      }
    }
    std::sort(forms.begin(), forms.end());
    forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
    for (std::string& form : forms) tables_by_form_[std::move(form)].push_back(&table);
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.error || key.columns.size() != 1 || key.foreign_columns.size() != 1) continue;
      keys_to_[key.foreign_table].push_back(&key);
      if (key.foreign_table == &table || !key.columns.front()->name.known()) continue;
      keys_by_column_[key.columns.front()->name.value()].push_back({&table, &key, {key.foreign_table, key.foreign_columns.front()}});
    }
  }
}

std::vector<Sibling> ModelIndex::siblings_of(const Table& table, std::string_view column) const {
  std::vector<Sibling> siblings;
  const auto found = keys_by_column_.find(column);
  if (found == keys_by_column_.end()) return siblings;
  std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(siblings),
               [&](const Sibling& sibling) { return sibling.table != &table && sibling.target.table != &table; });
  return siblings;
}

const std::vector<const ForeignKey*>& ModelIndex::keys_to(const Table& table) const {
  static const std::vector<const ForeignKey*> kNone;
  const auto found = keys_to_.find(&table);
  return found == keys_to_.end() ? kNone : found->second;
}

std::vector<const Table*> ModelIndex::candidates(const Words& words) const {
  std::vector<const Table*> tables;
  const auto add = [&](const std::string& noun) {
    for (const std::string& form : noun_forms(noun)) {
      if (const auto found = tables_by_form_.find(form); found != tables_by_form_.end()) {
        tables.insert(tables.end(), found->second.begin(), found->second.end());
      }
    }
  };
  if (words.empty()) return tables;
  add(words.back());
  for (std::size_t length = 2; length <= words.size(); ++length) {
    add(joined(words.end() - static_cast<std::ptrdiff_t>(length), words.end()));
  }
  std::sort(tables.begin(), tables.end());  // tables stand in one array, so this is the model's order
  tables.erase(std::unique(tables.begin(), tables.end()), tables.end());
  return tables;
}

}  // namespace drizzle_audit::rules::references
