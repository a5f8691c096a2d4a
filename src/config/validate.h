// Checks a config against its JSON Schema (schema.h) and says what is wrong in the user's words.
#pragma once

#include <string>
#include <vector>

#include "config/document.h"
#include "workspace/jsonc.h"

namespace drizzle_audit::config {

/// Every violation, in the order of the text. Knows the part of JSON Schema that schema.cpp uses: type, enum, anyOf, properties,
/// additionalProperties: false, required, items, minLength, minimum, maximum.
[[nodiscard]] std::vector<DocumentError> validate(const Node& node, const workspace::Json& schema);

}  // namespace drizzle_audit::config
