// Questions about keys that several rules ask of the model. Names for what rules propose: constraint_names.h.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

/// The columns of the table's primary key; empty without one, and when there are several (an error in itself).
std::vector<const Column*> primary_key(const Table& table);

/// Whether these columns together are a primary key, a unique constraint or a whole unique index: what a foreign key may point at.
bool is_key(const Table& table, std::span<const Column* const> columns);

/// Whether a foreign key between the two columns would be accepted: serial counts as integer, lengths do not matter. False when
/// either type is unknown.
bool same_key_type(const Column& a, const Column& b);

/// The name as it stands in the database; requires a known table name.
TableRef table_ref(const Table& table);
Subject table_subject(SubjectKind kind, const Table& table);
std::string column_name(const Column& column);

}  // namespace drizzle_audit::rules
