// One line for each finding with what to do about it, for coding agents: no frames, no summary, nothing to scroll past.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string agent(const Report& report);

}  // namespace drizzle_audit::report
