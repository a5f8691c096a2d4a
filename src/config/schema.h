// The JSON Schema of the config: the one description of its keys. `config schema` prints it, editors complete with it, and validate.h
// checks every config against it, so that all of them agree.
#pragma once

#include <span>

#include "drizzle_audit/rule.h"
#include "workspace/jsonc.h"

namespace drizzle_audit::config {

/// Draft 7, made from what the rules say about themselves.
[[nodiscard]] workspace::Json json_schema(std::span<const RegisteredRule> rules);

}  // namespace drizzle_audit::config
