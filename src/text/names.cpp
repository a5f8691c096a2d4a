#include "drizzle_audit/names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace drizzle_audit {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kIrregular = {{{"person", "people"},
                                                                                       {"child", "children"},
                                                                                       {"man", "men"},
                                                                                       {"woman", "women"},
                                                                                       {"medium", "media"},
                                                                                       {"index", "indices"},
                                                                                       {"analysis", "analyses"},
                                                                                       {"criterion", "criteria"},
                                                                                       {"leaf", "leaves"},
                                                                                       {"shelf", "shelves"}}};

bool is_plural_of(std::string_view plural, std::string_view noun) {
  if (noun.empty() || plural.size() <= noun.size() - 1) return false;
  const auto is = [&](std::string_view stem, std::string_view ending) {
    return plural.size() == stem.size() + ending.size() && plural.starts_with(stem) && plural.ends_with(ending);
  };
  if (is(noun, "s") || is(noun, "es")) return true;
  if (noun.ends_with('y') && is(noun.substr(0, noun.size() - 1), "ies")) return true;
  return std::any_of(kIrregular.begin(), kIrregular.end(), [&](const auto& pair) { return noun == pair.first && plural == pair.second; });
}

std::string join(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

}  // namespace

Words split_words(std::string_view name) {
  Words words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '_' || c == '-' || c == ' ' || c == '.' || c == '$') {
      finish();
      continue;
    }
    // A hump starts a word: storeId; so does the last capital of a row of capitals: URLPath.
    const bool after_lower = i > 0 && !is_upper(name[i - 1]);
    const bool before_lower = i + 1 < name.size() && is_lower(name[i + 1]);
    if (is_upper(c) && (after_lower || before_lower)) finish();
    word += to_lower(c);
  }
  finish();
  return words;
}

std::vector<std::string> noun_forms(std::string_view noun) {
  std::vector<std::string> forms{std::string(noun)};
  const auto stem = [&](std::size_t ending) { return std::string(noun.substr(0, noun.size() - ending)); };
  if (noun.size() > 1 && noun.ends_with('s')) forms.push_back(stem(1));
  if (noun.size() > 2 && noun.ends_with("es")) forms.push_back(stem(2));
  if (noun.size() > 3 && noun.ends_with("ies")) forms.push_back(stem(3) + 'y');
  for (const auto& [singular, plural] : kIrregular) {
    if (noun == plural) forms.emplace_back(singular);
  }
  return forms;
}

bool same_noun(std::string_view a, std::string_view b) { return a == b || is_plural_of(a, b) || is_plural_of(b, a); }

bool same_name(const Words& a, const Words& b) {
  if (a.empty() || b.empty()) return false;
  if (same_noun(join(a), join(b))) return true;
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const std::string& x, const std::string& y) { return same_noun(x, y); });
}

}  // namespace drizzle_audit
