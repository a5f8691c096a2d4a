#include "fix/names.h"

#include <algorithm>
#include <array>

namespace drizzle_audit::fix {
namespace {

constexpr std::array<std::string_view, 45> kReserved = {
    "await", "break",  "case",    "catch", "class",   "const",   "continue", "debugger",  "default",  "delete", "do",         "else",
    "enum",  "export", "extends", "false", "finally", "for",     "function", "if",        "import",   "in",     "instanceof", "new",
    "null",  "return", "static",  "super", "switch",  "this",    "throw",    "true",      "try",      "typeof", "var",        "void",
    "while", "with",   "yield",   "let",   "package", "private", "public",   "interface", "protected"};

bool is_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || byte >= 0x80;
}

}  // namespace

bool is_identifier(std::string_view name) {
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

bool is_reserved_word(std::string_view name) { return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end(); }

std::string member(std::string_view owner, std::string_view name) {
  if (is_identifier(name)) return std::string(owner) + "." + std::string(name);
  std::string text = std::string(owner) + "[\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"]";
}

std::string camel_case(std::string_view name) {
  std::string text;
  bool upper = false;
  for (const char c : name) {
    if (!is_letter(c) && !(c >= '0' && c <= '9')) {
      upper = !text.empty();
      continue;
    }
    if (c == '_') {
      upper = !text.empty();
      continue;
    }
    text += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return text.empty() || (text.front() >= '0' && text.front() <= '9') ? "_" + text : text;
}

}  // namespace drizzle_audit::fix
