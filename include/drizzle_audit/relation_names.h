// The relations that foreign keys call for, with keys in the project's style. For the rule that proposes them and the command that writes
// them: both say the same. Implemented in src/text.
#pragma once

#include <optional>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit {

/// A foreign key that relations do not cover, or only from one side.
struct MissingRelation {
  const Table* table = nullptr;
  const ForeignKey* key = nullptr;
};

/// The sides that are missing of every one of them, table by table: the first table's own with the others attached. Relations that would
/// make existing ones ambiguous are left out, and added to `left_out` when there is one; none when nothing is left.
std::optional<AddRelations> declare_relations(const Model& model, const std::vector<MissingRelation>& missing,
                                              std::vector<MissingRelation>* left_out = nullptr);

}  // namespace drizzle_audit
