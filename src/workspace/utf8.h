// Decoding of one UTF-8 character, tolerant: a stray byte counts as one character of its own.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

namespace drizzle_audit::workspace {

/// The first character of `text` (not empty) and its length in bytes. Stray bytes map to U+DC80…U+DCFF, which no valid text holds.
[[nodiscard]] inline std::pair<char32_t, std::size_t> decode_utf8(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const std::pair<char32_t, std::size_t> stray{0xDC00U + lead, 1};
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return stray;
  char32_t character = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return stray;
    character = (character << 6U) | (byte(i) & 0x3FU);
  }
  return {character, length};
}

}  // namespace drizzle_audit::workspace
