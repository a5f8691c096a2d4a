#include "report/agent.h"

#include "report/change_text.h"
#include "report/terminal_text.h"

namespace drizzle_audit::report {

std::string agent(const Report& report) {
  std::string text;
  for (const Finding& finding : report.result.findings) {
    if (finding.suppressed) continue;
    const std::string place = place_text(report, finding.span, report.from_working_directory);
    text += (place.empty() ? "(whole schema)" : place) + " " + std::string(to_string(finding.severity)) + " " + std::string(finding.rule) +
            ": " + printable(finding.message);
    if (!finding.note.empty()) text += ". Why: " + printable(finding.note);
    if (!finding.help.empty()) text += ". Do: " + printable(finding.help);
    if (finding.change) text += ". Change: " + printable(change_text(*finding.change));
    if (finding.fix) {
      text += finding.fix->applicability == Applicability::kSafe ? ". Fixable with --fix" : ". Fixable with --unsafe-fixes";
    }
    text += "\n";
  }
  return text;
}

}  // namespace drizzle_audit::report
