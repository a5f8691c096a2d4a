// See outline.h.
#include "queries/outline.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "queries/bytes.h"
#include "queries/lexer.h"

namespace drizzle_audit::queries {
namespace {

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
        if (lexer_.is_inside()) leave();
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
    if (token_.kind == TokenKind::kString) string(token_, before_, word_before_);
    word_before_ = before_;
    before_ = word_of(token_);
    after_semicolon_ = before.kind == TokenKind::kPunctuation && text_[before.start] == ';';
    // `import` and `export` in the first column are at the top, whatever the brackets say.
    if (token_.depth != 0 && token_.in_column_zero && (is("export") || is("import"))) {
      lexer_.restart();
      token_.depth = 0;
    }
  }
  /// Past what is inside the brackets that are open.
  void leave() {
    token_ = lexer_.leave([this, entered = token_.start](const Token& token, const Token& before, const Token& word_before) {
      string(token, word_of(before), before.start == entered ? word_before_ : word_of(word_before));
    });
    word_before_ = {};
    before_ = word_of(token_);
  }
  /// A token that is a name or punctuation, as text.
  [[nodiscard]] std::string_view word_of(const Token& token) const {
    return token.kind == TokenKind::kName || token.kind == TokenKind::kPunctuation ? lexer_.text(token) : std::string_view();
  }
  void string(const Token& token, std::string_view before, std::string_view word_before) {
    const std::string_view value = lexer_.value(token);
    if (value.size() >= 5 && among_violations(value) && !is_made_up(before, word_before)) {
      out_.unique_violations.push_back({token.start, token.end});
    }
    const std::string_view callee = before == "(" ? word_before : std::string_view();
    if (callee == "import" || callee == "require") out_.dynamic_imports.push_back(value);
  }
  static bool among_violations(std::string_view value) {
    return std::ranges::any_of(kViolations, [value](std::string_view word) { return value.find(word) != std::string_view::npos; });
  }
  /// At a string: `{ code: "23505" }` and `new Error("duplicate key …")` make such an error, as tests do, and handle none.
  [[nodiscard]] static bool is_made_up(std::string_view before, std::string_view word_before) {
    return (before == ":" && (word_before == "code" || word_before == "message")) || (before == "(" && word_before.ends_with("Error"));
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
