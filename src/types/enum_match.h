// The enum column that a union of texts is about, where the type that it is in stands for no table. Used by read_domain_types.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::types {

struct EnumMatch {
  const Column* column = nullptr;
  std::string why;  ///< "it has the column's name, and shares 3 members with it"
};

/// Whether `enum_of_property` may find anything, whatever the union.
[[nodiscard]] bool may_be_enum(const Model& model, std::string_view property);

/// For a property of this name: a column that is called so, or whose enum is, and that has all members of the union. Names of one word say
/// too little.
[[nodiscard]] std::optional<EnumMatch> enum_of_property(const Model& model, std::string_view property,
                                                        const std::vector<std::string>& texts);

/// For a type that is the union itself: it is called like the enum (OrderStatus, order_status), or like a table and its column.
[[nodiscard]] std::optional<EnumMatch> enum_of_alias(const Model& model, std::string_view type, const std::vector<std::string>& texts);

}  // namespace drizzle_audit::types
