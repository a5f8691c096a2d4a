#include "report/encodings.h"

#include "report/schema_json_writer.h"
#include "report/terminal_text.h"

namespace drizzle_audit::report {
namespace {

/// U+FFFE and U+FFFF are no characters of XML.
bool is_noncharacter(std::string_view character) { return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF"; }

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) i += append_character(out, text, i);
  return out;
}

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      std::string character;
      i += append_character(character, text, i);
      out += is_noncharacter(character) ? std::string(kReplacement) : character;
      continue;
    }
    ++i;
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      // As references, or a reader of the attribute would make spaces of them.
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      case '\t': out += "&#9;"; break;
      default: out += byte < 0x20 || byte == 0x7f ? printable(std::string_view(&c, 1)) : std::string(1, c);
    }
  }
  return out;
}

std::string markdown_escaped(std::string_view text) {
  const std::string shown = printable(text);
  std::string out;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '|':
      case '~':
      case '$': out += {'\\', c}; break;
      // A comment takes the word apart for whatever looks for mentions and issue numbers in the rendered text.
      case '@':
      case '#': out += std::string(1, c) + "<!-- -->"; break;
      case ':': out += shown.compare(i, 3, "://") == 0 ? "&#58;" : ":"; break;
      default: out += c;
    }
  }
  return out;
}

std::string uri_path(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string out;
  for (const char c : valid_utf8(path)) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
    }
  }
  return out;
}

}  // namespace drizzle_audit::report
