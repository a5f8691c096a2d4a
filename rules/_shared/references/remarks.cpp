// See remarks.h. The phrases are those of real schemas ("No FK — audit record
// must survive", "Deliberately not a foreign key", "carries no database-level FK", "installed by migration SQL").
#include "_shared/references/remarks.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "_shared/keys.h"

namespace drizzle_audit::rules::references {
namespace {

using Strings = std::vector<std::string>;

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '\''; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

Strings words_of(std::string_view sentence) {
  Strings words;
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
Strings sentences_of(std::string_view text) {
  Strings sentences;
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

bool is_plan(const Strings& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_one_of(words[i], {"todo", "fixme", "yet", "missing"})) return true;
    const bool is_modal = is_one_of(words[i], {"will", "should", "must"}) && i + 1 < words.size();
    if (is_modal && is_one_of(words[i + 1], {"be", "have", "get", "add"})) return true;
  }
  return false;
}

/// Whether a foreign key is what the words at this place are about.
bool is_key_word(const Strings& words, std::size_t at) {
  if (is_one_of(words[at], {"fk", "fks"})) return true;
  return words[at] == "foreign" && at + 1 < words.size() && is_one_of(words[at + 1], {"key", "keys"});
}

bool denies(const std::string& sentence) {
  const Strings words = words_of(sentence);
  if (is_plan(words)) return false;
  if (sentence.find("denormalized") != std::string::npos || sentence.find("reverse link") != std::string::npos) return true;
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
  const Strings words = words_of(sentence);
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
  const Strings sentences = sentences_of(comment);
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

bool in_same_order(std::span<const Column* const> a, const std::vector<const Column*>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// Whether the relation is one side of the link.
bool joins(const Relation& relation, const Link& link) {
  return (in_same_order(relation.fields, link.columns) && in_same_order(relation.references, link.foreign_columns)) ||
         (in_same_order(relation.fields, link.foreign_columns) && in_same_order(relation.references, link.columns));
}

bool decides(std::string_view comment) { return denies_key(comment) || moves_key_to_migration(comment); }

}  // namespace

bool denies_key(std::string_view comment) { return any_sentence(comment, denies); }
bool moves_key_to_migration(std::string_view comment) { return any_sentence(comment, moves); }

bool is_decided_in_comment(const Model& model, const Comments& comments, const Link& link) {
  for (const Column* column : link.columns) {
    if (decides(comments.above(column->span)) || decides(comments.behind(column->span))) return true;
  }
  if (link.by_relation && std::any_of(model.relations.begin(), model.relations.end(), [&](const Relation& relation) {
        return joins(relation, link) && decides(comments.above(relation.span));
      })) {
    return true;
  }
  // What stands above the whole table is about all of it; a guess yields to it, a declaration does not.
  const std::string above = comments.above(link.table->span);
  if (link.confidence == Confidence::kMedium && decides(above)) return true;
  Strings texts = comments.inside(link.table->span);
  texts.push_back(above);
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    if (!decides(text)) return false;
    return mentions(text, link.target->name.value_or("")) || mentions(text, link.target->export_name) ||
           std::any_of(link.columns.begin(), link.columns.end(),
                       [&](const Column* column) { return mentions(text, column->key) || mentions(text, column_name(*column)); });
  });
}

bool is_said_to_be_another(const Model& model, const Comments& comments, const Link& link) {
  if (link.columns.size() != 1) return false;
  const Column& column = *link.columns.front();
  const Words own = reference_words(column);
  for (const std::string& comment : {comments.above(column.span), comments.behind(column.span)}) {
    const Strings words = words_of(comment);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (!is_one_of(words[i + 1], {"id", "ids"}) || std::find(own.begin(), own.end(), words[i]) != own.end()) continue;
      const auto spelled = std::find_if(model.tables.begin(), model.tables.end(),
                                        [&](const Table& table) { return same_name({words[i]}, split_words(table.name.value_or(""))); });
      if (spelled != model.tables.end() && &*spelled != link.target) return true;
    }
  }
  return false;
}

bool keeps_keys_in_migrations(const Model& model, const Comments& comments) {
  return std::any_of(model.tables.begin(), model.tables.end(), [&](const Table& table) {
    const Strings texts = comments.inside(table.span);
    return std::any_of(texts.begin(), texts.end(), [](const std::string& text) { return moves_key_to_migration(text); });
  });
}

}  // namespace drizzle_audit::rules::references
