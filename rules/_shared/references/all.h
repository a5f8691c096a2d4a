// Every reference of a schema: the foreign keys it declares, and the links that missing-foreign-key would have it declare.
#pragma once

#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::references {

struct Reference {
  const Table* table = nullptr;
  std::vector<const Column*> columns;
  const Table* target = nullptr;
  std::vector<const Column*> foreign_columns;
  const ForeignKey* key = nullptr;               ///< null when nothing declares it
  Confidence confidence = Confidence::kCertain;  ///< that it is a reference at all
  std::vector<Evidence> evidence;                ///< of an undeclared one
};

/// In the model's order of tables, then by column; one for each set of columns. What throws or could not be read is left out. In a
/// schema without any foreign key only what relations declare counts.
std::vector<Reference> all_references(const RuleContext& context);

}  // namespace drizzle_audit::rules::references
