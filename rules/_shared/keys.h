// Questions about keys that several rules ask of the model. Names for what rules propose: constraint_names.h.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

/// The columns of the table's primary key; empty without one, and when there are several (an error in itself).
std::vector<const Column*> primary_key(const Table& table);

/// Whether a foreign key between the two columns would be accepted: serial counts as integer, lengths do not matter. False when
/// either type is unknown.
bool same_key_type(const Column& a, const Column& b);

Subject table_subject(SubjectKind kind, const Table& table);

}  // namespace drizzle_audit::rules
