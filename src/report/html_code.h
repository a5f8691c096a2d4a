// Pieces of source text for the HTML page: the lines around a place, and what a fix makes of them. Used by html.cpp only.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "drizzle_audit/finding.h"

namespace drizzle_audit::report {

/// {"line": first line's number, "lines": [[text, from, to], …]}: from and to are UTF-16 offsets of what is marked, 0 and 0 for nothing.
nlohmann::ordered_json code_json(const Sources& sources, Span span);

/// [{"path", "line", "old": […], "new": […]}]: whole lines, edits that share lines together.
nlohmann::ordered_json hunks_json(const Sources& sources, const Fix& fix);

}  // namespace drizzle_audit::report
