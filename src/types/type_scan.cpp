// See type_scan.h.
#include "types/type_scan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "platform/search.h"
#include "types/mapping.h"
#include "workspace/paths.h"

namespace drizzle_audit::types {
namespace {

/// With a space behind, so that none is a property in the first column.
constexpr auto kStatementWords = std::to_array<std::string_view>(
    {"export ", "import ", "const ", "declare ", "type ", "interface ", "function ", "async ", "class ", "enum "});

/// The name when the line that begins at `at` declares a type; empty when it does not.
std::string_view declared_at(std::string_view text, std::size_t at) {
  std::string_view line = text.substr(at, text.find('\n', at) - at);
  for (const std::string_view word : {"export ", "default ", "declare "}) {
    if (line.starts_with(word)) line.remove_prefix(word.size());
  }
  const bool is_alias = line.starts_with("type ");
  if (!is_alias && !line.starts_with("interface ")) return {};
  const auto begin = static_cast<std::size_t>(line.data() - text.data()) + line.find(' ') + 1;
  std::size_t end = begin;
  while (end < text.size() && is_name_char(text[end])) ++end;
  const std::size_t next = text.find_first_not_of(" \t\r\n", end);
  // `type X =`, `type X<T>`, `interface X {`, `interface X extends …`; but `type { X } from` has no name here.
  if (end == begin || next == std::string_view::npos || (is_alias && text[next] != '=' && text[next] != '<')) return {};
  return text.substr(begin, end - begin);
}

/// Calls `seen` with the name of each type that `text` declares at the beginning of a line, until it returns true.
template <class Seen>
bool any_declared(std::string_view text, Seen seen) {
  for (std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size();) {
    const char first = text[at];
    if (first == 'e' || first == 't' || first == 'i' || first == 'd') {
      const std::string_view name = declared_at(text, at);
      if (!name.empty() && seen(name)) return true;
    }
    const std::size_t newline = text.find('\n', at);
    if (newline == std::string_view::npos) break;
    at = newline + 1;
  }
  return false;
}

/// From the name on to the next line that begins with a word of a statement: no less than the declaration.
std::string_view declaration_of(std::string_view text, std::string_view name) {
  const auto begin = static_cast<std::size_t>(name.data() - text.data());
  for (std::size_t newline = text.find('\n', begin); newline != std::string_view::npos; newline = text.find('\n', newline + 1)) {
    const std::string_view next = text.substr(newline + 1);
    if (next.empty() || next.front() < 'a' || next.front() > 'z') continue;
    const bool is_statement =
        std::any_of(kStatementWords.begin(), kStatementWords.end(), [&](std::string_view word) { return next.starts_with(word); });
    if (is_statement) return text.substr(begin, newline - begin);
  }
  return text.substr(begin);
}

/// Whether the type that `text` begins with cannot be a union of texts, by its first word.
bool begins_plain(std::string_view text) {
  static constexpr auto kPlain = std::to_array<std::string_view>({"Date", "any", "bigint", "boolean", "number", "string", "unknown"});
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  std::size_t end = begin;
  while (end < text.size() && is_name_char(text[end])) ++end;
  return std::binary_search(kPlain.begin(), kPlain.end(), text.substr(begin, end - begin));
}

/// Whether a property that is called like an enum may hold its values.
bool holds_enum_key(std::string_view text, const std::unordered_set<std::string>& keys) {
  if (keys.empty()) return false;
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    std::size_t end = at;
    if (end > 0 && text[end - 1] == '?') --end;
    std::size_t begin = end;
    while (begin > 0 && is_name_char(text[begin - 1])) --begin;
    if (begin == end || begins_plain(text.substr(at + 1))) continue;
    if (keys.contains(std::string(text.substr(begin, end - begin)))) return true;
  }
  return false;
}

/// `$inferSelect`, `_.inferSelect`, `InferSelectModel`, `InferInsertModel`, `InferModel`: searched by what they share.
bool names_row_type(std::string_view text) {
  constexpr std::string_view kShared = "nfer";
  for (std::size_t at = platform::find(text, kShared); at != std::string_view::npos; at = platform::find(text, kShared, at + 1)) {
    const std::string_view before = text.substr(0, at);
    const std::string_view after = text.substr(at + kShared.size());
    if (before.ends_with("$i") || before.ends_with("_.i")) return true;
    if (before.ends_with("I") && (after.starts_with("SelectModel") || after.starts_with("InsertModel") || after.starts_with("Model"))) {
      return true;
    }
  }
  return false;
}

}  // namespace

