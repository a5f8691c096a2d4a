// The model as DBML, for `schema --format dbml`: tables, columns, keys and the foreign keys between them, plus enums and indexes.
#pragma once

#include <string>

#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

/// The tables and enums of `model` as DBML (dbml.dbdiagram.io/docs). What DBML has no words for is a note or a comment.
std::string schema_dbml(const Model& model);

}  // namespace drizzle_audit::report
