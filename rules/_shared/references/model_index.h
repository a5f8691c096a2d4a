// What guesses look up in a model, gathered once: every column asks for tables by name and for foreign keys of columns of its own name.
// Used by guessed.cpp; lives as long as one run of the rule.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "drizzle_audit/model.h"
#include "drizzle_audit/names.h"

namespace drizzle_audit::rules::references {

struct Target {
  const Table* table = nullptr;
  const Column* column = nullptr;
  friend bool operator==(const Target&, const Target&) = default;
};

/// A foreign key on one column, and what it references.
struct Sibling {
  const Table* table = nullptr;
  const ForeignKey* key = nullptr;
  Target target;
};

class ModelIndex {
 public:
  /// `model` outlives the index.
  explicit ModelIndex(const Model& model);

  [[nodiscard]] const Model& model() const { return model_; }
  /// Foreign keys of columns of this name in other tables than `table`. A table's references to itself say nothing about another table's.
  [[nodiscard]] std::vector<Sibling> siblings_of(const Table& table, std::string_view column) const;
  /// The foreign keys of one column that reference the table.
  [[nodiscard]] const std::vector<const ForeignKey*>& keys_to(const Table& table) const;
  /// The names the table goes by, as words: its own, that without the prefix all tables share, and the exported one.
  [[nodiscard]] const std::vector<Words>& names_of(const Table& table) const { return names_.at(&table); }
  /// Tables that may be called like the end of `words`, in the model's order; some may be not.
  [[nodiscard]] std::vector<const Table*> candidates(const Words& words) const;

 private:
  const Model& model_;
  std::unordered_map<std::string_view, std::vector<Sibling>> keys_by_column_;
  std::unordered_map<const Table*, std::vector<const ForeignKey*>> keys_to_;
  std::unordered_map<const Table*, std::vector<Words>> names_;
  std::unordered_map<std::string, std::vector<const Table*>> tables_by_form_;
};

}  // namespace drizzle_audit::rules::references
