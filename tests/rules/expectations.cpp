#include "rules/expectations.h"

#include <algorithm>

#include "report/change_text.h"

namespace drizzle_audit::rule_tests {
namespace {

constexpr std::string_view kMark = "// expect:";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// `rule-id @7 "part"`. The part runs to the last quote, so that it may hold quotes itself.
Expectation parse(std::string_view text) {
  Expectation expectation;
  if (const std::size_t quote = text.find('"'); quote != std::string_view::npos) {
    const std::size_t last = text.rfind('"');
    expectation.message_part = std::string(text.substr(quote + 1, last - quote - 1));
    text = trimmed(text.substr(0, quote));
  }
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    expectation.column = static_cast<std::uint32_t>(std::stoul(std::string(text.substr(at + 1))));
    text = trimmed(text.substr(0, at));
  }
  expectation.rule = std::string(trimmed(text));
  return expectation;
}

/// Everything an expectation's text may be a part of: the message, the note, the help, the severity, and the change as reports print it.
std::string said_by(const Finding& finding) {
  const std::string text =
      finding.message + "\n" + finding.note + "\n" + finding.help + "\nseverity: " + std::string(to_string(finding.severity));
  return finding.change ? text + "\n" + report::change_text(*finding.change) : text;
}

bool meets(const Finding& finding, const Location& location, const Expectation& expectation) {
  return finding.rule == expectation.rule && location.path == expectation.path && location.line == expectation.line &&
         (!expectation.column || *expectation.column == location.column) &&
         said_by(finding).find(expectation.message_part) != std::string::npos;
}

std::string place(const Location& location) {
  return std::string(location.path) + ":" + std::to_string(location.line) + ":" + std::to_string(location.column);
}

}  // namespace

std::vector<Expectation> take_expectations(const std::string& path, std::string& text) {
  std::vector<Expectation> expectations;
  for (std::size_t at = text.find(kMark); at != std::string::npos; at = text.find(kMark, at)) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto line = static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1);
    std::string_view rest = std::string_view(text).substr(at + kMark.size(), end - at - kMark.size());
    while (!rest.empty()) {
      // `;` separates, unless inside a message.
      const std::size_t quote = rest.find('"');
      std::size_t separator = rest.find(';');
      if (quote < separator) separator = rest.find("\";");
      const bool last = separator == std::string_view::npos;
      if (!last && rest[separator] == '"') ++separator;
      Expectation expectation = parse(trimmed(rest.substr(0, separator)));
      expectation.path = path;
      expectation.line = line;
      expectations.push_back(std::move(expectation));
      rest = last ? std::string_view() : rest.substr(separator + 1);
    }
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }
  return expectations;
}

std::vector<std::string> compare(const audit::AuditResult& result, const std::vector<Expectation>& expectations) {
  std::vector<std::string> complaints;
  std::vector<bool> met(expectations.size(), false);
  for (const Finding& finding : result.findings) {
    if (finding.suppressed) continue;
    const Location location = finding.span.somewhere() ? result.sources->location(finding.span) : Location{};
    bool expected = false;
    for (std::size_t i = 0; i < expectations.size() && !expected; ++i) {
      if (met[i] || !meets(finding, location, expectations[i])) continue;
      met[i] = expected = true;
    }
    if (!expected) complaints.push_back("not expected: " + place(location) + ": [" + std::string(finding.rule) + "] " + finding.message);
  }
  for (std::size_t i = 0; i < expectations.size(); ++i) {
    const Expectation& expectation = expectations[i];
    if (met[i]) continue;
    complaints.push_back("not found: " + expectation.path + ":" + std::to_string(expectation.line) +
                         (expectation.column ? ":" + std::to_string(*expectation.column) : "") + ": [" + expectation.rule + "] " +
                         expectation.message_part);
  }
  return complaints;
}

}  // namespace drizzle_audit::rule_tests
