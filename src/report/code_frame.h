// The source line a finding is about, with carets under the place.
#pragma once

#include <string>

#include "drizzle_audit/source.h"

namespace drizzle_audit::report {

struct CodeFrame {
  std::string number;  ///< of the line
  std::string line;    ///< ready to print: tabs expanded, harmful characters escaped, clipped with "…"
  std::string marks;   ///< spaces and carets, aligned with `line`
};

/// The first line of `span`, clipped to `width` columns around the place.
CodeFrame code_frame(const Sources& sources, Span span, unsigned width);

}  // namespace drizzle_audit::report
