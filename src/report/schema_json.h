// The model as JSON: the output of `schema --format json`, which other programs, the differential tests and the benchmarks read.
#pragma once

#include <span>
#include <string>

#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

/// `model` as pretty-printed JSON with a final line break. Keys and order are those of drizzle-orm's `getTableConfig`, in camelCase;
/// every object has its `location`, and a fact that could not be read is `{"unknown": reason, "location": …}`. Always valid UTF-8.
/// Requires `model.sources`.
std::string schema_json(const Model& model);

/// One model as above; none or several as `{"schemas": [model, …]}`.
std::string schema_json(std::span<const Model* const> models);

}  // namespace drizzle_audit::report
