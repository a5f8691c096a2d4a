// JUnit XML as Jenkins and GitLab read it (junit-4.xsd of Jenkins' xUnit plugin): a suite for each file, a case for each finding.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report {

std::string junit(const Report& report);

}  // namespace drizzle_audit::report
