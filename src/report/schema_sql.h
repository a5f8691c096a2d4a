// The model as CREATE statements, for `schema --format sql`: what the schema means to the database, readable and, when nothing is
// unknown, executable on an empty database.
#pragma once

#include <string>

#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

/// Statements in the model's dialect and in an order that works: schemas, roles, enums, sequences, tables, unique indexes,
/// foreign keys, other indexes, views, policies. A fact that could not be read is a comment: `/* unknown: reason */`. Values bound
/// into checks and conditions, which drizzle-kit 0.31 writes as `$1`, are written out.
std::string schema_sql(const Model& model);

}  // namespace drizzle_audit::report
