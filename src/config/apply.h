// Puts what one valid document says over a config: single values replace, rules merge option by option, lists of overrides and of ignored
// files grow.
#pragma once

#include <string>

#include "config/config.h"
#include "config/document.h"

namespace drizzle_audit::config {

/// `document` has passed validate(). `folder` is that of its file, absolute.
void apply(const Node& document, const std::string& folder, Config& config);

}  // namespace drizzle_audit::config
