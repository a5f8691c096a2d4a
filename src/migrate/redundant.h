// Indexes that a plan's own additions make needless.
#pragma once

#include <cstddef>

#include "drizzle_audit/model.h"
#include "migrate/changes.h"

namespace drizzle_audit::migrate {

/// Leaves out indexes that something else of the plan covers. The first `proposed` were missing by themselves; others are the author's own,
/// and go only where `drops` says that the rule redundant-index would have them removed. So do those that the schema has already.
void leave_out_redundant(const Model& model, std::size_t proposed, bool drops, Changes& changes);

}  // namespace drizzle_audit::migrate
