// Reviewdog Diagnostic Format (reviewdog's proto/rdf): one DiagnosticResult. Its columns count bytes, unlike ours.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string rdjson(const Report& report);

}  // namespace drizzle_audit::report
