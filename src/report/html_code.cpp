#include "report/html_code.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint32_t kContext = 1;   ///< lines before and after
constexpr std::uint32_t kMaxLines = 8;  ///< of the place itself
constexpr std::size_t kMaxLineBytes = 240;
constexpr std::size_t kBeforeMark = 80;  ///< bytes kept before the mark when a line is cut
constexpr unsigned kTab = 2;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

unsigned utf16_units(std::string_view text) {
  unsigned units = 0;
  for (const char c : text) units += continues(c) ? 0U : static_cast<unsigned char>(c) >= 0xf0 ? 2U : 1U;
  return units;
}

/// One line, of which the bytes [from, to) are marked, made printable and cut to a bearable length.
Json line_json(std::string_view line, std::size_t from, std::size_t to) {
  std::size_t first = 0;
  if (line.size() > kMaxLineBytes && from > kBeforeMark) {
    first = from - kBeforeMark;
    while (first < from && continues(line[first])) ++first;
  }
  std::size_t last = std::min(line.size(), first + kMaxLineBytes);
  while (last > first && last < line.size() && continues(line[last])) --last;

  std::string text = first > 0 ? "…" : "";
  unsigned mark_start = 0;
  unsigned mark_end = 0;
  for (std::size_t at = first; at < last;) {
    const Glyph glyph = first_glyph(line.substr(at));
    const bool marked = at >= from && at < to;
    if (marked && mark_end == 0) mark_start = utf16_units(text);
    text += glyph.text == "\t" ? std::string(kTab, ' ') : glyph.text;
    if (marked) mark_end = utf16_units(text);
    at += glyph.bytes;
  }
  if (last < line.size()) text += "…";
  return {text, mark_start, mark_end};
}

/// Offset of the first byte of the line that holds `offset`, as Sources counts lines.
std::uint32_t line_start(std::string_view text, std::uint32_t offset) {
  return static_cast<std::uint32_t>(text.substr(0, offset).find_last_of("\r\n") + 1);  // npos + 1 is 0
}

/// Offset behind the last byte of the line that holds `offset`, without its ending.
std::uint32_t line_end(std::string_view text, std::uint32_t offset) {
  return static_cast<std::uint32_t>(std::min(text.find_first_of("\r\n", offset), text.size()));
}

Json lines_of(std::string_view text) {
  Json lines = Json::array();
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line_json(line, 0, 0)[0]);
    at = end + 1;
  }
  return lines;
}

}  // namespace

Json code_json(const Sources& sources, Span span) {
  const Location at = sources.location(span);
  const std::string_view text = sources.text(span.file);
  const std::uint32_t first = at.line > kContext ? at.line - kContext : 1;
  const std::uint32_t shown_end = std::min(at.end_line, at.line + kMaxLines - 1);
  const std::uint32_t last = shown_end + (shown_end == at.end_line ? kContext : 0);
  Json lines = Json::array();
  for (std::uint32_t number = first; number <= last; ++number) {
    const std::string_view line = sources.line(span.file, number);
    if (line.data() == nullptr || line.data() < text.data()) {
      if (number > at.end_line) break;
      lines.push_back(Json{"", 0, 0});
      continue;
    }
    const auto start = static_cast<std::size_t>(line.data() - text.data());
    const auto inside = [&](std::size_t offset) { return std::clamp<std::size_t>(offset, start, start + line.size()) - start; };
    const bool marked = number >= at.line && number <= at.end_line;
    lines.push_back(marked ? line_json(line, inside(span.start), inside(std::max(span.end, span.start + 1))) : line_json(line, 0, 0));
  }
  return {{"line", first}, {"lines", std::move(lines)}};
}

Json hunks_json(const Sources& sources, const Fix& fix) {
  Json hunks = Json::array();
  for (std::size_t i = 0; i < fix.edits.size();) {
    const FileId file = fix.edits[i].span.file;
    const std::string_view text = sources.text(file);
    const std::uint32_t start = line_start(text, fix.edits[i].span.start);
    std::uint32_t end = start;
    std::uint32_t at = start;
    std::string changed;
    // Edits on the same or the next line belong together.
    for (; i < fix.edits.size() && fix.edits[i].span.file == file && (at == start || fix.edits[i].span.start <= end + 1); ++i) {
      const Edit& edit = fix.edits[i];
      changed += text.substr(at, edit.span.start - at);
      changed += edit.text;
      at = edit.span.end;
      end = line_end(text, edit.span.end);
    }
    changed += text.substr(at, end - at);
    hunks.push_back({{"path", printable(sources.path(file))},
                     {"line", sources.location({file, start, start}).line},
                     {"old", lines_of(text.substr(start, end - start))},
                     {"new", lines_of(changed)}});
  }
  return hunks;
}

}  // namespace drizzle_audit::report
