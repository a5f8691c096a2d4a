#include "report/pretty.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "report/change_text.h"
#include "report/code_frame.h"
#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

constexpr std::size_t kEvidenceShown = 3;
constexpr std::uint32_t kOverviewFrom = 5;  ///< findings; fewer need no overview
constexpr std::size_t kOverviewRules = 8;
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
    const std::vector<const Finding*> all = counted_findings();
    const std::vector<const Finding*> findings = most_severe(all);
    std::string_view path;
    bool is_first = true;
    for (const Finding* finding : findings) {
      const std::string_view here = finding->span.somewhere() ? result_.sources->path(finding->span.file) : std::string_view();
      if (is_first || here != path) text_ += styled(Style::kUnderline, file_text(*finding)) + "\n\n";
      is_first = false;
      path = here;
      write_finding(*finding);
    }
    if (findings.size() < all.size()) {
      text_ +=
          "… and " + std::to_string(all.size() - findings.size()) + " more, none more severe; --max-diagnostics none shows them all\n\n";
    }
    if (options_.verbose) write_unknowns();
    if (all.size() >= kOverviewFrom) write_overview(all);
    write_summary();
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string styled(Style style, const std::string& text) const {
    return options_.color ? std::string(code(style)) + text + "\x1b[0m" : text;
  }

  [[nodiscard]] std::vector<const Finding*> counted_findings() const {
    std::vector<const Finding*> findings;
    for (const Finding& finding : result_.findings) {
      if (!finding.suppressed) findings.push_back(&finding);
    }
    return findings;
  }

  /// As many as shall be shown, in the order of their places: a limit leaves out what matters least.
  [[nodiscard]] std::vector<const Finding*> most_severe(const std::vector<const Finding*>& all) const {
    const std::size_t limit = options_.max_diagnostics.value_or(UINT32_MAX);
    if (all.size() <= limit) return all;
    std::vector<const Finding*> sorted = all;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    const std::unordered_set<const Finding*> kept(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(limit));
    std::vector<const Finding*> shown;
    std::copy_if(all.begin(), all.end(), std::back_inserter(shown), [&](const Finding* finding) { return kept.contains(finding); });
    return shown;
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
    // What is true of every finding of a rule is said once.
    if (options_.verbose || said_.insert(finding.note).second) write_item("note", finding.note);
    write_item("help", finding.help);
    if (finding.change && (options_.verbose || finding.help.empty())) write_item("change", change_text(*finding.change));
    text_ += "\n";
  }

  void write_frame(const Finding& finding) {
    const unsigned available = options_.width == 0 ? kWidthWithoutTerminal : width();
    const CodeFrame frame = code_frame(*result_.sources, finding.span, available - 12);
    const std::string margin(std::max<std::size_t>(frame.number.size(), 4), ' ');
    const std::string number = std::string(margin.size() - frame.number.size(), ' ') + frame.number;
    const std::string bar = " " + styled(Style::kDim, "|");
    text_ += styled(Style::kDim, number) + bar + (frame.line.empty() ? "" : " ") + frame.line + "\n";
    text_ += margin + bar + " " + styled(style_of(finding.severity), frame.marks) + "\n";
  }

  void write_evidence(const Finding& finding) {
    const std::size_t count = finding.evidence.size();
    const std::size_t shown = options_.verbose || count <= kEvidenceShown + 1 ? count : kEvidenceShown;
    for (std::size_t i = 0; i < shown; ++i) {
      const Evidence& evidence = finding.evidence[i];
      const std::string where = evidence.span == finding.span ? std::string() : place(evidence.span);
      write_item("evidence", evidence.text + (where.empty() ? "" : " (" + where + ")"));
    }
    if (shown < count) write_item("evidence", "and " + std::to_string(count - shown) + " more; --verbose shows them");
  }

  /// How many findings each rule has: the whole at a glance, where the eye is when the output has scrolled by.
  void write_overview(const std::vector<const Finding*>& findings) {
    struct Row {
      std::string_view rule;
      Severity worst = Severity::kInfo;
      std::uint32_t count = 0;
    };
    std::map<std::string_view, Row> by_rule;
    for (const Finding* finding : findings) {
      Row& row = by_rule.try_emplace(finding->rule, Row{finding->rule, Severity::kInfo, 0}).first->second;
      row.worst = std::max(row.worst, finding->severity);
      ++row.count;
    }
    std::vector<Row> rows;
    for (const auto& [rule, row] : by_rule) rows.push_back(row);
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return std::tuple(b.worst, b.count) < std::tuple(a.worst, a.count); });
    const std::size_t shown = rows.size() <= kOverviewRules + 1 ? rows.size() : kOverviewRules;
    std::size_t name_width = 0;
    for (std::size_t i = 0; i < shown; ++i) name_width = std::max(name_width, rows[i].rule.size());
    const std::size_t count_width = std::to_string(findings.size()).size();
    for (std::size_t i = 0; i < shown; ++i) {
      const std::string count = std::to_string(rows[i].count);
      const RegisteredRule* rule = find_rule(report_, rows[i].rule);
      const std::string padding(name_width - rows[i].rule.size() + 2, ' ');
      const std::string about = rule == nullptr ? std::string() : padding + styled(Style::kDim, std::string(rule->rule->summary));
      std::string severity(to_string(rows[i].worst));
      severity.resize(7, ' ');
      const std::string line = std::string(count_width - count.size() + 2, ' ') + count + " " + styled(style_of(rows[i].worst), severity);
      text_ += line + "  " + std::string(rows[i].rule) + (is_narrow(name_width, about) ? "" : about) + "\n";
    }
    if (shown < rows.size()) {
      text_ += std::string(count_width + 12, ' ') + "and " + counted(static_cast<std::uint32_t>(rows.size() - shown), "more rule") + "\n";
    }
    text_ += "\n";
  }

  /// Whether a rule's summary would not fit behind its name.
  [[nodiscard]] bool is_narrow(std::size_t name_width, const std::string& about) const {
    return width() != 0 && name_width + display_width(about) + 20 > width();
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
    const std::uint32_t safe = summary.fixable - summary.unsafe_fixable;
    if (safe > 0) hidden += (hidden.empty() ? "" : ", ") + std::to_string(safe) + " fixable with --fix";
    if (summary.unsafe_fixable > 0) {
      hidden += (hidden.empty() ? "" : ", ") + std::to_string(summary.unsafe_fixable) + (safe > 0 ? " more" : " fixable") +
                " with --unsafe-fixes";
    }
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
    write_next_steps();
  }

  /// What a person who sees this for the first time can do next. Few findings need no guide.
  void write_next_steps() {
    if (result_.summary.total() < kOverviewFrom) return;
    const auto worst = std::max_element(result_.findings.begin(), result_.findings.end(), [](const Finding& a, const Finding& b) {
      return std::tuple(!a.suppressed, a.severity) < std::tuple(!b.suppressed, b.severity);
    });
    std::vector<std::pair<std::string, std::string_view>> steps = {
        {"drizzle-audit explain " + std::string(worst->rule), "why a rule is there, with examples"},
        {"drizzle-audit --format html=report.html", "all of this in a browser, with a diagram"}};
    if (!report_.has_baseline) steps.emplace_back("drizzle-audit baseline create", "count only what is new from now on");
    std::size_t command_width = 0;
    for (const auto& [command, about] : steps) command_width = std::max(command_width, command.size());
    text_ += "\n" + styled(Style::kBold, "Next:") + "\n";
    for (const auto& [command, about] : steps) {
      text_ += "  " + command + std::string(command_width - command.size() + 2, ' ') + styled(Style::kDim, std::string(about)) + "\n";
    }
  }

  const Report& report_;
  const audit::AuditResult& result_;
  const PrettyOptions& options_;
  std::string text_;
  std::set<std::string_view> said_;  ///< notes that stand in the text already
};

}  // namespace

std::string coverage_text(const audit::Coverage& coverage) {
  std::string text =
      counted(coverage.tables, "table") + ", " + counted(coverage.columns, "column") + " in " + counted(coverage.files, "file");
  if (coverage.schemas > 1) text += " of " + counted(coverage.schemas, "schema");
  if (coverage.domain_types > 0) text += ", " + counted(coverage.domain_types, "domain type");
  return text + "; " +
         (coverage.unknowns == 0 ? std::string("everything could be read")
                                 : counted(coverage.unknowns, "expression") + " could not be read");
}

std::string pretty(const Report& report) { return Writer(report).write(); }

}  // namespace drizzle_audit::report
