// `Object.keys(…)`, `Array.from(…)`, `Math.max(…)`, `Number.parseInt(…)`: functions that hang on JavaScript's constructors.
// Used by globals.cpp.
#pragma once

#include <string_view>

#include "program/interpreter.h"

namespace drizzle_audit::program {

[[nodiscard]] Value call_object(Call& call, std::string_view name);
[[nodiscard]] Value call_array(Call& call, std::string_view name);
[[nodiscard]] Value call_math(Call& call, std::string_view name);
[[nodiscard]] Value call_number(Call& call, std::string_view name);

}  // namespace drizzle_audit::program
