#include "_shared/relations.h"

#include <algorithm>
#include <set>

#include "_shared/keys.h"
#include "drizzle_audit/names.h"

namespace drizzle_audit::rules {
namespace {

/// The column and all that foreign keys lead to from it.
std::set<const Column*> reachable(const Column& start) {
  std::set<const Column*> found = {&start};
  std::vector<const Column*> wave = {&start};
  while (!wave.empty()) {
    const Column* column = wave.back();
    wave.pop_back();
    if (column->table == nullptr) continue;
    for (const ForeignKey& key : column->table->foreign_keys) {
      if (key.error || key.columns.size() != key.foreign_columns.size()) continue;
      for (std::size_t i = 0; i < key.columns.size(); ++i) {
        if (key.columns[i] == column && found.insert(key.foreign_columns[i]).second) wave.push_back(key.foreign_columns[i]);
      }
    }
  }
  return found;
}

}  // namespace

std::string relation_label(const Relation& relation) { return display_name(*relation.table) + "." + std::string(relation.key); }

Subject relation_subject(const Relation& relation) {
  Subject subject = table_subject(SubjectKind::kRelation, *relation.table);
  subject.name = relation.key;
  return subject;
}

bool is_inferred(const Model& model, const Relation& relation) { return model.orm_v1 ? relation.inferred : !relation.is_explicit; }

std::string column_list(std::span<const Column* const> columns) {
  if (columns.size() == 1) return column_name(*columns.front());
  std::string text = "(";
  for (const Column* column : columns) text += (text.size() > 1 ? ", " : "") + column_name(*column);
  return text + ")";
}

bool same_pairs(std::span<const Column* const> a_from, std::span<const Column* const> a_to, std::span<const Column* const> b_from,
                std::span<const Column* const> b_to) {
  if (a_from.size() != a_to.size() || b_from.size() != b_to.size() || a_from.size() != b_from.size()) return false;
  for (std::size_t i = 0; i < a_from.size(); ++i) {
    bool found = false;
    for (std::size_t k = 0; k < b_from.size(); ++k) found = found || (a_from[i] == b_from[k] && a_to[i] == b_to[k]);
    if (!found) return false;
  }
  return true;
}

bool hold_the_same(const Column& a, const Column& b) {
  const std::set<const Column*> from_a = reachable(a);
  const std::set<const Column*> from_b = reachable(b);
  return std::any_of(from_a.begin(), from_a.end(), [&](const Column* column) { return from_b.contains(column); });
}

std::string role_of(const Column& column) {
  Words words = split_words(column_name(column));
  while (words.size() > 1 && (words.back() == "id" || words.back() == "uuid" || words.back() == "key" || words.back() == "fk"))
    words.pop_back();
  std::string role;
  for (const std::string& word : words) role += word;
  return role;
}

}  // namespace drizzle_audit::rules
