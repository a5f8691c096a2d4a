// See outline.h.
#include "queries/outline.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "queries/bytes.h"

namespace drizzle_audit::queries {
namespace {

enum class TokenKind : std::uint8_t { kEnd, kName, kString, kPunctuation, kOther /* number, template, regular expression */ };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::uint32_t depth = 0;  // brackets open around it
  bool first_in_line = false;
  bool in_column_zero = false;
};

constexpr std::array<std::string_view, 14> kBeforeRegex{"return", "typeof", "case", "in", "of",    "delete", "void",
                                                        "throw",  "new",    "else", "do", "await", "yield",  "instanceof"};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    if (text_.substr(at_).starts_with("#!")) skip_line();
    line_start_ = static_cast<std::uint32_t>(at_);
  }

  Token next();
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

constexpr auto kViolations = std::to_array<std::string_view>(
    {"23505", "ER_DUP_ENTRY", "SQLITE_CONSTRAINT_UNIQUE", "UNIQUE constraint failed", "duplicate key value violates unique constraint"});

/// Words that begin a statement wherever they stand first in a line.
constexpr auto kStatementWords = std::to_array<std::string_view>(
    {"abstract", "async",     "class", "const",     "declare", "enum",   "export", "for", "function", "if",
     "import",   "interface", "let",   "namespace", "return",  "switch", "throw",  "try", "type",     "var"});
/// Words that go on with the statement before.
constexpr auto kContinuations = std::to_array<std::string_view>(
    {"as", "catch", "else", "extends", "finally", "from", "implements", "in", "instanceof", "of", "satisfies", "while"});

