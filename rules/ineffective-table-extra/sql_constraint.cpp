#include "ineffective-table-extra/sql_constraint.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace drizzle_audit::rules::ineffective_table_extra {
namespace {

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Reads one statement from left to right; every `take` either consumes all it names or nothing.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool take_keywords(std::initializer_list<std::string_view> keywords) {
    const std::size_t start = at_;
    for (const std::string_view keyword : keywords) {
      if (!take_keyword(keyword)) {
        at_ = start;
        return false;
      }
    }
    return true;
  }

  bool take(char c) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  [[nodiscard]] bool next_is(char c) {
    skip_space();
    return at_ < text_.size() && text_[at_] == c;
  }

  /// A bare or quoted identifier, without the quotes.
  std::optional<std::string> take_identifier() {
    skip_space();
    if (at_ >= text_.size()) return std::nullopt;
    const char open = text_[at_];
    if (open == '"' || open == '`') {
      const std::size_t close = text_.find(open, at_ + 1);
      if (close == std::string_view::npos) return std::nullopt;
      std::string name(text_.substr(at_ + 1, close - at_ - 1));
      at_ = close + 1;
      return name;
    }
    const std::size_t start = at_;
    while (at_ < text_.size() && is_word_part(text_[at_])) ++at_;
    if (at_ == start) return std::nullopt;
    return std::string(text_.substr(start, at_ - start));
  }

  /// The last part of `schema.table.column`.
  std::optional<std::string> take_qualified_name() {
    std::optional<std::string> name = take_identifier();
    while (name && take('.')) name = take_identifier();
    return name;
  }

  /// `( … )` with all that is between the matching parentheses, strings skipped over.
  std::optional<std::string> take_parenthesised() {
    if (!take('(')) return std::nullopt;
    const std::size_t start = at_;
    for (std::size_t depth = 1; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\'') {
        at_ = text_.find('\'', at_ + 1);
        if (at_ == std::string_view::npos) break;
      }
      if (c == '(') ++depth;
      if (c == ')' && --depth == 0) return std::string(text_.substr(start, at_++ - start));
    }
    at_ = text_.size();
    return std::nullopt;
  }

  bool at_end() {
    while (take(';') || take(',')) {
    }
    skip_space();
    return at_ == text_.size();
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  bool take_keyword(std::string_view keyword) {
    skip_space();
    if (text_.size() - at_ < keyword.size()) return false;
    const std::string_view word = text_.substr(at_, keyword.size());
    if (!std::equal(word.begin(), word.end(), keyword.begin(), [](char a, char b) { return to_lower(a) == b; })) return false;
    const std::size_t end = at_ + keyword.size();
    if (end < text_.size() && is_word_part(text_[end])) return false;
    at_ = end;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// `(a, b DESC)`; false when a member is an expression or carries anything this cannot say.
bool read_columns(Reader& reader, std::vector<SqlColumn>& columns) {
  if (!reader.take('(')) return false;
  do {
    std::optional<std::string> name = reader.take_qualified_name();
    if (!name) return false;
    SqlColumn column{.name = std::move(*name)};
    if (reader.take_keywords({"desc"})) {
      column.descending = true;
    } else {
      reader.take_keywords({"asc"});
    }
    columns.push_back(std::move(column));
  } while (reader.take(','));
  return reader.take(')');
}

std::string read_action(Reader& reader) {
  if (reader.take_keywords({"cascade"})) return "cascade";
  if (reader.take_keywords({"restrict"})) return "restrict";
  if (reader.take_keywords({"no", "action"})) return "no action";
  if (reader.take_keywords({"set", "null"})) return "set null";
  if (reader.take_keywords({"set", "default"})) return "set default";
  return {};
}

bool read_reference(Reader& reader, SqlConstraint& constraint) {
  if (!read_columns(reader, constraint.columns) || !reader.take_keywords({"references"})) return false;
  std::optional<std::string> table = reader.take_qualified_name();
  if (!table) return false;
  constraint.foreign_table = std::move(*table);
  if (reader.next_is('(')) {
    std::vector<SqlColumn> columns;
    if (!read_columns(reader, columns)) return false;
    for (SqlColumn& column : columns) constraint.foreign_columns.push_back(std::move(column.name));
  }
  while (reader.take_keywords({"on"})) {
    if (reader.take_keywords({"delete"})) {
      constraint.on_delete = read_action(reader);
    } else if (reader.take_keywords({"update"})) {
      constraint.on_update = read_action(reader);
    } else {
      return false;
    }
  }
  return true;
}

/// What follows the word INDEX or KEY: `[CONCURRENTLY] [IF NOT EXISTS] [name] [ON table] [USING method] (columns)`.
bool read_index(Reader& reader, SqlConstraint& constraint) {
  reader.take_keywords({"concurrently"});
  reader.take_keywords({"if", "not", "exists"});
  if (!reader.next_is('(') && !reader.take_keywords({"on"})) {
    std::optional<std::string> name = reader.take_identifier();
    if (!name) return false;
    constraint.name = std::move(*name);
    if (reader.take_keywords({"on"}) && !reader.take_qualified_name()) return false;
  } else if (!reader.next_is('(') && !reader.take_qualified_name()) {
    return false;
  }
  if (reader.take_keywords({"using"})) {
    std::optional<std::string> method = reader.take_identifier();
    if (!method) return false;
    constraint.method = std::move(*method);
    std::transform(constraint.method.begin(), constraint.method.end(), constraint.method.begin(), to_lower);
  }
  return read_columns(reader, constraint.columns);
}

bool read_body(Reader& reader, SqlConstraint& constraint) {
  const bool create = reader.take_keywords({"create"});
  if (reader.take_keywords({"unique", "index"}) || reader.take_keywords({"unique", "key"})) {
    constraint.kind = ConstraintKind::kUniqueIndex;
    return read_index(reader, constraint);
  }
  if (reader.take_keywords({"index"}) || (!create && reader.take_keywords({"key"}))) {
    constraint.kind = ConstraintKind::kIndex;
    return read_index(reader, constraint);
  }
  if (create) return false;
  if (reader.take_keywords({"unique"})) {
    constraint.kind = ConstraintKind::kUnique;
    constraint.nulls_not_distinct = reader.take_keywords({"nulls", "not", "distinct"});
    reader.take_keywords({"nulls", "distinct"});
    return read_columns(reader, constraint.columns);
  }
  if (reader.take_keywords({"primary", "key"})) {
    constraint.kind = ConstraintKind::kPrimaryKey;
    return read_columns(reader, constraint.columns);
  }
  if (reader.take_keywords({"foreign", "key"})) {
    constraint.kind = ConstraintKind::kForeignKey;
    return read_reference(reader, constraint);
  }
  if (!reader.take_keywords({"check"})) return false;
  constraint.kind = ConstraintKind::kCheck;
  std::optional<std::string> expression = reader.take_parenthesised();
  if (!expression) return false;
  constraint.expression = std::move(*expression);
  return true;
}

}  // namespace

std::optional<SqlConstraint> parse_constraint(std::string_view sql) {
  Reader reader(sql);
  SqlConstraint constraint;
  if (reader.take_keywords({"alter", "table"}) && !reader.take_qualified_name()) return std::nullopt;
  reader.take_keywords({"add"});
  if (reader.take_keywords({"constraint"})) {
    std::optional<std::string> name = reader.take_identifier();
    if (!name) return std::nullopt;
    constraint.name = std::move(*name);
  }
  if (!read_body(reader, constraint) || !reader.at_end()) return std::nullopt;
  return constraint;
}

}  // namespace drizzle_audit::rules::ineffective_table_extra
