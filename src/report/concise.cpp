#include "report/concise.h"

#include "report/terminal_text.h"

namespace drizzle_audit::report {

std::string concise(const Report& report) {
  std::string text;
  for (const Finding& finding : report.result.findings) {
    if (finding.suppressed) continue;
    const std::string place = place_text(report, finding.span, report.from_working_directory);
    text += (place.empty() ? "drizzle-audit" : place) + ": " + std::string(to_string(finding.severity)) + ": " +
            printable(finding.message) + " [" + std::string(finding.rule) + "]\n";
  }
  return text;
}

}  // namespace drizzle_audit::report
