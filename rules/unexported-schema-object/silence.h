// When an object that drizzle-kit cannot see is none of its business, or not certain to be missing.
#pragma once

#include <vector>

#include "drizzle_audit/model.h"
#include "unexported-schema-object/uses.h"

namespace drizzle_audit::rules::unexported_schema_object {

/// Whether the author keeps it from drizzle-kit: `.existing()`, schemas and roles of the platform, stand-ins for an exported table,
/// tables of tests, a comment that says so.
bool is_meant(const Model& model, const HiddenObject& object);

/// Whether it is missing for certain: something visible needs it, or a schema file declares it and forgets the export.
bool is_missing(const Model& model, const HiddenObject& object, const std::vector<Use>& uses);

}  // namespace drizzle_audit::rules::unexported_schema_object