template <std::size_t n>
bool among(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), lexer_(text) {}

  Outline run() {
    advance();
    while (token_.kind != TokenKind::kEnd) {
      if (begins_statement()) {
        out_.statements.push_back({token_.start, 0});
        statement();
      } else {
        advance();
      }
    }
    std::vector<syntax::Piece>& statements = out_.statements;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      statements[i].end = i + 1 < statements.size() ? statements[i + 1].start : static_cast<std::uint32_t>(text_.size());
    }
    out_.reliable = !lexer_.lost() && lexer_.balanced();
    return std::move(out_);
  }

 private:
  void advance() {
    const Token before = token_;
    token_ = lexer_.next();
    if (token_.kind == TokenKind::kString) {
      const std::string_view value = lexer_.value(token_);
      if (value.size() >= 5 && among_violations(value) && !is_made_up()) out_.unique_violations.push_back({token_.start, token_.end});
      const std::string_view callee = before_ == "(" ? word_before_ : std::string_view();
      if (callee == "import" || callee == "require") out_.dynamic_imports.push_back(value);
    }
    word_before_ = before_;
    before_ = token_.kind == TokenKind::kName || token_.kind == TokenKind::kPunctuation ? lexer_.text(token_) : std::string_view();
    after_semicolon_ = before.kind == TokenKind::kPunctuation && text_[before.start] == ';';
    // `import` and `export` in the first column are at the top, whatever the brackets say.
    if (token_.depth != 0 && token_.in_column_zero && (is("export") || is("import"))) {
      lexer_.restart();
      token_.depth = 0;
    }
  }
  static bool among_violations(std::string_view value) {
    return std::ranges::any_of(kViolations, [value](std::string_view word) { return value.find(word) != std::string_view::npos; });
  }
  /// At a string: `{ code: "23505" }` and `new Error("duplicate key …")` make such an error, as tests do, and handle none.
  [[nodiscard]] bool is_made_up() const {
    return (before_ == ":" && (word_before_ == "code" || word_before_ == "message")) || (before_ == "(" && word_before_.ends_with("Error"));
  }
  [[nodiscard]] bool is(std::string_view word) const {
    return token_.end - token_.start == word.size() && (token_.kind == TokenKind::kName || token_.kind == TokenKind::kPunctuation) &&
           lexer_.text(token_) == word;
  }
  [[nodiscard]] bool is_name() const { return token_.kind == TokenKind::kName; }

  [[nodiscard]] bool begins_statement() const {
    if (token_.depth != 0) return false;
    if (out_.statements.empty()) return true;
    if (token_.kind == TokenKind::kPunctuation) return text_[token_.start] == '@' && token_.in_column_zero;
    if (!is_name()) return false;
    if (!token_.first_in_line && !after_semicolon_) return false;
    const std::string_view word = lexer_.text(token_);
    return token_.in_column_zero ? !among(kContinuations, word) : among(kStatementWords, word);
  }

  void statement() {
    if (is("import")) import_statement();
    else if (is("export")) export_statement();
    else declaration(false);
  }

  /// At `import`.
  void import_statement() {
    advance();
    if (token_.kind == TokenKind::kString || is("(") || is(".")) return;
    type_only_ = false;
    if (is("type")) {
      const Token word = token_;
      advance();
      // `import type X from`, `import type { … }`; but `import type from` names a binding.
      if (is("from") || is(",")) add_import("default", lexer_.text(word));
      else type_only_ = true;
    }
    if (is_name() && !is("from")) {
      const std::string_view local = lexer_.text(token_);
      advance();
      if (is("=")) {  // import x = require("…")
        advance();
        if (!is("require")) return drop_names();
        add_import("*", local);
        advance();
        advance();
        return finish_names();
      }
      add_import("default", local);
    }
    if (is(",")) advance();
    if (is("*")) {
      advance();  // as
      advance();
      if (is_name()) add_import("*", lexer_.text(token_));
      advance();
    } else if (is("{")) {
      braces([this](std::string_view outer, std::string_view local, bool type) {
        if (type) type_names_.push_back({outer, local, {}});
        else add_import(outer, local);
      });
    }
    if (!is("from")) return drop_names();
    advance();
    finish_names();
  }
  void add_import(std::string_view imported, std::string_view local) {
    (type_only_ ? type_names_ : names_).push_back({imported, local, {}});
  }
  void drop_names() {
    names_.clear();
    type_names_.clear();
  }
  void finish_names() {
    if (token_.kind == TokenKind::kString) {
      for (ImportedName& name : names_) {
        name.specifier = lexer_.value(token_);
        out_.imports.push_back(name);
      }
      for (ImportedName& name : type_names_) {
        name.specifier = lexer_.value(token_);
        out_.types.imports.push_back(name);
      }
    }
    drop_names();
  }

  /// At `{` of an import or export: `a, b as c, type d`. Ends after `}`.
  template <class Add>
  void braces(Add add) {
    advance();
    while (token_.kind != TokenKind::kEnd && !is("}")) {
      if (!is_name() && token_.kind != TokenKind::kString) {
        advance();
        continue;
      }
      std::vector<std::string_view> words;
      while (is_name() || token_.kind == TokenKind::kString) {
        words.push_back(is_name() ? lexer_.text(token_) : lexer_.value(token_));
        advance();
      }
      if (words.size() == 1) add(words[0], words[0], false);
      else if (words.size() == 2 && words[0] == "type") add(words[1], words[1], true);
      else if (words.size() == 3 && words[1] == "as") add(words[0], words[2], false);
      else if (words.size() == 4 && words[0] == "type" && words[2] == "as") add(words[1], words[3], true);
    }
    if (is("}")) advance();
  }

  /// At `export`.
  void export_statement() {
    advance();
    if (is("default")) {
      advance();
      if (is("interface") || is("abstract") || is("class")) return declared_type(true, true);
      const std::string_view local = is_name() ? lexer_.text(token_) : std::string_view();
      if (is_name()) advance();
      // `export default schema;` — anything longer is an expression that nobody looks into.
      if (!local.empty() && (is(";") || token_.kind == TokenKind::kEnd || (token_.first_in_line && token_.depth == 0 && is_name()))) {
        out_.exports.push_back({"default", local, {}});
      }
      return;
    }
    if (is("type")) {
      advance();
      if (is("{")) return export_names(true);
      if (is("*")) return export_star(true);
      return named_type("type", true, false);
    }
    if (is("*")) return export_star(false);
    if (is("{")) return export_names(false);
    declaration(true);
  }

  /// At `*` of an export.
  void export_star(bool types) {
    advance();
    std::string_view name;
    if (is("as")) {
      advance();
      if (is_name()) name = lexer_.text(token_);
      advance();
    }
    if (!is("from")) return;
    advance();
    if (token_.kind != TokenKind::kString) return;
    if (name.empty()) (types ? out_.types.export_stars : out_.export_stars).push_back(lexer_.value(token_));
    else (types ? out_.types.exports : out_.exports).push_back({name, "*", lexer_.value(token_)});
  }

  /// At `{` of an export.
  void export_names(bool types) {
    const std::size_t first = out_.exports.size();
    const std::size_t first_type = out_.types.exports.size();
    braces([&](std::string_view local, std::string_view outer, bool type) {
      (types || type ? out_.types.exports : out_.exports).push_back({outer, local, {}});
    });
    if (!is("from")) return;
    advance();
    if (token_.kind != TokenKind::kString) return;
    for (std::size_t i = first; i < out_.exports.size(); ++i) out_.exports[i].specifier = lexer_.value(token_);
    for (std::size_t i = first_type; i < out_.types.exports.size(); ++i) out_.types.exports[i].specifier = lexer_.value(token_);
  }

  /// At `interface`, `enum`, `class`, `abstract`, `declare` or `type`, which may also be an ordinary name.
  void declared_type(bool exported, bool is_default) {
    while (is("declare") || is("abstract")) advance();
    for (const std::string_view word : {"interface", "type", "enum", "class"}) {
      if (!is(word)) continue;
      advance();
      return named_type(word, exported, is_default);
    }
    if (is("const")) {
      advance();
      if (is("enum")) advance();
      else return;
      named_type("enum", exported, is_default);
    }
  }
  /// At the name.
  void named_type(std::string_view word, bool exported, bool is_default) {
    if (!is_name()) return;
    out_.types.declared.push_back(
        {word, lexer_.text(token_), static_cast<std::uint32_t>(out_.statements.size() - 1), exported, is_default});
    advance();
  }

  /// At the first word of what may be a declaration.
  void declaration(bool exported) {
    const bool constant = is("const");
    if (!constant && !is("let") && !is("var")) {
      const std::uint32_t start = token_.start;
      declared_type(exported, false);
      if (token_.start == start) advance();
      return;
    }
    advance();
    if (is("enum")) {
      advance();
      return named_type("enum", exported, false);
    }
    std::vector<std::pair<std::string_view, std::string_view>> names;  // property ("*" for the whole), name
    if (is_name()) {
      names.emplace_back("*", lexer_.text(token_));
      advance();
    } else if (is("{")) {
      destructured(names);
    } else {
      return;
    }
    const auto statement = static_cast<std::uint32_t>(out_.statements.size() - 1);
    for (const auto& [property, name] : names) {
      out_.declared.push_back({name, statement, constant});
      if (exported) out_.exports.push_back({name, name, {}});
    }
    if (!constant || !is("=")) return;
    advance();
    if (!is("require")) return;
    advance();
    if (!is("(")) return;
    advance();
    if (token_.kind != TokenKind::kString) return;
    const std::string_view specifier = lexer_.value(token_);
    advance();
    if (!is(")")) return;
    advance();
    if (is(".")) return;
    for (const auto& [property, name] : names) {
      out_.imports.push_back({property, name, specifier});
      std::erase_if(out_.declared, [name = name](const DeclaredName& entry) { return entry.name == name; });
    }
  }

  /// At `{` of a pattern: its own names, nested patterns left out. Ends after `}`.
  void destructured(std::vector<std::pair<std::string_view, std::string_view>>& names) {
    const std::uint32_t depth = token_.depth + 1;
    advance();
    while (token_.kind != TokenKind::kEnd && token_.depth >= depth) {
      if (!is_name() || token_.depth != depth) {
        advance();
        continue;
      }
      const std::string_view property = lexer_.text(token_);
      std::string_view name = property;
      advance();
      if (is(":")) {
        advance();
        name = is_name() ? lexer_.text(token_) : std::string_view();
        if (is_name()) advance();
      }
      if (!name.empty()) names.emplace_back(property, name);
      while (token_.kind != TokenKind::kEnd && token_.depth >= depth && !(is(",") && token_.depth == depth)) advance();  // a default
    }
    if (is("}")) advance();
  }

  std::string_view text_;
  Lexer lexer_;
  Token token_;
  std::string_view before_;       // the token before, when it is a name or punctuation
  std::string_view word_before_;  // and the one before that
  bool after_semicolon_ = false;
  std::vector<ImportedName> names_;
  std::vector<ImportedName> type_names_;
  bool type_only_ = false;
  Outline out_;
};

}  // namespace

