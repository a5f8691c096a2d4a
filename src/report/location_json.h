// A place as every JSON document of ours writes it (docs/json.md). Used by the writers of findings and of types.
#pragma once

#include <nlohmann/json.hpp>

#include "drizzle_audit/source.h"

namespace drizzle_audit::report {

/// `{path, line, column, endLine, endColumn}`; null for what is nowhere.
nlohmann::ordered_json location_json(const Sources& sources, Span span);

}  // namespace drizzle_audit::report
