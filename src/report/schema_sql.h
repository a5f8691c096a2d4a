// The model as CREATE statements, for `schema --format sql`: what the schema means to the database, readable and, when nothing is
// unknown, executable on an empty database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

/// Statements in the model's dialect and in an order that works: schemas, roles, enums, sequences, tables, unique indexes,
/// foreign keys, other indexes, views, policies. A fact that could not be read is a comment: `/* unknown: reason */`. Values bound
/// into checks and conditions, which drizzle-kit 0.31 writes as `$1`, are written out.
std::string schema_sql(const Model& model);

/// One CREATE TABLE of SQLite, called `name` instead of its own, with `constraints` added: for rebuilding a table. Without its indexes, to
/// which drizzle-kit's unique constraints belong there; those are `table_indexes_sql()`.
std::string rebuilt_table_sql(const Model& model, const Table& table, std::string_view name, const std::vector<std::string>& constraints);
std::string table_indexes_sql(const Model& model, const Table& table);

}  // namespace drizzle_audit::report
