// Checkstyle's XML (checkstyle-report-1.0.0.xsd), which CI servers and review tools read.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string checkstyle(const Report& report);

}  // namespace drizzle_audit::report
