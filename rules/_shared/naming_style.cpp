#include "_shared/naming_style.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "drizzle_audit/names.h"

namespace drizzle_audit::rules {
namespace {

constexpr std::size_t kFewest = 3;

bool is_most(std::size_t count, std::size_t all) { return count >= kFewest && 10 * count >= 6 * all; }

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_lower(c) || is_upper(c) || is_digit(c); }
char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

std::string camel(std::string_view name, bool first_upper) {
  std::string text;
  for (const std::string& word : split_words(name)) {
    text += word;
    if (text.size() > word.size() || first_upper) text[text.size() - word.size()] = to_upper(word.front());
  }
  return text;
}

std::string stem(std::string_view name) {
  for (const std::string_view end : {"_id", "_at"}) {
    if (name.size() > end.size() && name.ends_with(end)) return std::string(name.substr(0, name.size() - end.size()));
  }
  return std::string(name);
}

std::string spelled(std::string_view name, std::string_view key, NameForm form) {
  switch (form) {
    case NameForm::kName: break;
    case NameForm::kKey: return std::string(key.empty() ? name : key);
    case NameForm::kStem: return stem(name);
    case NameForm::kCamel: return camel(name, false);
    case NameForm::kPascal: return camel(name, true);
  }
  return std::string(name);
}

std::string spelled(const Table& table, NameForm form) { return spelled(table.name.value_or(""), table.export_name, form); }

std::string spelled(const std::vector<const Column*>& columns, NameForm form, bool glued) {
  std::string text;
  for (const Column* column : columns) {
    std::string part = spelled(column->name.value_or(column->key), column->key, form);
    if (glued && !text.empty() && !part.empty()) part.front() = to_upper(part.front());
    if (!glued && !text.empty()) text += '_';
    text += part;
  }
  return text;
}

/// Whether `part` stands at this place as words of their own: not the `order` of `reorder`.
bool stands_alone(std::string_view name, std::size_t at, std::string_view part) {
  const bool starts = at == 0 || !is_word(name[at - 1]) || (is_upper(part.front()) && !is_upper(name[at - 1]));
  const std::size_t end = at + part.size();
  return starts && (end == name.size() || !is_word(name[end]) || (is_upper(name[end]) && !is_upper(name[end - 1])));
}

constexpr std::array<std::string_view, 4> kPlaceholders = {"{t}", "{c}", "{f}", "{d}"};

std::array<std::string, 4> texts_of(const NameParts& parts, NameForm tables, NameForm columns, bool glued) {
  std::array<std::string, 4> texts = {spelled(*parts.table, tables), spelled(parts.columns, columns, glued)};
  if (parts.foreign_table != nullptr) {
    texts[2] = spelled(*parts.foreign_table, tables);
    texts[3] = spelled(parts.foreign_columns, columns, glued);
  }
  return texts;
}

/// All patterns that give `name`: each part stands where its text occurs, or nowhere when no place is left for it.
void add_patterns(const std::string& name, const std::array<std::string, 4>& texts, std::size_t next, std::vector<std::string>& patterns) {
  if (next == kPlaceholders.size()) {
    patterns.push_back(name);
    return;
  }
  const std::string& text = texts[next];
  bool placed = false;
  for (std::size_t at = text.empty() ? std::string::npos : name.find(text); at != std::string::npos; at = name.find(text, at + 1)) {
    // Placeholders hold one letter between braces, which no part's text can reach into.
    const bool inside = at > 0 && name[at - 1] == '{' && at + 1 < name.size() && name[at + 1] == '}';
    if (inside || !stands_alone(name, at, text)) continue;
    placed = true;
    std::string pattern = name;
    pattern.replace(at, text.size(), kPlaceholders[next]);
    add_patterns(pattern, texts, next + 1, patterns);
  }
  if (!placed) add_patterns(name, texts, next + 1, patterns);
}

bool is_enough(const std::string& pattern, StyleNeeds needs) {
  return (!needs.table || pattern.find("{t}") != std::string::npos) && (!needs.columns || pattern.find("{c}") != std::string::npos);
}

struct StyleKey {
  NameForm tables;
  NameForm columns;
  bool glued;
  std::string pattern;
  bool operator<(const StyleKey& other) const {
    return std::tie(tables, columns, glued, pattern) < std::tie(other.tables, other.columns, other.glued, other.pattern);
  }
};

/// The words at the ends of names that follow no pattern: `idx_…` or `…_idx`.
std::optional<NamingStyle> infer_ends(const std::vector<NamedConstraint>& constraints, StyleNeeds needs) {
  std::map<std::string, std::size_t> votes;
  const std::string middle = needs.columns ? "{t}_{c}" : "{t}";
  for (const NamedConstraint& constraint : constraints) {
    if (!constraint.written) continue;
    const std::size_t first = constraint.name.find('_');
    const std::size_t last = constraint.name.rfind('_');
    if (first == std::string_view::npos || first == 0 || last + 1 == constraint.name.size()) continue;
    // What belongs to the table or its columns is no mark of the style.
    const auto belongs = [&](std::string_view word) {
      const NameParts& parts = constraint.parts;
      const auto holds = [&](std::string_view text) {
        const Words words = split_words(text);
        return std::any_of(words.begin(), words.end(), [&](const std::string& own) { return own == word || same_noun(own, word); });
      };
      return holds(parts.table->name.value_or("")) || std::any_of(parts.columns.begin(), parts.columns.end(), [&](const Column* column) {
               return holds(column->name.value_or(column->key));
             });
    };
    const std::string_view prefix = constraint.name.substr(0, first);
    const std::string_view suffix = constraint.name.substr(last + 1);
    if (!belongs(suffix)) ++votes[middle + "_" + std::string(suffix)];
    if (!belongs(prefix)) ++votes[std::string(prefix) + "_" + middle];
  }
  const auto best = std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (best == votes.end() || !is_most(best->second, constraints.size())) return std::nullopt;
  NamingStyle style;
  style.pattern = best->first;
  return style;
}

}  // namespace

