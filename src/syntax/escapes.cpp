// Escapes in strings and templates.
#include "syntax/escapes.h"

#include <charconv>

namespace drizzle_audit::syntax {

void append_utf8(std::string& out, std::uint32_t code_point) {
  const auto byte = [&out](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0U | code_point >> 6U);
    byte(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    byte(0xE0U | code_point >> 12U);
    byte(0x80U | (code_point >> 6U & 0x3FU));
    byte(0x80U | (code_point & 0x3FU));
  } else {
    byte(0xF0U | code_point >> 18U);
    byte(0x80U | (code_point >> 12U & 0x3FU));
    byte(0x80U | (code_point >> 6U & 0x3FU));
    byte(0x80U | (code_point & 0x3FU));
  }
}

void append_escape(std::string& out, std::string_view escape) {
  if (escape.size() < 2) {
    out += escape;
    return;
  }
  const auto hex = [&](std::string_view digits) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc() || end != digits.data() + digits.size() || value > 0x10FFFF) {
      out += escape;
      return;
    }
    // Two \u escapes in a row can be the halves of one character.
    if (value >= 0xDC00 && value < 0xE000 && out.size() >= 3 && static_cast<unsigned char>(out[out.size() - 3]) == 0xED) {
      const auto second = static_cast<unsigned char>(out[out.size() - 2]);
      const auto third = static_cast<unsigned char>(out[out.size() - 1]);
      if (second >= 0xA0 && second < 0xB0) {
        const std::uint32_t high = 0xD000U | (second & 0x3FU) << 6U | (third & 0x3FU);
        out.resize(out.size() - 3);
        append_utf8(out, 0x10000 + ((high - 0xD800) << 10U) + (value - 0xDC00));
        return;
      }
    }
    append_utf8(out, value);
  };
  switch (escape[1]) {
    case 'n': out += '\n'; return;
    case 't': out += '\t'; return;
    case 'r': out += '\r'; return;
    case 'b': out += '\b'; return;
    case 'f': out += '\f'; return;
    case 'v': out += '\v'; return;
    case '0':
      if (escape.size() == 2) out += '\0';
      else out += escape;
      return;
    case '\r':
    case '\n': return;  // a line continuation is nothing
    case 'x': hex(escape.substr(2)); return;
    case 'u':
      if (escape.size() > 3 && escape[2] == '{') hex(escape.substr(3, escape.size() - 4));
      else hex(escape.substr(2));
      return;
    default: out += escape.substr(1);
  }
}

}  // namespace drizzle_audit::syntax
