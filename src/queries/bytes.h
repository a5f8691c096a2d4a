// Looking for words in raw text. Used by the other files of this layer.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "platform/search.h"

namespace drizzle_audit::queries {

/// A letter, digit, `_`, `$`, or a byte of a character outside ASCII.
[[nodiscard]] inline bool is_word(char c) {
  static constexpr std::array<bool, 256> kWord = [] {
    std::array<bool, 256> word{};
    for (std::size_t i = 0; i < word.size(); ++i) {
      word[i] = (i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') || (i >= '0' && i <= '9') || i == '_' || i == '$' || i == '#' || i >= 0x80;
    }
    return word;
  }();
  return kWord[static_cast<unsigned char>(c)];
}

using platform::find;

[[nodiscard]] inline bool contains(std::string_view text, std::string_view wanted) { return find(text, wanted) != std::string_view::npos; }

/// The next place from `from` on where `word` stands alone.
[[nodiscard]] inline std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
  for (std::size_t at = find(text, word, from); at != std::string_view::npos; at = find(text, word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return at;
  }
  return std::string_view::npos;
}

}  // namespace drizzle_audit::queries
