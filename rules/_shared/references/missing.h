// The columns that hold another table's key without a foreign key: what relations declare, and what names, types and other tables suggest,
// less what the authors have decided. For missing-foreign-key, which reports them, and for rules to which such a column is a reference.
#pragma once

#include <vector>

#include "_shared/references/link.h"
#include "drizzle_audit/model.h"
#include "drizzle_audit/queries.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::references {

/// Declared links first, then the others in the model's order. `queries` are those of the code that uses the model.
std::vector<Link> missing_links(const Model& model, const Queries& queries);
/// The same without queries; worked out once for all rules.
const std::vector<Link>& missing_links(const RuleContext& context);

/// Whether no table has a foreign key, nor anything unread that could be one.
bool has_no_foreign_key(const Model& model);

}  // namespace drizzle_audit::rules::references
