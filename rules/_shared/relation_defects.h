// What is wrong with the columns that a resolved relation joins. broken-relation reports it; rules that trust a relation ask first.
#pragma once

#include <optional>
#include <string>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules {

struct RelationDefect {
  std::string message;  ///< a clause that follows the relation's name: "joins posts.author_id (uuid) to users.id (integer)"
  std::string note;
  std::string help;
  Confidence confidence = Confidence::kCertain;
  std::optional<Evidence> evidence;
};

/// The first defect of the columns themselves: none, another number, of another table, of types that PostgreSQL cannot compare.
std::optional<RelationDefect> column_defect(const Relation& relation);

/// The relation contradicts a foreign key.
std::optional<RelationDefect> foreign_key_defect(const Model& model, const Relation& relation);

}  // namespace drizzle_audit::rules
