// A property of a domain type beside the column that it is: what both types are, what the compiler would say of them, and where inside they
// differ. Used by read_domain_types.cpp.
#pragma once

#include "drizzle_audit/model.h"
#include "drizzle_audit/types.h"
#include "types/type.h"
#include "types/type_program.h"

namespace drizzle_audit::types {

[[nodiscard]] ComparedProperty compare_property(TypeProgram& program, const Model& model, const Column& column, RowKind row,
                                                const Property& domain);

/// The members of a union of string literals, sorted; empty when it is anything else beside null and undefined.
[[nodiscard]] std::vector<std::string> texts_of(TypeProgram& program, const Type& type);

}  // namespace drizzle_audit::types
