// The TypeScript type of a column in the row that a select returns, and in the values that an insert takes. drizzle-orm 0.45 and 1.0.
#pragma once

#include "drizzle_audit/model.h"
#include "drizzle_audit/types.h"
#include "types/type.h"

namespace drizzle_audit::types {

class TypeProgram;

/// The column's property of `typeof table.$inferSelect` or `$inferInsert`: key, type with `| null`, optional on insert. Its type is
/// unreadable where TypeScript knows what the model does not: an option that is only known at run time, a `$type<T>` that cannot be read.
/// A column that an insert does not take (generated) has the type `never` and is optional.
[[nodiscard]] Property row_property(TypeProgram& program, const Model& model, const Column& column, RowKind kind);
/// The whole row: an object with `table` set, whose properties have `column` set.
[[nodiscard]] const Type& row_type(TypeProgram& program, const Model& model, const Table& table, RowKind kind);

}  // namespace drizzle_audit::types
