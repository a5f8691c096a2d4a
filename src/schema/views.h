// Views in the model.
#pragma once

#include <string_view>

#include "schema/hosts.h"
#include "schema/model_builder.h"

namespace drizzle_audit::schema {

/// What drizzle-orm's getViewConfig() says of a finished view.
[[nodiscard]] View build_view(ModelBuilder& builder, const ViewHost& host, std::string_view export_name);

}  // namespace drizzle_audit::schema
