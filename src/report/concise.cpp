#include "report/concise.h"

#include "report/terminal_text.h"

namespace drizzle_audit::report {

std::string concise(const audit::AuditResult& result) {
  std::string text;
  for (const Finding& finding : result.findings) {
    if (finding.suppressed) continue;
    if (finding.span.somewhere()) {
      const Location location = result.sources->location(finding.span);
      text += printable(location.path) + ":" + std::to_string(location.line) + ":" + std::to_string(location.column) + ": ";
    } else {
      text += "drizzle-audit: ";
    }
    text += std::string(to_string(finding.severity)) + ": " + printable(finding.message) + " [" + std::string(finding.rule) + "]\n";
  }
  return text;
}

}  // namespace drizzle_audit::report
