// The relations that foreign keys call for, with keys in the project's style. Used by rule.cpp for the change it proposes.
#pragma once

#include <optional>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::rules::incomplete_relations {

struct MissingRelation {
  const Table* table = nullptr;
  const ForeignKey* key = nullptr;
};

/// Both sides of every one of them, table by table: the first table's own with the others attached. Relations that would make existing ones
/// ambiguous are left out; none when nothing is left.
std::optional<AddRelations> declare(const Model& model, const std::vector<MissingRelation>& missing);

}  // namespace drizzle_audit::rules::incomplete_relations
