#include "report/terminal_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace drizzle_audit::report {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Unicode 15 EastAsianWidth W and F, joined where gaps are unassigned, plus emoji presentation.
constexpr std::array<Range, 20> kWide = {
    {{0x1100, 0x115f}, {0x231a, 0x231b}, {0x23e9, 0x23ec},   {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x26a1, 0x26a1},  {0x2705, 0x2705},
     {0x274c, 0x274c}, {0x2e80, 0x303e}, {0x3041, 0xa4cf},   {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},  {0xfe30, 0xfe6f},
     {0xff01, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd}}};
constexpr std::array<Range, 9> kZero = {{{0x0300, 0x036f},
                                         {0x0483, 0x0489},
                                         {0x0591, 0x05bd},
                                         {0x064b, 0x065f},
                                         {0x200b, 0x200d},
                                         {0x20d0, 0x20ff},
                                         {0xfe00, 0xfe0f},
                                         {0xfe20, 0xfe2f},
                                         {0xfeff, 0xfeff}}};
// Characters that reorder or hide what follows: Trojan Source (CVE-2021-42574).
constexpr std::array<Range, 4> kHarmful = {{{0x00, 0x1f}, {0x7f, 0x9f}, {0x202a, 0x202e}, {0x2066, 0x2069}}};

template <std::size_t N>
bool in_ranges(const std::array<Range, N>& ranges, std::uint32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) { return range.first <= code && code <= range.last; });
}

std::string hex(std::uint32_t value, unsigned digits) {
  std::string text;
  for (; value > 0 || text.size() < digits; value >>= 4U) text.insert(text.begin(), "0123456789abcdef"[value & 0xfU]);
  return text;
}

struct Decoded {
  std::uint32_t code = 0;
  std::size_t bytes = 0;  ///< 0: not UTF-8
};

Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (length == 0 || text.size() < length) return {};
  std::uint32_t code = lead & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return {};
    code = code << 6U | (byte(i) & 0x3fU);
  }
  const std::uint32_t least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
  if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {};
  return {code, length};
}

/// A letter or sign of ASCII: stands for itself, one column wide.
constexpr bool is_plain(char c) { return c >= ' ' && c <= '~'; }

Glyph escaped(std::string text, std::size_t bytes) {
  const auto width = static_cast<unsigned>(text.size());
  return {std::move(text), width, bytes};
}

}  // namespace

Glyph first_glyph(std::string_view text) {
  const Decoded decoded = decode(text);
  if (decoded.bytes == 0) return escaped("\\x" + hex(static_cast<unsigned char>(text.front()), 2), 1);
  if (decoded.code == '\t') return {"\t", 0, 1};
  if (in_ranges(kHarmful, decoded.code)) {
    return escaped(decoded.code < 0x80 ? "\\x" + hex(decoded.code, 2) : "\\u{" + hex(decoded.code, 4) + "}", decoded.bytes);
  }
  const unsigned width = in_ranges(kZero, decoded.code) ? 0 : in_ranges(kWide, decoded.code) ? 2 : 1;
  return {std::string(text.substr(0, decoded.bytes)), width, decoded.bytes};
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    if (is_plain(text.front())) {  // nearly everything is
      result += text.front();
      text.remove_prefix(1);
      continue;
    }
    const Glyph glyph = first_glyph(text);
    result += glyph.text == "\t" ? " " : glyph.text;
    text.remove_prefix(glyph.bytes);
  }
  return result;
}

unsigned display_width(std::string_view text) {
  unsigned width = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    width += glyph.text == "\t" ? 1 : glyph.width;
    text.remove_prefix(glyph.bytes);
  }
  return width;
}

std::string wrap(std::string_view text, unsigned width, unsigned first_column, std::string_view indent) {
  if (width == 0) return std::string(text);
  std::string result;
  unsigned column = first_column;
  bool line_is_empty = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    const unsigned word_width = display_width(word);
    if (!line_is_empty && column + 1 + word_width > width) {
      result += '\n';
      result += indent;
      column = display_width(indent);
      line_is_empty = true;
    }
    if (!line_is_empty) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word_width;
    line_is_empty = false;
    text.remove_prefix(end == text.size() ? end : end + 1);
  }
  return result;
}

}  // namespace drizzle_audit::report
