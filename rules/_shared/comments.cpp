#include "_shared/comments.h"

#include <algorithm>
#include <string_view>

namespace drizzle_audit::rules {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_blank(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string plain(std::string_view comment) {
  std::string text;
  bool line_start = true;
  for (std::size_t i = 0; i < comment.size(); ++i) {
    const char c = comment[i];
    if (line_start && (c == '/' || c == '*' || is_space(c))) continue;
    line_start = c == '\n';
    if (c == '*' && i + 1 < comment.size() && comment[i + 1] == '/') {
      ++i;
      continue;
    }
    if (!is_space(c)) {
      text += lower(c);
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string joined(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? a + b : a + ' ' + b; }

}  // namespace

Comments::Comments(const Model& model) : sources_(*model.sources) {
  for (const Comment& comment : model.comments) {
    Entries& entries = entries_[comment.span.file];
    const Location location = sources_.location(comment.span);
    const std::string_view file = sources_.text(comment.span.file);
    Entry entry;
    entry.span = comment.span;
    entry.text = plain(comment.text);
    entry.first_line = location.line;
    entry.last_line = location.end_line;
    const std::size_t line_start = file.rfind('\n', comment.span.start == 0 ? 0 : comment.span.start - 1);
    const std::size_t from = line_start == std::string_view::npos || line_start >= comment.span.start ? 0 : line_start + 1;
    entry.alone = is_blank(file.substr(from, comment.span.start - from));
    const bool is_line = comment.text.starts_with("//");
    entry.continues = is_line && !entries.empty() && sources_.text(entries.back().span).starts_with("//") &&
                      is_blank(file.substr(entries.back().span.end, comment.span.start - entries.back().span.end));
    entries.push_back(std::move(entry));
  }
}

const Comments::Entries& Comments::entries_of(FileId file) const {
  static const Entries kNone;
  const auto at = entries_.find(file);
  return at == entries_.end() ? kNone : at->second;
}

std::string Comments::above(Span span) const {
  if (!span.somewhere()) return {};
  const Entries& entries = entries_of(span.file);
  auto at = std::lower_bound(entries.begin(), entries.end(), span.start,
                             [](const Entry& entry, std::uint32_t start) { return entry.span.start < start; });
  std::uint32_t line = sources_.location({span.file, span.start, span.start}).line;
  std::string text;
  while (at != entries.begin()) {
    const Entry& entry = *--at;
    if (entry.last_line >= line) continue;  // on the same line, before the span
    if (entry.last_line + 1 != line || !entry.alone) break;
    text = joined(entry.text, text);
    line = entry.first_line;
  }
  return text;
}

std::string Comments::behind(Span span) const {
  if (!span.somewhere()) return {};
  const Entries& entries = entries_of(span.file);
  const auto at = std::lower_bound(entries.begin(), entries.end(), span.end,
                                   [](const Entry& entry, std::uint32_t end) { return entry.span.start < end; });
  if (at == entries.end()) return {};
  const std::string_view between = sources_.text(span.file).substr(span.end, at->span.start - span.end);
  return between.find_first_not_of(" \t,;") == std::string_view::npos ? at->text : std::string();
}

std::vector<std::string> Comments::inside(Span span) const {
  std::vector<std::string> texts;
  if (!span.somewhere()) return texts;
  const Entries& entries = entries_of(span.file);
  auto at = std::lower_bound(entries.begin(), entries.end(), span.start,
                             [](const Entry& entry, std::uint32_t start) { return entry.span.start < start; });
  for (; at != entries.end() && at->span.end <= span.end; ++at) {
    if (at->continues && !texts.empty()) {
      texts.back() = joined(texts.back(), at->text);
    } else {
      texts.push_back(at->text);
    }
  }
  return texts;
}

}  // namespace drizzle_audit::rules
