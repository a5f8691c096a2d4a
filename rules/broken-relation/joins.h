// What is wrong with the columns that a resolved relation joins. Used by rule.cpp.
#pragma once

#include <optional>
#include <string>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules::broken_relation {

struct Defect {
  std::string message;  ///< a clause that follows the relation's name: "joins posts.author_id (uuid) to users.id (integer)"
  std::string note;
  std::string help;
  Confidence confidence = Confidence::kCertain;
  std::optional<Evidence> evidence;
};

/// The first defect of the columns themselves: none, another number, of another table, of types that PostgreSQL cannot compare.
std::optional<Defect> column_defect(const Relation& relation);

/// The relation contradicts a foreign key.
std::optional<Defect> foreign_key_defect(const Relation& relation);

}  // namespace drizzle_audit::rules::broken_relation
