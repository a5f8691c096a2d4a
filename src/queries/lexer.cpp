// See lexer.h.
#include "queries/lexer.h"

#include <algorithm>
#include <array>

#include "queries/bytes.h"

namespace drizzle_audit::queries {
namespace {

constexpr std::array<std::string_view, 14> kBeforeRegex{"return", "typeof", "case", "in", "of",    "delete", "void",
                                                        "throw",  "new",    "else", "do", "await", "yield",  "instanceof"};

/// What ends a run of names, numbers, blanks and operators.
constexpr std::array<bool, 256> kSpecial = [] {
  std::array<bool, 256> special{};
  for (const char c : {'"', '\'', '`', '/', '(', ')', '[', ']', '{', '}', '\n'}) special[static_cast<unsigned char>(c)] = true;
  return special;
}();

}  // namespace

void Lexer::skip_blank() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      line_start_ = static_cast<std::uint32_t>(++at_);
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '/' && peek() == '/') {
      skip_line();
    } else if (c == '/' && peek() == '*') {
      const std::size_t end = text_.find("*/", at_ + 2);
      const std::size_t stop = end == std::string_view::npos ? text_.size() : end + 2;
      if (end == std::string_view::npos) lost_ = true;
      if (const std::size_t line = text_.substr(at_, stop - at_).rfind('\n'); line != std::string_view::npos) {
        line_start_ = static_cast<std::uint32_t>(at_ + line + 1);
      }
      at_ = stop;
    } else {
      return;
    }
  }
}

void Lexer::string(char quote) {
  const std::size_t start = at_++;
  while (start >= no_string_before_ && at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\\') {
      at_ += 2;
      continue;
    }
    if (c == '\n') break;
    ++at_;
    if (c == quote) return;
  }
  // No string goes over a line: an apostrophe in JSX text. What is left of the line is not looked through again.
  no_string_before_ = std::max(no_string_before_, at_);
  at_ = start + 1;
}

void Lexer::template_text() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\\') {
      at_ += 2;
    } else if (c == '`') {
      ++at_;
      return;
    } else if (c == '$' && peek() == '{') {
      at_ += 2;
      templates_.push_back(depth_++);
      return;
    } else {
      ++at_;
      if (c == '\n') line_start_ = static_cast<std::uint32_t>(at_);
    }
  }
  at_ = text_.size();
  lost_ = true;
}

bool Lexer::regex_may_begin() const {
  switch (last_.kind) {
    case TokenKind::kEnd: return true;
    case TokenKind::kName: return std::ranges::find(kBeforeRegex, text(last_)) != kBeforeRegex.end();
    case TokenKind::kString:
    case TokenKind::kOther: return false;
    case TokenKind::kPunctuation: break;
  }
  const char c = text_[last_.start];
  return c != ')' && c != ']' && c != '}' && c != '<';
}

bool Lexer::regex() {
  if (at_ < no_regex_before_) return false;
  bool in_class = false;
  std::size_t i = at_ + 1;
  for (; i < text_.size() && text_[i] != '\n'; ++i) {
    const char c = text_[i];
    if (c == '\\') ++i;
    else if (c == '[') in_class = true;
    else if (c == ']') in_class = false;
    else if (c == '/' && !in_class) {
      at_ = i + 1;
      return true;
    }
  }
  no_regex_before_ = i;
  return false;
}

Token Lexer::next() {
  skip_blank();
  Token token;
  token.start = static_cast<std::uint32_t>(at_);
  token.depth = depth_;
  token.first_in_line = line_start_ != last_line_;
  token.in_column_zero = token.start == line_start_;
  last_line_ = line_start_;
  if (at_ >= text_.size()) {
    token.end = token.start;
    return last_ = token;
  }
  const char c = text_[at_];
  if (is_word(c)) {
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    token.kind = c >= '0' && c <= '9' ? TokenKind::kOther : TokenKind::kName;
  } else if (c == '"' || c == '\'') {
    string(c);
    token.kind = at_ - token.start > 1 ? TokenKind::kString : TokenKind::kPunctuation;
  } else if (c == '`') {
    ++at_;
    template_text();
    token.kind = TokenKind::kOther;
  } else if (c == '/' && regex_may_begin() && regex()) {
    token.kind = TokenKind::kOther;
  } else {
    ++at_;
    token.kind = TokenKind::kPunctuation;
    if (c == '(' || c == '[' || c == '{') {
      ++depth_;
    } else if (c == ')' || c == ']' || c == '}') {
      if (depth_ == 0) lost_ = true;
      else --depth_;
      token.depth = depth_;
      if (c == '}' && !templates_.empty() && templates_.back() == depth_) {
        templates_.pop_back();
        template_text();
        token.kind = TokenKind::kOther;
      }
    }
  }
  token.end = static_cast<std::uint32_t>(std::min(at_, text_.size()));
  last_line_ = line_start_;
  return last_ = token;
}

/// The last token of a run without anything special in it; of kind kEnd when it is blank.
Token Lexer::last_plain(std::size_t begin, std::size_t end) const {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (end > begin && is_blank(text_[end - 1])) --end;
  if (end == begin) return {};
  std::size_t start = end - 1;
  Token token;
  token.kind = TokenKind::kPunctuation;
  if (is_word(text_[start])) {
    while (start > begin && is_word(text_[start - 1])) --start;
    token.kind = text_[start] >= '0' && text_[start] <= '9' ? TokenKind::kOther : TokenKind::kName;
  }
  token.start = static_cast<std::uint32_t>(start);
  token.end = static_cast<std::uint32_t>(end);
  return token;
}

Token Lexer::leave(const SeenString& seen) {
  std::size_t plain = at_;         // where the run of ordinary text before `at_` begins
  std::size_t plain_before = at_;  // and the one before `last_`
  const auto take_plain = [&](std::size_t end) {
    if (const Token token = last_plain(plain, end); token.kind != TokenKind::kEnd) {
      last_ = token;
      plain_before = plain;
    }
  };
  while (is_inside()) {
    while (at_ < text_.size() && !kSpecial[static_cast<unsigned char>(text_[at_])]) ++at_;
    if (at_ == text_.size()) break;
    const char c = text_[at_];
    if (c == '\n') {
      line_start_ = static_cast<std::uint32_t>(++at_);
      const std::string_view rest = text_.substr(at_, 6);
      if (rest == "export" || rest == "import") break;
      continue;
    }
    if (c == '/' || c == '"' || c == '\'') take_plain(at_);
    if (c == '/' && (peek() == '/' || peek() == '*')) {
      skip_blank();
      plain = at_;
      if (line_start_ == at_ && (text_.substr(at_, 6) == "export" || text_.substr(at_, 6) == "import")) break;
      continue;
    }
    const Token before = last_;
    const Token token = next();
    if (token.kind == TokenKind::kString) {
      seen(token, before, before.start > plain_before ? last_plain(plain_before, before.start) : Token{});
    }
    plain_before = plain;
    plain = at_;
  }
  take_plain(at_);
  return last_;
}

}  // namespace drizzle_audit::queries
