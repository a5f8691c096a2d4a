// The owner of all source text, and the step from byte offsets to lines and UTF-16 columns.
#include "drizzle_audit/source.h"

#include <algorithm>

namespace drizzle_audit {

FileId Sources::add(std::string path, std::string text) {
  const std::lock_guard lock(mutex_);
  File& file = files_.emplace_back();
  file.path = std::move(path);
  file.text = std::move(text);
  return static_cast<FileId>(files_.size() - 1);
}

std::size_t Sources::size() const {
  const std::lock_guard lock(mutex_);
  return files_.size();
}

const Sources::File& Sources::file(FileId id) const {
  const std::lock_guard lock(mutex_);  // the deque's spine may grow meanwhile; the file itself never moves
  return files_[id];
}

std::string_view Sources::path(FileId id) const { return id == kNoFile ? std::string_view() : std::string_view(file(id).path); }

std::string_view Sources::text(FileId id) const { return id == kNoFile ? std::string_view() : std::string_view(file(id).text); }

std::string_view Sources::text(Span span) const {
  const std::string_view all = text(span.file);
  const std::size_t start = std::min<std::size_t>(span.start, all.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, start, all.size());
  return all.substr(start, end - start);
}

const std::vector<std::uint32_t>& Sources::line_starts(const File& file) {
  std::call_once(file.lines_once, [&file] {
    file.line_starts.push_back(0);
    const std::string& text = file.text;
    for (std::size_t i = 0; i < text.size(); ++i) {
      // A lone CR ends a line too, as in every editor; CRLF is one ending.
      if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
        file.line_starts.push_back(static_cast<std::uint32_t>(i + 1));
      }
    }
  });
  return file.line_starts;
}

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// UTF-16 units of `text`. Bytes that are no UTF-8 count as one unit each, as editors show them.
std::uint32_t utf16_length(std::string_view text) {
  std::uint32_t units = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    std::size_t length = 1;
    if (byte >= 0xF0 && byte < 0xF8) length = 4;
    else if (byte >= 0xE0) length = 3;
    else if (byte >= 0xC2) length = 2;
    bool well_formed = i + length <= text.size() && byte < 0xF8;
    for (std::size_t k = 1; well_formed && k < length; ++k) well_formed = (static_cast<unsigned char>(text[i + k]) & 0xC0U) == 0x80U;
    if (!well_formed) length = 1;
    units += length == 4 ? 2 : 1;
    i += length;
  }
  return units;
}

}  // namespace

Location Sources::location(Span span) const {
  if (!span.somewhere()) return {};
  const File& in = file(span.file);
  const auto& starts = line_starts(in);
  const auto position = [&](std::uint32_t offset) {
    offset = std::min(offset, static_cast<std::uint32_t>(in.text.size()));
    const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
    const auto line = static_cast<std::uint32_t>(after - starts.begin());
    std::string_view before = std::string_view(in.text).substr(starts[line - 1], offset - starts[line - 1]);
    if (line == 1 && before.starts_with(kByteOrderMark)) before.remove_prefix(kByteOrderMark.size());  // editors do not show it
    return std::pair(line, utf16_length(before) + 1);
  };
  const auto [line, column] = position(span.start);
  const auto [end_line, end_column] = position(std::max(span.start, span.end));
  return {.path = in.path, .line = line, .column = column, .end_line = end_line, .end_column = end_column};
}

std::string_view Sources::line(FileId id, std::uint32_t number) const {
  if (id == kNoFile || number == 0) return {};
  const File& in = file(id);
  const auto& starts = line_starts(in);
  if (number > starts.size()) return {};
  std::string_view rest = std::string_view(in.text).substr(starts[number - 1]);
  rest = rest.substr(0, number < starts.size() ? starts[number] - starts[number - 1] : rest.size());
  while (rest.ends_with('\n') || rest.ends_with('\r')) rest.remove_suffix(1);
  if (number == 1 && rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  return rest;
}

}  // namespace drizzle_audit
