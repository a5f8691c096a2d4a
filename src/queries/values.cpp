// See values.h.
#include "queries/values.h"

#include <algorithm>
#include <array>
#include <optional>

#include "queries/bytes.h"

namespace drizzle_audit::queries {
namespace {

using syntax::Node;
using syntax::NodeKind;

/// How far constants, callbacks and branches are followed.
constexpr int kDepth = 6;
/// Longer texts are no words.
constexpr std::size_t kLongestWord = 40;

/// A text that nobody takes for a generated key: empty, or a word. Digits may make it one: "org_1", a UUID.
bool is_plain_word(std::string_view text) {
  return text.size() <= kLongestWord && std::ranges::none_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The names of arguments that may hold a key: actorId, created_by. A bare `id` is anybody's.
bool is_key_name(std::string_view name) {
  constexpr auto kEnds = std::to_array<std::string_view>({"Id", "ID", "_id", "By", "_by", "Uuid", "_uuid"});
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return name.size() > end.size() && name.ends_with(end); });
}

bool is_plain(const Node* entry) {
  return entry->kind == NodeKind::kProperty && !entry->has(syntax::kComputed) && entry->child(0)->kind == NodeKind::kString;
}

/// `OrganizationId.make("")`: a brand around a text.
const Node* unbranded(const Node* value) {
  if (value->kind != NodeKind::kCall || value->children.size() != 3 || value->child(0)->kind != NodeKind::kMember) return value;
  const std::string_view name = value->child(0)->text;
  return name == "make" || name == "of" || name == "from" ? value->child(2) : value;
}

void add_text(const Column& column, const Node* value, TextUse use, FileValues& values) {
  const Node* text = unbranded(value);
  const bool is_number = text->kind == NodeKind::kNumber && text->text == "0" && text == value;
  if (!is_number && (text->kind != NodeKind::kString || !is_plain_word(text->text))) return;
  if (text != value && !text->text.empty()) return;  // Uuid.from("name") makes something else of it
  values.texts.push_back({&column, std::string(text->text), is_number, use, {kNoFile, value->start, value->end}});
}

/// The text of `const SYSTEM = "system"` at the top of the file; none when it is anything else.
std::optional<std::string_view> top_level_text(const CodeFile& file, std::string_view name) {
  const auto declared = file.declared.find(name);
  if (declared == file.declared.end() || !declared->second->constant) return std::nullopt;
  const syntax::Piece piece = file.outline.statements[declared->second->statement];
  const std::string_view statement = file.text.substr(piece.start, piece.end - piece.start);
  const std::size_t equals = statement.find('=', find_word(statement, name));
  if (equals == std::string_view::npos) return std::nullopt;
  const std::size_t begin = statement.find_first_not_of(" \t\r\n", equals + 1);
  if (begin == std::string_view::npos || (statement[begin] != '"' && statement[begin] != '\'')) return std::nullopt;
  const std::size_t end = statement.find(statement[begin], begin + 1);
  return end == std::string_view::npos ? std::nullopt : std::optional(statement.substr(begin + 1, end - begin - 1));
}

/// A name that stands for a text: a `const` of these scopes or of the file.
void add_constant(const Scopes& scopes, const Column& column, const Node* name, TextUse use, FileValues& values) {
  std::optional<std::string_view> text;
  if (const Node* constant = scopes.constant(name->text)) {
    if (constant->kind == NodeKind::kString) text = constant->text;
  } else if (!scopes.is_local(name->text)) {
    text = top_level_text(scopes.file(), name->text);
  }
  if (text && is_plain_word(*text)) values.texts.push_back({&column, std::string(*text), false, use, {kNoFile, name->start, name->end}});
}

void add_value(const Scopes& scopes, const Column& column, const Node* value, TextUse use, FileValues& values, int depth) {
  if (value == nullptr || depth == 0) return;
  switch (value->kind) {
    case NodeKind::kConditional:
      add_value(scopes, column, value->child(1), use, values, depth - 1);
      return add_value(scopes, column, value->child(2), use, values, depth - 1);
    case NodeKind::kLogical:
      if (value->op == syntax::Operator::kAnd) return;
      add_value(scopes, column, value->child(0), use, values, depth - 1);
      return add_value(scopes, column, value->child(1), TextUse::kFallback, values, depth - 1);
    case NodeKind::kIdentifier: add_constant(scopes, column, value, use, values); [[fallthrough]];
    case NodeKind::kMember:
      if (is_key_name(value->text)) values.names.push_back({&column, std::string(value->text)});
      return;
    default: return add_text(column, value, use, values);
  }
}

void add_row(const Scopes& scopes, const Node* row, const Table& table, FileValues& values, int depth) {
  if (row == nullptr || depth == 0) return;
  switch (row->kind) {
    case NodeKind::kArray:
      for (const Node* element : row->children) add_row(scopes, element, table, values, depth - 1);
      return;
    case NodeKind::kSpread: return add_row(scopes, row->child(0), table, values, depth - 1);
    case NodeKind::kConditional:
      add_row(scopes, row->child(1), table, values, depth - 1);
      return add_row(scopes, row->child(2), table, values, depth - 1);
    case NodeKind::kLogical: return add_row(scopes, row->child(1), table, values, depth - 1);
    case NodeKind::kIdentifier: return add_row(scopes, scopes.constant(row->text), table, values, depth - 1);
    case NodeKind::kObject:
      for (const Node* entry : row->children) {
        if (entry->kind == NodeKind::kSpread) add_row(scopes, entry, table, values, depth - 1);
        if (!is_plain(entry)) continue;
        if (const Column* column = find_column_by_key(table, entry->child(0)->text)) {
          add_value(scopes, *column, entry->child(1), TextUse::kWritten, values, kDepth);
        }
      }
      return;
    case NodeKind::kCall: {  // rows.map((row) => ({ … }))
      if (row->child(0)->kind != NodeKind::kMember || row->children.size() < 3) return;
      const Node* callback = row->child(2);
      if (callback == nullptr || callback->kind != NodeKind::kFunction) return;
      if (row->child(0)->text != "map" && row->child(0)->text != "flatMap") return;
      const Node* body = callback->children.back();
      if (body->kind != NodeKind::kBlock) return add_row(scopes, body, table, values, depth - 1);
      for (const Node* statement : body->children) {
        if (statement->kind == NodeKind::kReturn) add_row(scopes, statement->child_or_null(0), table, values, depth - 1);
      }
      return;
    }
    default: return;
  }
}

/// Whether a call of this name reaches code of the project: a function of this file, or one that another of its files exports.
bool is_own_function(Scopes& scopes, std::string_view name) {
  if (scopes.is_local(name)) return false;
  const CodeFile& file = scopes.file();
  if (file.declared.contains(name)) return true;
  const auto imported = file.imports.find(name);
  return imported != file.imports.end() && scopes.binder().module_of(scopes.file(), imported->second->specifier).is(Entity::Kind::kModule);
}

}  // namespace

