// Types as text: as the TypeScript compiler prints them, with the members of every union sorted (null and undefined last).
#pragma once

#include <string>

#include "types/type.h"

namespace drizzle_audit::types {

/// The type itself is written out, interfaces excepted; inside it named types are printed by their names.
[[nodiscard]] std::string print_type(const Type& type);
/// What code reads from a property: with `| undefined` when it is optional.
[[nodiscard]] std::string print_type(const Property& property);

}  // namespace drizzle_audit::types