Outline outline(std::string_view text) { return Reader(text).run(); }

bool may_name_unique_violation(std::string_view text) {
  // The beginnings that tell these names from everything else. Almost no file has any: blocks of bytes are first asked for two letters of
  // each, in a loop without branches that compilers turn into vector instructions.
  static constexpr auto kParts = std::to_array<std::string_view>({"23505", "_DUP_", "UNIQUE", "duplicate key"});
  constexpr std::size_t kBlock = 256;
  const auto exact = [text](std::size_t from, std::size_t to) {
    const std::string_view rest = text.substr(from, to - from + 16);  // parts that begin in the block end behind it
    return std::ranges::any_of(kParts, [rest](std::string_view part) { return contains(rest, part); });
  };
  std::size_t at = 0;
  for (; at + kBlock + 2 < text.size(); at += kBlock) {
    const char* const bytes = text.data() + at;
    unsigned char hit = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
      const char a = bytes[i];
      const char b = bytes[i + 1];
      const char c = bytes[i + 2];
      hit = static_cast<unsigned char>(hit | ((a == '2') & (b == '3')) | ((a == '_') & (b == 'D')) | ((a == 'U') & (b == 'N')) |
                                       ((a == 'd') & (b == 'u') & (c == 'p')));
    }
    if (hit != 0 && exact(at, at + kBlock)) return true;
  }
  return exact(at, text.size());
}

}  // namespace drizzle_audit::queries
