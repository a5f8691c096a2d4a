// `drizzle-audit types` for people: a block for every domain type, a line for every property that is a column.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/source.h"
#include "drizzle_audit/types.h"

namespace drizzle_audit::report {

std::string types_text(const Sources& sources, const std::vector<const DomainTypes*>& all);

}  // namespace drizzle_audit::report