namespace {

bool is_left_out(char c) { return c == '_' || c == '-' || c == ' '; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string folded(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (!is_left_out(c)) text += lower(c);
  }
  return text;
}

bool folds_to(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  for (;;) {
    while (i < a.size() && is_left_out(a[i])) ++i;
    while (j < b.size() && is_left_out(b[j])) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (lower(a[i++]) != lower(b[j++])) return false;
  }
}

std::string_view tagged_table(std::string_view text, std::size_t declaration) {
  std::string_view before = text.substr(0, declaration);
  const std::size_t last = before.find_last_not_of(" \t\r\n");
  if (last == std::string_view::npos) return {};
  before = before.substr(0, last + 1);
  std::size_t begin = before.rfind('\n');
  begin = begin == std::string_view::npos ? 0 : begin + 1;
  if (before.ends_with("*/")) begin = before.rfind("/*");
  else if (before.substr(begin).find("//") == std::string_view::npos) return {};
  if (begin == std::string_view::npos) return {};
  const std::string_view comment = before.substr(begin);
  constexpr std::string_view kTag = "@table";
  const std::size_t tag = comment.find(kTag);
  if (tag == std::string_view::npos) return {};
  const std::size_t start = comment.find_first_not_of(" \t", tag + kTag.size());
  if (start == std::string_view::npos || start == tag + kTag.size()) return {};
  return comment.substr(start, comment.find_first_of(" \t\r\n*", start) - start);
}

std::vector<std::string_view> declared_type_names(std::string_view text) {
  std::vector<std::string_view> names;
  any_declared(text, [&](std::string_view name) {
    names.push_back(name);
    return false;
  });
  return names;
}

bool is_generated(std::string_view text) {
  constexpr std::size_t kHead = 800;
  std::string head(text.substr(0, kHead));
  // Only comments say so.
  if (head.find("//") == std::string::npos && head.find("/*") == std::string::npos) return false;
  for (char& c : head) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  static constexpr auto kMarks =
      std::to_array<std::string_view>({"@generated", "automatically generated", "auto-generated", "autogenerated", "auto generated",
                                       "do not edit", "do not modify", "generated by", "generated from"});
  // Most say nothing of the kind.
  if (platform::find(head, "generated") == std::string_view::npos && platform::find(head, "do not ") == std::string_view::npos)
    return false;
  return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) { return head.find(mark) != std::string::npos; });
}

TypeScan::TypeScan(std::string root, const std::vector<const Model*>& models, const std::vector<TenantModel>& tenants,
                   const DomainTypeSetting& setting)
    : root_(std::move(root)), setting_(setting) {
  for (const FileGlob& files : setting.files) files_.push_back({files.folder, workspace::Glob(files.glob)});
  for (std::size_t i = 0; i < models.size(); ++i) {
    names_.emplace_back(*models[i], tenants[i]);
    for (const Table& table : models[i]->tables) {
      for (const Column& column : table.columns) {
        if (!column.has_enum_values) continue;
        enter_key(column.key);
        enter_key(column.name.value_or(""));
        if (column.enum_name) enter_key(*column.enum_name);
        if (column.enumeration != nullptr) enter_key(column.enumeration->export_name);
        enum_names_.insert(folded(column.key));
        if (column.enum_name) enum_names_.insert(folded(*column.enum_name));
        const Words words = split_words(table.name.value_or(table.export_name));
        if (words.empty()) continue;
        for (const std::string& noun : noun_forms(words.back())) enum_names_.insert(noun + folded(column.key));
      }
    }
    for (const Enum& one : models[i]->enums) {
      enum_names_.insert(folded(one.export_name));
      enum_names_.insert(folded(one.name.value_or("")));
    }
  }
}