void read_row(const Scopes& scopes, const Node* row, const Table& table, FileValues& values) {
  add_row(scopes, row, table, values, kDepth);
}

void read_comparison(const Scopes& scopes, const Column& column, const Node& value, FileValues& values) {
  // A lookup that finds nobody falls back to a text that no row holds: eq(t.userId, user?.id ?? "").
  if (value.kind == NodeKind::kConditional || value.kind == NodeKind::kLogical) return;
  if (value.kind == NodeKind::kIdentifier) add_constant(scopes, column, &value, TextUse::kCompared, values);
  else add_text(column, &value, TextUse::kCompared, values);
}

void read_arguments(Scopes& scopes, const Node& call, FileValues& values) {
  const Node* callee = call.child(0);
  if (callee->kind != NodeKind::kIdentifier) return;
  bool asked = false;
  for (const Node* argument : call.children.subspan(2)) {
    if (argument == nullptr || argument->kind != NodeKind::kObject) continue;
    for (const Node* entry : argument->children) {
      if (!is_plain(entry) || !is_key_name(entry->child(0)->text)) continue;
      const Node* value = entry->child(1);
      if (value->kind != NodeKind::kString || !is_plain_word(value->text)) continue;
      if (!asked && !is_own_function(scopes, callee->text)) return;
      asked = true;
      values.passed.push_back({std::string(entry->child(0)->text), std::string(value->text), {kNoFile, value->start, value->end}});
    }
  }
}

void ColumnsByName::enter(const FileValues& values) {
  for (const NameUse& use : values.names) {
    std::vector<const Column*>& columns = columns_[use.name];
    if (std::ranges::find(columns, use.column) == columns.end()) columns.push_back(use.column);
  }
}

void ColumnsByName::finish() {
  const auto has_key = [](const Column* column) -> bool {
    const auto& keys = column->table->foreign_keys;
    return std::ranges::any_of(keys, [&](const ForeignKey& key) { return std::ranges::find(key.columns, column) != key.columns.end(); });
  };
  std::erase_if(columns_, [&](const auto& entry) {
    return 2 * std::ranges::count_if(entry.second, has_key) >= static_cast<std::ptrdiff_t>(entry.second.size());
  });
}

const std::vector<const Column*>& ColumnsByName::columns(std::string_view name) const {
  static const std::vector<const Column*> kNone;
  const auto at = columns_.find(name);
  return at == columns_.end() ? kNone : at->second;
}

}  // namespace drizzle_audit::queries
