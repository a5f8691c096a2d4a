// See remarks.h. Comments are read from the source text: the model has none. The phrases are those of real schemas ("No FK — audit record
// must survive", "Deliberately not a foreign key", "carries no database-level FK", "installed by migration SQL").
#include "_shared/references/remarks.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "_shared/keys.h"

namespace drizzle_audit::rules::references {
namespace {

using Texts = std::vector<std::string>;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '\''; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

/// A comment without its marks, in lower case, on one line.
std::string plain(std::string_view comment) {
  std::string text;
  bool line_start = true;
  for (std::size_t i = 0; i < comment.size(); ++i) {
    const char c = comment[i];
    if (line_start && (c == '/' || c == '*' || is_space(c))) continue;
    line_start = c == '\n';
    if (c == '*' && i + 1 < comment.size() && comment[i + 1] == '/') continue;
    if (!is_space(c)) {
      text += lower(c);
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  return text;
}

/// Where a string that starts at `at` ends. Templates with nested ones are not worth more than this.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || (text[i] == '\n' && quote != '`')) {
      return i + 1;
    }
  }
  return text.size();
}

/// All comments of a piece of source; `//` lines that follow one another are one comment.
Texts comments_in(std::string_view text) {
  Texts comments;
  std::size_t last_end = std::string_view::npos;  // of a line comment
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (rest.front() == '"' || rest.front() == '\'' || rest.front() == '`') {
      i = end_of_string(text, i);
    } else if (rest.starts_with("//")) {
      const std::size_t end = std::min(text.find('\n', i), text.size());
      const std::string comment = plain(text.substr(i, end - i));
      const bool continues = last_end != std::string_view::npos && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(last_end),
                                                                               text.begin() + static_cast<std::ptrdiff_t>(i), is_space);
      if (continues) {
        comments.back() += ' ' + comment;
      } else {
        comments.push_back(comment);
      }
      i = last_end = end;
    } else if (rest.starts_with("/*")) {
      const std::size_t close = text.find("*/", i + 2);
      const std::size_t end = close == std::string_view::npos ? text.size() : close + 2;
      comments.push_back(plain(text.substr(i, end - i)));
      last_end = std::string_view::npos;
      i = end;
    } else {
      ++i;
    }
  }
  return comments;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// The comment that ends on the line above the span; empty without one.
std::string comment_above(const Sources& sources, Span span) {
  if (!span.somewhere()) return {};
  const std::uint32_t first = sources.location({span.file, span.start, span.start}).line;
  std::uint32_t line = first;
  bool in_block = false;
  while (line > 1) {
    const std::string_view above = trim(sources.line(span.file, line - 1));
    const bool starts_block = above.starts_with("/*");
    if (!in_block && above.ends_with("*/")) {
      in_block = !starts_block;
      if (above.find("/*") != std::string_view::npos && !starts_block) break;  // behind some code
    } else if (in_block) {
      in_block = !starts_block;
    } else if (!above.starts_with("//")) {
      break;
    }
    --line;
  }
  std::string text;
  for (; line < first; ++line) text += std::string(sources.line(span.file, line)) + '\n';
  return plain(text);
}

/// The comment behind the span on its last line; empty without one.
std::string comment_behind(const Sources& sources, Span span) {
  if (!span.somewhere()) return {};
  const std::string_view file = sources.text(span.file);
  const std::string_view rest = file.substr(span.end, std::min(file.find('\n', span.end), file.size()) - span.end);
  const std::string_view after = trim(rest.substr(std::min(rest.find_first_not_of(" \t,;"), rest.size())));
  return after.starts_with("//") || after.starts_with("/*") ? plain(after) : std::string();
}

Texts words_of(std::string_view sentence) {
  Texts words;
  std::string word;
  for (const char c : sentence) {
    if (is_word(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// `.references` is a method, so a full stop ends a sentence only before a space.
Texts sentences_of(std::string_view text) {
  Texts sentences;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.' && (i + 1 == text.size() || text[i + 1] == ' ')) {
      sentences.emplace_back(text.substr(start, i - start));
      start = i + 1;
    }
  }
  sentences.emplace_back(text.substr(start));
  return sentences;
}

bool is_plan(const Texts& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_one_of(words[i], {"todo", "fixme", "yet", "missing"})) return true;
    const bool is_modal = is_one_of(words[i], {"will", "should", "must"}) && i + 1 < words.size();
    if (is_modal && is_one_of(words[i + 1], {"be", "have", "get", "add"})) return true;
  }
  return false;
}

/// Whether a foreign key is what the words at this place are about.
bool is_key_word(const Texts& words, std::size_t at) {
  if (is_one_of(words[at], {"fk", "fks"})) return true;
  return words[at] == "foreign" && at + 1 < words.size() && is_one_of(words[at + 1], {"key", "keys"});
}

