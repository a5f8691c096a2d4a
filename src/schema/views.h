// Views in the model.
#pragma once

#include <string_view>

#include "schema/hosts.h"
#include "text/arena.h"

namespace drizzle_audit::schema {

/// What drizzle-orm's getViewConfig() says of a finished view. Text and lists are copied into `arena`.
[[nodiscard]] View build_view(Interpreter& in, const ViewHost& view, std::string_view export_name, text::Arena& arena);

}  // namespace drizzle_audit::schema
