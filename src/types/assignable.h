// Whether a value of one type may stand where another is expected: TypeScript's assignability under --strict.
#pragma once

#include <string>
#include <string_view>

#include "drizzle_audit/types.h"
#include "types/type.h"

namespace drizzle_audit::types {

struct Assignability {
  Verdict verdict = Verdict::kUnknown;
  /// kNo: where the innermost place that differs is, "settings.theme", "[].id"; empty for the types themselves. kUnknown: the place of
  /// what cannot be told.
  std::string path;
  const Type* source = nullptr;  ///< kNo: the types at `path`; null when that side has nothing there
  const Type* target = nullptr;
  std::string reason;  ///< kUnknown: why, one lower-case clause
  Span span;           ///< kUnknown: what could not be read
};

/// Is `source` assignable to `target`? Bounded in depth and steps; past them it is unknown.
[[nodiscard]] Assignability assignable(const Type& source, const Type& target);
/// The same for what is read from one property and written to another: `undefined` counts where they are optional.
[[nodiscard]] Assignability assignable(const Property& source, const Property& target);

}  // namespace drizzle_audit::types