void TypeScan::enter_key(std::string_view name) {
  Words words = split_words(name);
  if (words.size() > 2 && words.back() == "enum") words.pop_back();
  if (words.size() < 2) return;  // `status:` stands everywhere
  enum_keys_.emplace(name);
  std::string camel = words.front();
  std::string snake = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) {
    camel += static_cast<char>(words[i][0] >= 'a' && words[i][0] <= 'z' ? words[i][0] - 'a' + 'A' : words[i][0]);
    camel += words[i].substr(1);
    snake += "_" + words[i];
  }
  enum_keys_.insert(std::move(camel));
  enum_keys_.insert(std::move(snake));
}

bool TypeScan::wants_type(std::string_view name) const {
  if (setting_.tables.contains(name)) return true;
  if (std::any_of(names_.begin(), names_.end(), [&](const TableNames& names) { return names.may_name_table(name); })) return true;
  return enum_names_.contains(folded(name));
}

/// Of a name that stands in `text`.
bool TypeScan::wants_declaration(std::string_view path, std::string_view text, std::string_view name) const {
  const std::string_view declaration = declaration_of(text, name);
  if (matters(declaration)) return true;
  const std::size_t line = text.rfind('\n', static_cast<std::size_t>(name.data() - text.data()));
  if (line != std::string_view::npos && !tagged_table(text, line).empty()) return true;
  if (setting_.tables.contains(name)) return true;
  const bool is_merged = any_declared(text, [&](std::string_view other) { return other == name && other.data() != name.data(); });
  const auto may_hold = [&](const TableNames& names) { return may_hold_row(names, declaration); };
  if (!is_merged && std::none_of(names_.begin(), names_.end(), may_hold)) return false;
  if (!wants_type(name)) return false;
  if (is_merged) return true;
  const std::string shown = workspace::relative_path(path, root_);
  return std::any_of(names_.begin(), names_.end(), [&](const TableNames& names) { return may_be_row(names, name, shown, declaration); });
}

std::string excerpt(std::string_view path, std::string_view text) {
  std::string declarations;
  bool has_tag = false;
  if (!path.ends_with("ts") && !path.ends_with("tsx")) return declarations;  // JavaScript has no types
  any_declared(text, [&](std::string_view name) {
    const auto begin = static_cast<std::size_t>(name.data() - text.data());
    const std::size_t line = text.rfind('\n', begin) + 1;
    has_tag = has_tag || !tagged_table(text, line).empty();
    declarations += text.substr(line, begin - line);
    declarations += declaration_of(text, name);
    declarations += '\n';
    return false;
  });
  if (declarations.empty() || is_generated(text)) return {};
  return has_tag ? std::string(text) : declarations;
}

bool TypeScan::wants(std::string_view path, std::string_view excerpt) const {
  if (setting_.none) return false;
  if (!files_.empty()) {
    const bool listed = std::any_of(files_.begin(), files_.end(),
                                    [&](const Files& files) { return files.glob.matches(workspace::relative_path(path, files.folder)); });
    if (!listed) return false;
  }
  return any_declared(excerpt, [&](std::string_view name) { return wants_declaration(path, excerpt, name); });
}

bool TypeScan::matters(std::string_view name, std::string_view text) const { return wants_type(name) || matters(text); }

bool TypeScan::matters(std::string_view text) const { return names_row_type(text) || holds_enum_key(text, enum_keys_); }

}  // namespace drizzle_audit::types
