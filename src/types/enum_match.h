// The enum column that a union of texts is about, where the type that it is in stands for no table. Used by read_domain_types.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::types {

struct EnumMatch {
  const Column* column = nullptr;
  std::string why;  ///< "it has the column's name, and shares 3 members with it"
};

/// The names under which the enums of a model may be known. Made once for a model, which outlives it.
class EnumNames {
 public:
  explicit EnumNames(const Model& model);

  /// Whether `of_property` may find anything, whatever the union.
  [[nodiscard]] bool may_be_enum(std::string_view property) const { return columns_of(property) != nullptr; }

  /// For a property of this name: a column that is called so, or whose enum is, and that has all members of the union. Names of one word
  /// say too little.
  [[nodiscard]] std::optional<EnumMatch> of_property(std::string_view property, const std::vector<std::string>& texts) const;

  /// For a type that is the union itself: it is called like the enum (OrderStatus, order_status), or like a table and its column.
  [[nodiscard]] std::optional<EnumMatch> of_alias(std::string_view type, const std::vector<std::string>& texts) const;

 private:
  using Columns = std::vector<const Column*>;
  using Index = std::unordered_map<std::string, Columns>;
  [[nodiscard]] const Columns* columns_of(std::string_view property) const;
  static void enter(Index& index, std::string name, const Column& column);

  Index by_column_;  // by the name of the column, folded
  Index by_enum_;    // by that of the enum, or of the table and the column
};

}  // namespace drizzle_audit::types
