// Names: what they are made of, and how people read them: words, singular and plural. A name alone proves nothing: for rules that weigh it
// as evidence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit {

/// A letter, digit, `_` or `$` of ASCII: what a name in the source is made of.
[[nodiscard]] constexpr bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

using Words = std::vector<std::string>;

/// "ownerUserID", "owner_user_id", "owner-user-id" → owner, user, id. Lower case.
Words split_words(std::string_view name);

/// A lower-case noun and what it may be the plural of: categories → categories, categorie, categori, category. For look-ups: two nouns can
/// only be the same_noun() when they share a form.
std::vector<std::string> noun_forms(std::string_view noun);

/// Whether two lower-case English nouns are the same but for number: store, stores; category, categories; person, people.
bool same_noun(std::string_view a, std::string_view b);

/// Whether two names are the same word by word, number aside; also when one of them is written without separators.
bool same_name(const Words& a, const Words& b);

}  // namespace drizzle_audit
