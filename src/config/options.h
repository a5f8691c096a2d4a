// The options of rules: their values when nobody sets them.
#pragma once

#include "drizzle_audit/rule.h"

namespace drizzle_audit::config {

/// Every option of the rule with its default.
OptionValues default_options(const Rule& rule);

}  // namespace drizzle_audit::config