bool denies(const std::string& sentence) {
  const Texts words = words_of(sentence);
  if (is_plan(words)) return false;
  constexpr std::size_t kReach = 4;
  const bool names_method = sentence.find(".references") != std::string::npos;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_key_word(words, i) && !(names_method && words[i] == "references")) continue;
    for (std::size_t k = i > kReach ? i - kReach : 0; k < i; ++k) {
      if (words[k + 1] == "null") continue;  // a NOT NULL foreign key
      if (is_one_of(words[k], {"no", "not", "without", "never", "avoid", "avoids", "omit", "omits", "omitted", "soft", "loose", "logical",
                               "unenforced", "isn't", "can't", "cannot"})) {
        return true;
      }
    }
  }
  return false;
}

bool moves(const std::string& sentence) {
  const Texts words = words_of(sentence);
  if (is_plan(words)) return false;
  bool names_key = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    names_key = names_key || is_key_word(words, i) || is_one_of(words[i], {"constraint", "constraints"});
  }
  const auto has = [&](std::string_view text) { return sentence.find(text) != std::string::npos; };
  return names_key && (has("by migration") || has("in migration") || has("in a migration") || has("by a migration") ||
                       has("in the migration") || has("by the migration") || has("installed by sql") || has("migration sql"));
}

bool any_sentence(std::string_view comment, bool (*accepts)(const std::string&)) {
  const Texts sentences = sentences_of(comment);
  return std::any_of(sentences.begin(), sentences.end(), accepts);
}

bool mentions(const std::string& comment, std::string_view name) {
  if (name.empty()) return false;
  const std::string word = lower_case(name);
  for (std::size_t at = comment.find(word); at != std::string::npos; at = comment.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(comment[at - 1])) && (end == comment.size() || !is_word(comment[end]))) return true;
  }
  return false;
}

bool same_columns(std::span<const Column* const> a, const std::vector<const Column*>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// Whether the relation is one side of the link.
bool joins(const Relation& relation, const Link& link) {
  return (same_columns(relation.fields, link.columns) && same_columns(relation.references, link.foreign_columns)) ||
         (same_columns(relation.fields, link.foreign_columns) && same_columns(relation.references, link.columns));
}

bool decides(std::string_view comment) { return denies_key(comment) || moves_key_to_migration(comment); }

}  // namespace

bool denies_key(std::string_view comment) { return any_sentence(comment, denies); }
bool moves_key_to_migration(std::string_view comment) { return any_sentence(comment, moves); }

bool is_decided_in_comment(const Model& model, const Link& link) {
  const Sources& sources = *model.sources;
  for (const Column* column : link.columns) {
    if (decides(comment_above(sources, column->span)) || decides(comment_behind(sources, column->span))) return true;
  }
  if (link.by_relation && std::any_of(model.relations.begin(), model.relations.end(), [&](const Relation& relation) {
        return joins(relation, link) && decides(comment_above(sources, relation.span));
      })) {
    return true;
  }
  // What stands above the whole table is about all of it; a guess yields to it, a declaration does not.
  const std::string above = comment_above(sources, link.table->span);
  if (link.confidence == Confidence::kMedium && decides(above)) return true;
  Texts comments = comments_in(sources.text(link.table->span));
  comments.push_back(above);
  return std::any_of(comments.begin(), comments.end(), [&](const std::string& comment) {
    if (!decides(comment)) return false;
    return mentions(comment, link.target->name.value_or("")) || mentions(comment, link.target->export_name) ||
           std::any_of(link.columns.begin(), link.columns.end(),
                       [&](const Column* column) { return mentions(comment, column->key) || mentions(comment, column_name(*column)); });
  });
}

bool is_said_to_be_another(const Model& model, const Link& link) {
  if (link.columns.size() != 1) return false;
  const Column& column = *link.columns.front();
  const Words own = reference_words(column);
  for (const std::string& comment : {comment_above(*model.sources, column.span), comment_behind(*model.sources, column.span)}) {
    const Texts words = words_of(comment);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (!is_one_of(words[i + 1], {"id", "ids"}) || std::find(own.begin(), own.end(), words[i]) != own.end()) continue;
      const auto spelled = std::find_if(model.tables.begin(), model.tables.end(),
                                        [&](const Table& table) { return same_name({words[i]}, split_words(table.name.value_or(""))); });
      if (spelled != model.tables.end() && &*spelled != link.target) return true;
    }
  }
  return false;
}

bool keeps_keys_in_migrations(const Model& model) {
  return std::any_of(model.tables.begin(), model.tables.end(), [&](const Table& table) {
    const Texts comments = comments_in(model.sources->text(table.span));
    return std::any_of(comments.begin(), comments.end(), [](const std::string& comment) { return moves_key_to_migration(comment); });
  });
}

}  // namespace drizzle_audit::rules::references
