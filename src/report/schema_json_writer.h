// A streaming JSON writer: values go straight into one string, in the order they are told. Used by src/report/schema_json.cpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace drizzle_audit::report {

/// Length of the well-formed sequence at the start of `text`, or 0 (Unicode 15, table 3-7).
inline std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto continues = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) { return byte(i) >= low && byte(i) <= high; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;  // no surrogates
    return continues(1, low, high) && continues(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

/// Appends one character of `text` at `at`, which is not ASCII, and returns its length. Invalid bytes are replaced one by one.
inline std::size_t append_character(std::string& out, std::string_view text, std::size_t at) {
  const std::size_t length = sequence_length(text.substr(at));
  out += length == 0 ? kReplacement : text.substr(at, length);
  return std::max<std::size_t>(length, 1);
}

/// Two-space indentation; an empty object or array stays on its line. Escapes what JSON.stringify escapes.
class JsonWriter {
 public:
  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }

  void key(std::string_view name) {
    next();
    quoted(name);
    out_ += ": ";
    after_key_ = true;
  }
  void string(std::string_view text) {
    next();
    quoted(text);
  }
  void number(std::uint32_t value) {
    next();
    out_ += std::to_string(value);
  }
  void boolean(bool value) {
    next();
    out_ += value ? "true" : "false";
  }
  void null() {
    next();
    out_ += "null";
  }
  /// A value that is JSON already.
  void raw(std::string_view json) {
    next();
    for (std::size_t i = 0; i < json.size();) {
      if (static_cast<unsigned char>(json[i]) < 0x80) {
        out_ += json[i++];
      } else {
        i += append_character(out_, json, i);
      }
    }
  }

  std::string take() {
    out_ += '\n';
    return std::move(out_);
  }

 private:
  void begin(char open) {
    next();
    out_ += open;
    ++depth_;
    empty_ = true;
  }
  void end(char close) {
    --depth_;
    if (!empty_) new_line();
    out_ += close;
    empty_ = false;
  }
  /// What stands before a key or an array's member: a comma and a line break; nothing between a key and its value.
  void next() {
    if (after_key_) {
      after_key_ = false;
      return;
    }
    if (depth_ == 0) return;
    if (!empty_) out_ += ',';
    empty_ = false;
    new_line();
  }
  void new_line() {
    out_ += '\n';
    out_.append(depth_ * 2, ' ');
  }
  void quoted(std::string_view text) {
    out_ += '"';
    std::size_t plain = 0;  // where the run of bytes that stay as they are begins
    for (std::size_t i = 0; i < text.size();) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\') {
        ++i;
        continue;
      }
      out_.append(text, plain, i - plain);
      if (byte >= 0x80) {
        i += append_character(out_, text, i);
      } else {
        escaped(text[i++]);
      }
      plain = i;
    }
    out_.append(text, plain);
    out_ += '"';
  }
  void escaped(char c) {
    switch (c) {
      case '"': out_ += "\\\""; return;
      case '\\': out_ += "\\\\"; return;
      case '\b': out_ += "\\b"; return;
      case '\f': out_ += "\\f"; return;
      case '\n': out_ += "\\n"; return;
      case '\r': out_ += "\\r"; return;
      case '\t': out_ += "\\t"; return;
      default: break;
    }
    constexpr std::string_view kHex = "0123456789abcdef";
    out_ += "\\u00";
    out_ += kHex[static_cast<unsigned char>(c) >> 4U];
    out_ += kHex[static_cast<unsigned char>(c) & 0xFU];
  }

  std::string out_;
  std::size_t depth_ = 0;
  bool empty_ = true;
  bool after_key_ = false;
};

}  // namespace drizzle_audit::report
