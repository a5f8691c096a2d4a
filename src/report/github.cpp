#include "report/github.h"

#include "report/change_text.h"
#include "report/encodings.h"
#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

std::string_view command(Severity severity) {
  switch (severity) {
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kInfo: break;
  }
  return "notice";
}

/// As the runner decodes it (actions/toolkit, packages/core/src/command.ts): data, and property values with two characters more.
std::string command_escaped(std::string_view text, bool is_property) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += is_property ? "%3A" : ":"; break;
      case ',': out += is_property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

/// What is shown under the line: the message first, because lists show only that.
std::string annotation(const Finding& finding) {
  std::string text = printable(finding.message) + " [" + std::string(finding.rule) + "]";
  if (!finding.note.empty()) text += "\nnote: " + printable(finding.note);
  if (!finding.help.empty()) text += "\nhelp: " + printable(finding.help);
  if (finding.change) text += "\nchange: " + printable(change_text(*finding.change));
  return text;
}

}  // namespace

std::string github(const Report& report) {
  std::string text;
  for (const Finding& finding : report.result.findings) {
    if (finding.suppressed) continue;
    text += "::" + std::string(command(finding.severity)) + " ";
    if (finding.span.somewhere()) {
      const Place place = place_of(report, finding, report.from_repository);
      const Location& at = place.location;
      text += "file=" + command_escaped(place.path, true) + ",line=" + std::to_string(at.line) + ",endLine=" + std::to_string(at.end_line);
      // GitHub refuses columns where an annotation spans lines.
      if (at.line == at.end_line) text += ",col=" + std::to_string(at.column) + ",endColumn=" + std::to_string(at.end_column);
      text += ",";
    }
    text += "title=drizzle-audit (" + std::string(finding.rule) + ")::" + command_escaped(annotation(finding), false) + "\n";
  }
  return text;
}

}  // namespace drizzle_audit::report
