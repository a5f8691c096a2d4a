#include "report/junit.h"

#include <string_view>
#include <vector>

#include "report/change_text.h"
#include "report/encodings.h"

namespace drizzle_audit::report {
namespace {

struct Suite {
  std::string name;
  std::vector<const Finding*> findings;
  std::uint32_t failures = 0;
};

std::vector<Suite> suites(const Report& report) {
  std::vector<Suite> all;
  for (const Finding& finding : report.result.findings) {
    const std::string name =
        finding.span.somewhere() ? place_of(report, finding, report.from_working_directory).path : std::string("(the whole schema)");
    if (all.empty() || all.back().name != name) all.push_back({name, {}, 0});
    all.back().findings.push_back(&finding);
    if (!finding.suppressed) ++all.back().failures;
  }
  return all;
}

std::string attribute(std::string_view name, std::string_view value) { return " " + std::string(name) + "=\"" + xml_escaped(value) + "\""; }

std::string numbers(std::size_t tests, std::size_t failures) {
  return attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) + attribute("errors", "0");
}

std::string details(const Report& report, const Finding& finding) {
  std::string text = place_text(report, finding.span, report.from_working_directory);
  const auto add = [&](std::string_view label, std::string_view what) {
    if (!what.empty()) text += (text.empty() ? "" : "\n") + std::string(label) + std::string(what);
  };
  for (const Evidence& evidence : finding.evidence) add("evidence: ", evidence.text);
  add("note: ", finding.note);
  add("help: ", finding.help);
  if (finding.change) add("change: ", change_text(*finding.change));
  return text;
}

/// The name is the fingerprint: CI servers recognise a case by it from run to run.
void write_case(std::string& out, const Report& report, const Finding& finding) {
  out += "    <testcase" + attribute("name", finding.fingerprint) + attribute("classname", finding.rule) + ">\n";
  if (finding.suppressed) {
    const bool is_inline = finding.suppressed->kind == SuppressionKind::kInline;
    out += "      <skipped>" + xml_escaped(is_inline ? "suppressed: " + finding.suppressed->reason : "in the baseline") + "</skipped>\n";
  } else {
    out += "      <failure" + attribute("message", finding.message) + attribute("type", to_string(finding.severity)) + ">" +
           xml_escaped(details(report, finding)) + "</failure>\n";
  }
  out += "    </testcase>\n";
}

}  // namespace

std::string junit(const Report& report) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  // A report without a case is taken for a broken run by some readers.
  if (report.result.findings.empty()) {
    return out + "<testsuites name=\"drizzle-audit\"" + numbers(1, 0) + ">\n  <testsuite name=\"drizzle-audit\"" + numbers(1, 0) +
           ">\n    <testcase name=\"nothing to report\" classname=\"drizzle-audit\"/>\n  </testsuite>\n</testsuites>\n";
  }
  const std::vector<Suite> all = suites(report);
  out += "<testsuites name=\"drizzle-audit\"" + numbers(report.result.findings.size(), report.result.summary.total()) + ">\n";
  for (const Suite& suite : all) {
    out += "  <testsuite" + attribute("name", suite.name) + numbers(suite.findings.size(), suite.failures) +
           attribute("skipped", std::to_string(suite.findings.size() - suite.failures)) + ">\n";
    for (const Finding* finding : suite.findings) write_case(out, report, *finding);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace drizzle_audit::report
