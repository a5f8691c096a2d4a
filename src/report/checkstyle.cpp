#include "report/checkstyle.h"

#include "report/encodings.h"

namespace drizzle_audit::report {

std::string checkstyle(const Report& report) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  std::string open;  // the file whose element is open; findings are sorted by file
  bool is_open = false;
  for (const Finding& finding : report.result.findings) {
    if (finding.suppressed) continue;
    const Place place = place_of(report, finding, report.from_working_directory);
    if (!is_open || place.path != open) {
      if (is_open) text += "  </file>\n";
      text += "  <file name=\"" + xml_escaped(place.path) + "\">\n";
      open = place.path;
      is_open = true;
    }
    text += "    <error";
    if (place.somewhere()) {
      text += " line=\"" + std::to_string(place.location.line) + "\" column=\"" + std::to_string(place.location.column) + "\"";
    }
    text += " severity=\"" + std::string(to_string(finding.severity)) + "\" message=\"" + xml_escaped(finding.message) +
            "\" source=\"drizzle-audit." + std::string(finding.rule) + "\"/>\n";
  }
  if (is_open) text += "  </file>\n";
  return text + "</checkstyle>\n";
}

}  // namespace drizzle_audit::report
