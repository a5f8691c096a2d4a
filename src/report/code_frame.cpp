#include "report/code_frame.h"

#include <algorithm>
#include <vector>

#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

constexpr unsigned kTabStop = 4;

struct Cell {
  std::string text;
  unsigned width = 0;
  bool marked = false;
};

unsigned total_width(const std::vector<Cell>& cells) {
  unsigned width = 0;
  for (const Cell& cell : cells) width += cell.width;
  return width;
}

/// Generated files have lines of megabytes: nothing beyond this many bytes on either side of the place is looked at.
constexpr std::size_t kNearby = 600;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

/// Drops cells from the front, then from the back, so that the first marked one stays in view.
void clip(std::vector<Cell>& cells, unsigned width, bool cut_before, bool cut_after) {
  const auto marked = std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.marked; });
  const unsigned before = total_width({cells.begin(), marked});
  const Cell ellipsis{"…", 1, false};
  // A third of the width goes to what stands before the place, when the whole does not fit.
  if (before > width / 3 && total_width(cells) + 2 > width) {
    unsigned dropped = 0;
    auto cut = cells.begin();
    while (cut != marked && before - dropped > width / 3) dropped += (cut++)->width;
    cells.erase(cells.begin(), cut);
    cut_before = true;
  }
  if (cut_before) cells.insert(cells.begin(), ellipsis);
  unsigned total = total_width(cells);
  while (cells.size() > 1 && total + 1 > width) {
    total -= cells.back().width;
    cells.pop_back();
    cut_after = true;
  }
  if (cut_after) cells.push_back(ellipsis);
}

}  // namespace

CodeFrame code_frame(const Sources& sources, Span span, unsigned width) {
  const std::string_view text = sources.text(span.file);
  const std::size_t start = std::min<std::size_t>(span.start, text.size());
  std::size_t line_start = start == 0 ? 0 : text.rfind('\n', start - 1) + 1;  // npos + 1 is 0
  std::size_t line_end = std::min(text.find('\n', start), text.size());
  while (line_end > line_start && text[line_end - 1] == '\r') --line_end;
  bool cut_before = false;
  bool cut_after = false;
  if (start - line_start > kNearby) {
    line_start = start - kNearby;
    while (line_start < start && is_continuation(text[line_start])) ++line_start;
    cut_before = true;
  }
  if (line_end > start && line_end - start > kNearby) {
    line_end = start + kNearby;
    while (line_end > start && is_continuation(text[line_end])) --line_end;
    cut_after = true;
  }
  if (line_start == 0 && text.starts_with("\xef\xbb\xbf")) line_start = std::min(start, std::size_t{3});  // byte order mark

  std::vector<Cell> cells;
  unsigned column = 0;
  const std::size_t end = std::max<std::size_t>(span.end, start + 1);
  for (std::size_t at = line_start; at < line_end;) {
    const Glyph glyph = first_glyph(text.substr(at, line_end - at));
    Cell cell{glyph.text, glyph.width, at >= start && at < end};
    if (cell.text == "\t") {
      cell.width = kTabStop - column % kTabStop;
      cell.text = std::string(cell.width, ' ');
    }
    column += cell.width;
    cells.push_back(std::move(cell));
    at += glyph.bytes;
  }
  // A place at the very end of a line still gets its caret.
  if (std::none_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.marked; })) cells.push_back({" ", 1, true});
  clip(cells, std::max(width, 20U), cut_before, cut_after);

  CodeFrame frame;
  frame.number = std::to_string(sources.location(span).line);
  for (const Cell& cell : cells) {
    frame.line += cell.text;
    frame.marks += std::string(cell.width, cell.marked ? '^' : ' ');
  }
  while (frame.line.ends_with(' ')) frame.line.pop_back();
  frame.marks.erase(frame.marks.find_last_of('^') + 1);
  return frame;
}

}  // namespace drizzle_audit::report
