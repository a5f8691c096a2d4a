#include "audit/suppression.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>

#include "drizzle_audit/rule.h"
#include "text/closest.h"

namespace drizzle_audit::audit {
namespace {

constexpr std::string_view kMark = "drizzle-audit-";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// What the comment says, without its marks: `// x` and `/** x */` both say x.
std::string_view content(std::string_view comment) {
  if (comment.starts_with("/*")) {
    comment.remove_prefix(2);
    if (comment.ends_with("*/")) comment.remove_suffix(2);
    while (comment.starts_with('*')) comment.remove_prefix(1);
  } else {
    while (comment.starts_with('/')) comment.remove_prefix(1);
  }
  return trim(comment);
}

enum class Scope { kNext, kTable, kFile, kStart, kEnd };

struct Directive {
  Scope scope = Scope::kNext;
  std::vector<std::string_view> rules;
  std::string_view reason;
};

const std::vector<std::string> kDirectives = {"drizzle-audit-ignore", "drizzle-audit-ignore-table", "drizzle-audit-ignore-file",
                                              "drizzle-audit-ignore-start", "drizzle-audit-ignore-end"};

std::optional<Scope> scope_of(std::string_view word) {
  const auto found = std::find(kDirectives.begin(), kDirectives.end(), word);
  if (found == kDirectives.end()) return std::nullopt;
  return std::array{Scope::kNext, Scope::kTable, Scope::kFile, Scope::kStart,
                    Scope::kEnd}[static_cast<std::size_t>(found - kDirectives.begin())];
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

/// Reads the comments of one file, in their order.
class FileComments {
 public:
  FileComments(const Model& model, std::span<const Comment> comments, const std::vector<std::string>& known, SuppressionComments& out)
      : model_(model), comments_(comments), known_(known), out_(out), text_(model.sources->text(comments.front().span.file)) {}

  void read() {
    for (const Comment& comment : comments_) {
      if (comment.text.find(kMark) != std::string_view::npos && content(comment.text).starts_with(kMark)) read_one(comment);
    }
    for (const InlineSuppression& open : open_) {
      mistake(open.comment, "this drizzle-audit-ignore-start has no end", "add // drizzle-audit-ignore-end where it stops");
    }
  }

 private:
  void mistake(Span comment, std::string message, std::string help) {
    out_.mistakes.push_back({comment, std::move(message), std::move(help)});
  }

  void read_one(const Comment& comment) {
    const std::string_view said = content(comment.text);
    const std::size_t end = std::min(said.find_first_of(" \t\r\n:"), said.size());
    const std::string_view word = said.substr(0, end);
    Directive directive;
    if (const std::optional<Scope> scope = scope_of(word)) {
      directive.scope = *scope;
    } else {
      const std::string meant = text::closest(word, kDirectives);
      return mistake(comment.span, "there is no directive " + quoted(word),
                     meant.empty() ? "write // drizzle-audit-ignore <rule>: <reason>" : "did you mean " + meant + "?");
    }
    if (!read_rules(said.substr(end), directive, comment.span)) return;
    for (const std::string_view rule : directive.rules) place(directive, rule, comment);
    if (directive.scope == Scope::kEnd) close(directive, comment);
  }

  /// The rules and the reason behind the directive; false when something about them was reported.
  bool read_rules(std::string_view rest, Directive& directive, Span comment) {
    const std::size_t colon = rest.find(':');
    const std::string_view list = trim(rest.substr(0, colon));
    if (colon != std::string_view::npos) directive.reason = trim(rest.substr(colon + 1));
    if (list.empty()) {
      if (directive.scope == Scope::kEnd) return true;
      mistake(comment, "a suppression names the rules it is for", "write // drizzle-audit-ignore <rule>: <reason>");
      return false;
    }
    bool sound = true;
    for (std::size_t start = 0; start <= list.size();) {
      const std::size_t comma = std::min(list.find(',', start), list.size());
      const std::string_view rule = trim(list.substr(start, comma - start));
      start = comma + 1;
      if (std::find(known_.begin(), known_.end(), rule) != known_.end()) {
        directive.rules.push_back(rule);
        continue;
      }
      sound = false;
      const std::size_t space = rule.find_first_of(" \t\r\n");
      if (space != std::string_view::npos && std::find(known_.begin(), known_.end(), rule.substr(0, space)) != known_.end()) {
        mistake(comment, "a colon belongs between the rule and the reason",
                "write " + std::string(rule.substr(0, space)) + ": " + std::string(trim(rule.substr(space))));
      } else if (rule.empty()) {
        mistake(comment, "a rule is missing in the list", "write // drizzle-audit-ignore <rule>, <rule>: <reason>");
      } else {
        const std::string meant = text::closest(rule, known_);
        mistake(comment, "there is no rule " + quoted(rule),
                meant.empty() ? "drizzle-audit rules lists them" : "did you mean " + meant + "?");
      }
    }
    return sound;
  }

  void place(const Directive& directive, std::string_view rule, const Comment& comment) {
    InlineSuppression made{rule, directive.reason, comment.span, {}, false, false};
    const std::uint32_t file = comment.span.file;
    switch (directive.scope) {
      case Scope::kFile: made.covered = {file, 0, static_cast<std::uint32_t>(text_.size())}; break;
      case Scope::kNext: cover_line(comment, made); break;
      case Scope::kTable: {
        const Table* table = table_at(next_code(comment.span.end));
        if (table == nullptr) return mistake(comment.span, "no table follows this comment", "put it right above the table's declaration");
        made.covered = {file, comment.span.end, table->span.end};
        break;
      }
      case Scope::kStart: open_.push_back(made); return;
      case Scope::kEnd: return;
    }
    out_.suppressions.push_back(made);
  }

  /// Ends the blocks that are open for the named rules, or all of them.
  void close(const Directive& directive, const Comment& comment) {
    const auto ends = [&](const InlineSuppression& open) {
      return directive.rules.empty() || std::find(directive.rules.begin(), directive.rules.end(), open.rule) != directive.rules.end();
    };
    bool any = false;
    for (InlineSuppression& open : open_) {
      if (!ends(open)) continue;
      any = true;
      open.covered = {comment.span.file, open.comment.end, comment.span.start};
      out_.suppressions.push_back(open);
    }
    std::erase_if(open_, ends);
    if (!any)
      mistake(comment.span, "this drizzle-audit-ignore-end has no start", "add // drizzle-audit-ignore-start <rule>: <reason> above");
  }

  [[nodiscard]] std::size_t line_start(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }
  [[nodiscard]] std::size_t line_end(std::size_t at) const { return std::min(text_.find('\n', at), text_.size()); }

  /// The first offset from `at` on that is neither space nor comment.
  [[nodiscard]] std::size_t next_code(std::size_t at) const {
    while (true) {
      while (at < text_.size() && is_space(text_[at])) ++at;
      const auto comment = std::lower_bound(comments_.begin(), comments_.end(), at,
                                            [](const Comment& c, std::size_t offset) { return c.span.start < offset; });
      if (comment == comments_.end() || comment->span.start != at) return at;
      at = comment->span.end;
    }
  }

  /// The table whose declaration begins at `at`: there is nothing but words between it and the call.
  [[nodiscard]] const Table* table_at(std::size_t at) const {
    for (const std::span<const Table> tables : {model_.tables, model_.hidden_tables}) {
      for (const Table& table : tables) {
        if (table.span.file != comments_.front().span.file || table.span.start < at) continue;
        const std::string_view between = text_.substr(at, table.span.start - at);
        if (between.find_first_of(";,{(") == std::string_view::npos) return &table;
      }
    }
    return nullptr;
  }

  void cover_line(const Comment& comment, InlineSuppression& made) const {
    const std::size_t start = line_start(comment.span.start);
    const std::size_t code = next_code(start);
    const bool behind_code = code < comment.span.start;
    const std::size_t first = behind_code ? start : next_code(comment.span.end);
    std::size_t last = line_end(behind_code ? comment.span.start : first);
    // Above a table it covers what is said of the table itself: a formatter may put its name on the next line.
    if (const Table* table = behind_code ? nullptr : table_at(first)) last = std::max<std::size_t>(last, table->name_span.end);
    made.covered = {comment.span.file, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
    made.covers_ends = behind_code;
  }

  const Model& model_;
  std::span<const Comment> comments_;
  const std::vector<std::string>& known_;
  SuppressionComments& out_;
  std::string_view text_;
  std::vector<InlineSuppression> open_;
};

bool covers(const InlineSuppression& suppression, const Finding& finding) {
  const Span& covered = suppression.covered;
  if (suppression.rule != finding.rule || covered.file != finding.span.file) return false;
  const auto inside = [&](std::uint32_t offset) { return covered.start <= offset && offset <= covered.end; };
  return inside(finding.span.start) || (suppression.covers_ends && inside(finding.span.end));
}

}  // namespace

SuppressionComments read_suppressions(std::span<const RuleInput> inputs, const std::vector<std::string>& known_rules) {
  SuppressionComments result;
  std::set<FileId> seen;
  const auto read = [&](const Model& model, std::span<const Comment> comments) {
    for (auto first = comments.begin(); first != comments.end();) {
      const auto last = std::find_if(first, comments.end(), [&](const Comment& c) { return c.span.file != first->span.file; });
      if (seen.insert(first->span.file).second) FileComments(model, {first, last}, known_rules, result).read();
      first = last;
    }
  };
  for (const RuleInput& input : inputs) read(*input.model, input.model->comments);
  for (const RuleInput& input : inputs) {
    if (input.types != nullptr) read(*input.model, input.types->comments);
  }
  return result;
}

std::vector<Finding> suppress(std::vector<Finding>& findings, std::span<const RuleInput> inputs, const config::Settings& settings) {
  std::vector<std::string> known;
  for (const Rule* rule : settings.known) known.emplace_back(rule->id);
  SuppressionComments comments = read_suppressions(inputs, known);
  for (Finding& finding : findings) {
    if (!finding.span.somewhere()) continue;
    for (InlineSuppression& suppression : comments.suppressions) {
      if (!covers(suppression, finding)) continue;
      suppression.used = true;
      if (!finding.suppressed) finding.suppressed = Suppression{SuppressionKind::kInline, std::string(suppression.reason)};
    }
  }
  const auto ran = [&](std::string_view rule) {
    return std::any_of(settings.rules.begin(), settings.rules.end(), [&](const config::RuleSetting& s) { return s.rule->id == rule; });
  };
  std::vector<Finding> own;
  const auto report = [&](std::string_view rule, Span span, std::string_view about, std::string message, std::string help) {
    Finding& finding = own.emplace_back();
    finding.rule = rule;
    finding.subject.kind = SubjectKind::kFile;
    finding.subject.name = std::string(inputs.front().model->sources->path(span.file)) + (about.empty() ? "" : " " + std::string(about));
    finding.span = span;
    finding.message = std::move(message);
    finding.help = std::move(help);
  };
  for (const InlineSuppression& suppression : comments.suppressions) {
    if (suppression.used || !ran(suppression.rule)) continue;
    const std::string rule(suppression.rule);
    report("unused-suppression", suppression.comment, rule, "this comment suppresses no finding of " + rule,
           "delete it, or " + rule + " from its list");
    own.back().note = "it would hide the next one, and tells readers of a problem that is not there";
  }
  for (SuppressionMistake& mistake : comments.mistakes) {
    report("invalid-suppression", mistake.comment, {}, std::move(mistake.message), std::move(mistake.help));
    own.back().note = "it suppresses nothing as it stands";
  }
  return own;
}

}  // namespace drizzle_audit::audit
