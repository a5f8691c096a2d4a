// Builds a model from the JSON that drizzle-orm's own view of a schema is printed as (models/*.json): the way back of
// `schema --format json`. Test support only: it lets the writers be tested on real schemas without reading any TypeScript.
#pragma once

#include <memory_resource>
#include <string_view>

#include <nlohmann/json.hpp>

#include "drizzle_audit/model.h"

namespace drizzle_audit::tests {

/// Everything lives in `arena`; `sources` becomes the model's. A table that a foreign key names and `json` does not have is hidden.
Model model_from_json(const nlohmann::ordered_json& json, std::pmr::monotonic_buffer_resource& arena, const Sources& sources);

}  // namespace drizzle_audit::tests
