// In which scope a name must be unique, and what happens where it is not: the dialects and drizzle-kit's versions differ. Used by rule.cpp.
#pragma once

#include <string>
#include <vector>

#include "_shared/database_names.h"

namespace drizzle_audit::rules::duplicate_name {

/// The scopes the name must be unique in, each as a key that equal names share. A PostgreSQL index is in that of its schema's relations, a
/// unique constraint in that of its table's constraints too. Empty where the database does not care.
std::vector<std::string> scopes_of(const Model& model, const DatabaseName& name);

/// Whether two names of one scope are no defect, or another rule's.
bool is_exempt(const Model& model, const DatabaseName& a, const DatabaseName& b);

/// What drizzle-kit and the database do with the two, one sentence.
std::string outcome(const Model& model, const DatabaseName& first, const DatabaseName& second);

}  // namespace drizzle_audit::rules::duplicate_name
