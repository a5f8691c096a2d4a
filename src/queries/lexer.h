// Tokens of a file, as far as an outline needs them: names, strings and punctuation with the brackets around them. Templates, numbers and
// regular expressions are passed over. Used by outline.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace drizzle_audit::queries {

enum class TokenKind : std::uint8_t { kEnd, kName, kString, kPunctuation, kOther /* number, template, regular expression */ };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::uint32_t depth = 0;  // brackets open around it
  bool first_in_line = false;
  bool in_column_zero = false;
};

/// A string, the token before it and the one before that.
using SeenString = std::function<void(const Token& string, const Token& before, const Token& one_before)>;

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    if (text_.substr(at_).starts_with("#!")) skip_line();
    line_start_ = static_cast<std::uint32_t>(at_);
  }

  Token next();
  /// Inside brackets or a template, on to where they end, or to an `export` or `import` in the first column. Returns the last token passed
  /// over. Calls `seen` with each string, and with the two tokens before it.
  Token leave(const SeenString& seen);
  [[nodiscard]] bool is_inside() const { return depth_ != 0; }
  [[nodiscard]] std::string_view text(const Token& token) const { return text_.substr(token.start, token.end - token.start); }
  /// The value of a string token, escapes left as they are.
  [[nodiscard]] std::string_view value(const Token& token) const {
    return token.end - token.start < 2 ? std::string_view() : text_.substr(token.start + 1, token.end - token.start - 2);
  }
  [[nodiscard]] bool lost() const { return lost_; }
  [[nodiscard]] bool balanced() const { return depth_ == 0 && templates_.empty(); }
  /// Brackets were misread: what follows is at the top again.
  void restart() {
    depth_ = 0;
    templates_.clear();
    lost_ = true;
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 1) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }
  void skip_blank();
  void string(char quote);
  void template_text();
  bool regex();
  [[nodiscard]] bool regex_may_begin() const;
  [[nodiscard]] Token last_plain(std::size_t begin, std::size_t end) const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_start_ = 0;  // of the current line
  std::uint32_t last_line_ = UINT32_MAX;
  std::uint32_t depth_ = 0;
  std::vector<std::uint32_t> templates_;  // depth outside each `${` that is open
  std::size_t no_string_before_ = 0;
  std::size_t no_regex_before_ = 0;
  Token last_;
  bool lost_ = false;
};

}  // namespace drizzle_audit::queries
