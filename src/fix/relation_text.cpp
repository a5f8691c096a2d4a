// See relation_text.h.
#include "fix/relation_text.h"

#include <algorithm>

#include "fix/changes.h"
#include "fix/names.h"

namespace drizzle_audit::fix {

using syntax::Node;
using syntax::NodeKind;

bool is_own(const Relation& relation) { return relation.span.somewhere() && relation.table != nullptr; }

std::string_view callee_name(const Node& call) {
  const Node* callee = call.child_or_null(0);
  if (callee == nullptr) return {};
  return callee->kind == NodeKind::kIdentifier || callee->kind == NodeKind::kMember ? callee->text : std::string_view();
}

const Node* declaring_call(const Document& document, Span span) {
  for (const Node* node : nodes_around(document, span.start, span.end)) {
    if (node->kind != NodeKind::kCall || node->start == span.start) continue;
    const Node* last = node->children.back();
    if (last != nullptr && last->kind == NodeKind::kFunction) return node;
  }
  return nullptr;
}

const Node* returned_object(const Node& function) {
  const Node* body = function.children.empty() ? nullptr : function.children.back();
  if (body != nullptr && body->kind == NodeKind::kBlock && body->children.size() == 1 && body->child(0) != nullptr &&
      body->child(0)->kind == NodeKind::kReturn)
    body = body->child(0)->child_or_null(0);
  return body != nullptr && body->kind == NodeKind::kObject ? body : nullptr;
}

std::string key_text(const Style& style, std::string_view key) { return is_identifier(key) ? std::string(key) : quoted(style, key); }

std::string object_text(const Style& style, const std::vector<std::string>& options, bool broken) {
  std::string text = "{";
  for (std::size_t i = 0; i < options.size(); ++i) {
    const bool comma = i + 1 < options.size() || (broken && style.trailing_commas);
    text += (broken ? "\n" + style.indent : std::string(i > 0 || style.brace_spaces ? " " : "")) + options[i] + (comma ? "," : "");
  }
  return text + (broken ? "\n" : style.brace_spaces ? " " : "") + "}";
}

std::optional<std::string> column_list(const Table& table, const std::vector<std::string>& names, std::string_view owner) {
  std::string text;
  for (const std::string& name : names) {
    const Column* column = find_column(table, name);
    if (column == nullptr) return std::nullopt;
    text += (text.empty() ? "" : ", ") + member(owner, column->key);
  }
  return text;
}

bool holds_key(const Table& table, const RelationDeclaration& relation, const std::vector<RelationDeclaration>& before) {
  if (relation.kind != "one") return false;
  const bool own = std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
    if (key.foreign_table == nullptr || key.columns.size() != relation.columns.size()) return false;
    if (key.foreign_table->name.value_or("") != relation.target.table) return false;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      if (key.columns[i]->name.value_or("") != relation.columns[i]) return false;
      if (key.foreign_columns[i]->name.value_or("") != relation.foreign_columns[i]) return false;
    }
    return true;
  });
  return own && std::none_of(before.begin(), before.end(), [&](const RelationDeclaration& other) {
           return other.kind == "one" && other.columns == relation.columns && other.target.table == relation.target.table &&
                  other.target.table == table.name.value_or("");
         });
}

bool options_are_broken(const Project& project, FileId file) {
  if (const auto known = project.broken_options.find(file); known != project.broken_options.end()) return known->second;
  int votes = 0;
  for (const Relation& relation : project.model.relations) {
    if (!is_own(relation) || (file != kNoFile && relation.span.file != file) || relation.fields.empty()) continue;
    const std::string_view text = project.model.sources->text(relation.span);
    if (text.find("fields") == std::string_view::npos && text.find("from") == std::string_view::npos) continue;
    votes += text.find('\n') != std::string_view::npos ? 1 : -1;
  }
  const bool broken = votes == 0 && file != kNoFile ? options_are_broken(project, kNoFile) : votes >= 0;
  project.broken_options.emplace(file, broken);
  return broken;
}

}  // namespace drizzle_audit::fix
