// Names for the constraints that rules propose: those that drizzle-kit would derive or, where the project names its constraints in a
// style of its own, that style. A name is within the database's limit, and nothing in the model that it would collide with has it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "_shared/naming_style.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

/// What drizzle-kit calls constraints without a name of their own (0.31 and drizzle-orm 0.45; grammars of 1.0.0-rc.4). A single column's
/// unique constraint is that of `.unique()`. drizzle-orm derives names of indexes only for PostgreSQL and CockroachDB; for the others this
/// is `{table}_{columns}_idx`. An empty name is what MySQL's primary keys have in 1.0.
std::string derived_index_name(const Model& model, const Table& table, std::span<const Column* const> columns);
std::string derived_unique_name(const Model& model, const Table& table, std::span<const Column* const> columns);
std::string derived_primary_key_name(const Model& model, const Table& table, std::span<const Column* const> columns);
std::string derived_foreign_key_name(const Model& model, const Table& table, std::span<const Column* const> columns,
                                     const Table& foreign_table, std::span<const Column* const> foreign_columns);

/// The names to propose. Keeps the project's styles, which are worked out when first asked for: make one for all findings of a run.
class ConstraintNames {
  using NameSet = std::unordered_set<std::string_view>;

 public:
  /// `model` outlives this.
  explicit ConstraintNames(const Model& model) : model_(model) {}

  std::string index(const Table& table, std::span<const Column* const> columns);
  std::string unique(const Table& table, std::span<const Column* const> columns);
  std::string primary_key(const Table& table, std::span<const Column* const> columns);
  std::string foreign_key(const Table& table, std::span<const Column* const> columns, const Table& foreign_table,
                          std::span<const Column* const> foreign_columns);

 private:
  /// Constraints of one column are mostly written on the column, where drizzle-kit names them: they have a style of their own.
  enum Kind : std::uint8_t { kIndex, kUnique, kUniqueOfOne, kPrimaryKey, kForeignKey, kForeignKeyOfOne, kKinds };
  struct Style {
    bool known = false;
    std::optional<NamingStyle> style;
  };

  const std::optional<NamingStyle>& style_of(Kind kind);
  [[nodiscard]] std::vector<NamedConstraint> constraints_of(Kind kind) const;
  std::string choose(Kind kind, const NameParts& parts, const std::string& derived);
  /// Whether a new constraint of the table must not be called that.
  [[nodiscard]] bool is_taken(Kind kind, const Table& table, std::string_view name);
  /// Names of indexes, unique constraints and keys that hold in the table's whole schema; collected once for each.
  const NameSet& schema_wide_names(const Table& table);

  const Model& model_;
  std::array<Style, kKinds> styles_;
  std::map<std::pair<bool, std::optional<std::string_view>>, NameSet> schema_wide_;  // by whether the schema is known, and schema
  std::optional<NameSet> foreign_key_names_;                                         // of the whole model
};

/// The same for a single name.
std::string index_name(const Model& model, const Table& table, std::span<const Column* const> columns);
std::string unique_name(const Model& model, const Table& table, std::span<const Column* const> columns);
std::string primary_key_name(const Model& model, const Table& table, std::span<const Column* const> columns);
std::string foreign_key_name(const Model& model, const Table& table, std::span<const Column* const> columns, const Table& foreign_table,
                             std::span<const Column* const> foreign_columns);

}  // namespace drizzle_audit::rules
