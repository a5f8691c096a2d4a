#include "report/pretty.h"

#include <algorithm>
#include <vector>

#include "report/change_text.h"
#include "report/code_frame.h"
#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

constexpr std::size_t kEvidenceShown = 4;
constexpr unsigned kWidthWithoutTerminal = 120;

enum class Style { kBold, kDim, kUnderline, kError, kWarning, kInfo, kGood };

std::string_view code(Style style) {
  switch (style) {
    case Style::kBold: return "\x1b[1m";
    case Style::kDim: return "\x1b[2m";
    case Style::kUnderline: return "\x1b[1;4m";
    case Style::kError: return "\x1b[1;31m";
    case Style::kWarning: return "\x1b[1;33m";
    case Style::kInfo: return "\x1b[1;36m";
    case Style::kGood: break;
  }
  return "\x1b[1;32m";
}

Style style_of(Severity severity) {
  switch (severity) {
    case Severity::kError: return Style::kError;
    case Severity::kWarning: return Style::kWarning;
    case Severity::kInfo: break;
  }
  return Style::kInfo;
}

class Writer {
 public:
  explicit Writer(const Report& report) : report_(report), result_(report.result), options_(report.pretty) {}

  std::string write() {
    std::vector<const Finding*> findings;
    for (const Finding& finding : result_.findings) {
      if (!finding.suppressed) findings.push_back(&finding);
    }
    const std::size_t shown = std::min<std::size_t>(findings.size(), options_.max_diagnostics.value_or(UINT32_MAX));
    std::string_view path;
    for (std::size_t i = 0; i < shown; ++i) {
      const Finding& finding = *findings[i];
      const std::string_view here =
          finding.span.somewhere() ? result_.sources->path(finding.span.file) : std::string_view("(the whole schema)");
      if (here != path) text_ += styled(Style::kUnderline, file_text(finding)) + "\n\n";
      path = here;
      write_finding(finding);
    }
    if (shown < findings.size()) {
      text_ += "… and " + std::to_string(findings.size() - shown) + " more; --max-diagnostics none shows them all\n\n";
    }
    if (options_.verbose) write_unknowns();
    write_summary();
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string styled(Style style, const std::string& text) const {
    return options_.color ? std::string(code(style)) + text + "\x1b[0m" : text;
  }

  [[nodiscard]] unsigned width() const { return options_.width == 0 ? 0 : std::clamp(options_.width, 40U, 160U); }

  [[nodiscard]] std::string place(Span span) const { return place_text(report_, span, report_.from_working_directory); }

  [[nodiscard]] std::string file_text(const Finding& finding) const {
    if (!finding.span.somewhere()) return "(the whole schema)";
    return printable(path_from(report_.from_working_directory, result_.sources->path(finding.span.file)));
  }

  /// "  note: text", wrapped under its own beginning.
  void write_item(std::string_view label, std::string_view text) {
    if (text.empty()) return;
    const auto column = static_cast<unsigned>(label.size()) + 4;
    text_ += "  " + styled(Style::kBold, std::string(label) + ":") + " " +
             wrap(printable(text), width(), column, std::string(column, ' ')) + "\n";
  }

  void write_finding(const Finding& finding) {
    std::string head;
    if (finding.span.somewhere()) {
      const Location location = result_.sources->location(finding.span);
      head = std::to_string(location.line) + ":" + std::to_string(location.column) + " ";
    }
    const std::string severity(to_string(finding.severity));
    const auto column = static_cast<unsigned>(head.size() + severity.size() + 2);
    text_ += styled(Style::kDim, head) + styled(style_of(finding.severity), severity + ":") + " " +
             wrap(printable(finding.message) + " [" + std::string(finding.rule) + "]", width(), column, "  ") + "\n";
    if (finding.span.somewhere()) write_frame(finding);
    write_evidence(finding);
    write_item("note", finding.note);
    write_item("help", finding.help);
    if (finding.change) write_item("change", change_text(*finding.change));
    text_ += "\n";
  }

  void write_frame(const Finding& finding) {
    const unsigned available = options_.width == 0 ? kWidthWithoutTerminal : width();
    const CodeFrame frame = code_frame(*result_.sources, finding.span, available - 12);
    const std::string margin(std::max<std::size_t>(frame.number.size(), 4), ' ');
    const std::string number = std::string(margin.size() - frame.number.size(), ' ') + frame.number;
    const std::string bar = " " + styled(Style::kDim, "|");
    text_ += margin + bar + "\n";
    text_ += styled(Style::kDim, number) + bar + (frame.line.empty() ? "" : " ") + frame.line + "\n";
    text_ += margin + bar + " " + styled(style_of(finding.severity), frame.marks) + "\n";
  }

  void write_evidence(const Finding& finding) {
    const std::size_t shown = options_.verbose ? finding.evidence.size() : std::min(finding.evidence.size(), kEvidenceShown);
    for (std::size_t i = 0; i < shown; ++i) {
      const Evidence& evidence = finding.evidence[i];
      const std::string where = evidence.span == finding.span ? std::string() : place(evidence.span);
      write_item("evidence", evidence.text + (where.empty() ? "" : " (" + where + ")"));
    }
    if (shown < finding.evidence.size())
      write_item("evidence", "and " + std::to_string(finding.evidence.size() - shown) + " more; --verbose shows them");
  }

  void write_unknowns() {
    if (result_.unknowns.empty()) return;
    text_ += styled(Style::kBold, "Not read, and therefore not judged:") + "\n";
    for (const Unknown& unknown : result_.unknowns) {
      const std::string where = place(unknown.span);
      text_ += "  " + (where.empty() ? "" : where + ": ") + printable(unknown.reason) + "\n";
    }
    text_ += "\n";
  }

  void write_summary() {
    const audit::Coverage& coverage = result_.coverage;
    text_ += "Looked at " + coverage_text(coverage) + (coverage.unknowns > 0 && !options_.verbose ? " (--verbose lists them)" : "") + ".\n";
    const audit::Summary& summary = result_.summary;
    std::string hidden;
    if (summary.suppressed > 0) hidden += std::to_string(summary.suppressed) + " suppressed by comments";
    if (summary.baselined > 0) hidden += (hidden.empty() ? "" : ", ") + std::to_string(summary.baselined) + " in the baseline";
    if (!hidden.empty()) hidden = " (" + hidden + ")";
    if (summary.total() == 0) {
      text_ += styled(Style::kGood, "Found nothing to report" + hidden + ".") + "\n";
      return;
    }
    std::string counts;
    const auto add = [&](std::uint32_t count, std::string_view noun, Style style) {
      if (count == 0) return;
      if (!counts.empty()) counts += ", ";
      counts += styled(style, counted(count, noun));
    };
    add(summary.errors, "error", Style::kError);
    add(summary.warnings, "warning", Style::kWarning);
    add(summary.infos, "info", Style::kInfo);
    text_ += "Found " + counts + " in " + counted(coverage.tables, "table") + hidden + ".\n";
  }

  const Report& report_;
  const audit::AuditResult& result_;
  const PrettyOptions& options_;
  std::string text_;
};

}  // namespace

std::string coverage_text(const audit::Coverage& coverage) {
  std::string text =
      counted(coverage.tables, "table") + ", " + counted(coverage.columns, "column") + " in " + counted(coverage.files, "file");
  if (coverage.schemas > 1) text += " of " + counted(coverage.schemas, "schema");
  return text + "; " +
         (coverage.unknowns == 0 ? std::string("everything could be read")
                                 : counted(coverage.unknowns, "expression") + " could not be read");
}

std::string pretty(const Report& report) { return Writer(report).write(); }

}  // namespace drizzle_audit::report
