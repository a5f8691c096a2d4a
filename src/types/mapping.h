// From the name and the properties of a type to the table whose rows it stands for. Used by read_domain_types.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"
#include "drizzle_audit/types.h"
#include "types/table_names.h"

namespace drizzle_audit::types {

struct Mapping {
  const Table* table = nullptr;
  MappingKind kind = MappingKind::kInferred;
  std::string why;
  Confidence confidence = Confidence::kHigh;
  RowKind row = RowKind::kSelect;
  bool input = false;
};

/// The column that a property of this name is: by key or by name in the database, whatever the case and the underscores.
[[nodiscard]] const Column* column_of(const Table& table, std::string_view property);

/// The same as may_be_row(), whatever the type's name: most types have nothing to do with any table, and names are dear to take apart.
[[nodiscard]] bool may_hold_row(const TableNames& names, std::string_view declaration);

/// Whether infer_mapping() may find a table for a declaration, told from its text alone, which may have more behind it; false only
/// where all its properties stand there.
[[nodiscard]] bool may_be_row(const TableNames& names, std::string_view type, std::string_view path, std::string_view declaration);

/// The table that a type means by its name, when enough of its properties are columns there. Nothing when that is open.
[[nodiscard]] std::optional<Mapping> infer_mapping(const TableNames& names, std::string_view type, std::string_view path,
                                                   const std::vector<std::string_view>& properties);

/// Whether the types of the properties speak against a table that was inferred from their names. Where nearly all of them differ, or half
/// of those of a type that holds no key of the table, it is made for something else: the value of a JSON column, a sibling's row, what a
/// form or a service hands over.
[[nodiscard]] bool is_of_something_else(const DomainType& inferred);

/// The table of this name: in the database, with or without its schema, or its export. Null when there is none or more than one.
[[nodiscard]] const Table* table_called(const Model& model, std::string_view name);

/// "4 of 7 properties are columns of orders"
[[nodiscard]] std::string share(const Table& table, const std::vector<std::string_view>& properties);

}  // namespace drizzle_audit::types