std::optional<NamingStyle> infer_style(const std::vector<NamedConstraint>& all, StyleNeeds needs) {
  // So many show a style as well as thousands do, in a bounded time.
  constexpr std::size_t kSample = 200;
  std::vector<NamedConstraint> constraints;
  const std::size_t stride = all.size() / kSample + 1;
  for (std::size_t i = 0; i < all.size(); i += stride) constraints.push_back(all[i]);

  std::map<StyleKey, std::size_t> votes;
  std::vector<std::string> patterns;
  for (const NamedConstraint& constraint : constraints) {
    if (!constraint.written || constraint.name.find_first_of("{}") != std::string_view::npos) continue;
    for (const NameForm tables : {NameForm::kName, NameForm::kKey, NameForm::kCamel, NameForm::kPascal}) {
      for (const NameForm columns : {NameForm::kName, NameForm::kKey, NameForm::kStem, NameForm::kCamel, NameForm::kPascal}) {
        for (const bool glued : {false, true}) {
          patterns.clear();
          add_patterns(std::string(constraint.name), texts_of(constraint.parts, tables, columns, glued), 0, patterns);
          std::sort(patterns.begin(), patterns.end());
          patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
          for (const std::string& pattern : patterns) {
            if (is_enough(pattern, needs)) ++votes[{tables, columns, glued, pattern}];
          }
        }
      }
    }
  }
  const StyleKey* best = nullptr;
  std::size_t most = 0;
  const auto placeholders = [](const StyleKey& key) { return std::count(key.pattern.begin(), key.pattern.end(), '{'); };
  for (const auto& [key, count] : votes) {
    if (placeholders(key) == 0) continue;
    if (count > most || (count == most && placeholders(key) > placeholders(*best))) {
      best = &key;
      most = count;
    }
  }
  if (best == nullptr || !is_most(most, constraints.size())) return infer_ends(constraints, needs);
  return NamingStyle{best->pattern, best->tables, best->columns, best->glued};
}

std::string styled_name(const NamingStyle& style, const NameParts& parts) {
  const std::array<std::string, 4> texts = texts_of(parts, style.tables, style.columns, style.glued);
  std::string name;
  for (std::size_t at = 0; at < style.pattern.size();) {
    const auto holder = std::find(kPlaceholders.begin(), kPlaceholders.end(), std::string_view(style.pattern).substr(at, 3));
    if (holder == kPlaceholders.end()) {
      name += style.pattern[at++];
    } else {
      name += texts[static_cast<std::size_t>(holder - kPlaceholders.begin())];
      at += 3;
    }
  }
  return name;
}

}  // namespace drizzle_audit::rules
