// `drizzle-audit types --format json`: which domain type stands for which table and why, and the verdict on every property.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/source.h"
#include "drizzle_audit/types.h"

namespace drizzle_audit::report {

std::string types_json(const Sources& sources, const std::vector<const DomainTypes*>& all);

}  // namespace drizzle_audit::report
