// relations() of drizzle-orm 0.x.
#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "fix/changes.h"
#include "fix/list.h"
#include "fix/names.h"
#include "fix/relation_text.h"

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;

/// What the callback calls `one` and `many`.
struct Helpers {
  std::string one = "one";
  std::string many = "many";
};

class FirstVersion {
 public:
  FirstVersion(const Project& project, FileId home) : project_(project), home_(home) {}

  std::optional<Plan> plan(const TableRelations& wanted) {
    for (const Relation& relation : project_.model.relations) {
      if (relation.table != wanted.table || !is_own(relation)) continue;
      const Document& document = project_.documents.get(relation.span.file);
      const Node* call = declaring_call(document, relation.span);
      if (call != nullptr) return add_to(document, *call, wanted);
    }
    return new_statement(wanted);
  }

 private:
  std::optional<Plan> add_to(const Document& document, const Node& call, const TableRelations& wanted) {
    const Node& function = *call.children.back();
    const Node* object = returned_object(function);
    const Node* pattern = function.children.size() > 1 ? function.children.front() : nullptr;
    if (object == nullptr) return std::nullopt;
    Plan plan;
    Helpers helpers;
    bool one = false, many = false;
    for (const RelationDeclaration& relation : wanted.relations) (relation.kind == "one" ? one : many) = true;
    if (pattern == nullptr) {
      if (!document.source(function).starts_with("()")) return std::nullopt;
      const std::string names = one && many ? "{ one, many }" : one ? "{ one }" : "{ many }";
      plan.edits.push_back({document.span(function.start + 1, function.start + 1), names});
    } else if (pattern->kind == NodeKind::kIdentifier) {
      helpers = {member(pattern->text, "one"), member(pattern->text, "many")};
    } else if (pattern->kind == NodeKind::kObjectPattern) {
      std::vector<NewItem> missing;
      for (const auto& [name, needed, slot] : {std::tuple("one", one, &helpers.one), std::tuple("many", many, &helpers.many)}) {
        const std::string_view wanted_name = name;
        const auto found = std::find_if(pattern->children.begin(), pattern->children.end(), [&](const Node* property) {
          return property != nullptr && property->kind == NodeKind::kPatternProperty && property->child(0)->text == wanted_name;
        });
        if (found != pattern->children.end()) *slot = (*found)->child(1) != nullptr ? (*found)->child(1)->text : wanted_name;
        else if (needed) missing.push_back({std::string(wanted_name), pattern->children.size()});
      }
      if (!missing.empty()) append(plan, insert_items(document, list_of(document, *pattern), missing));
    } else {
      return std::nullopt;
    }
    const Node* subject = call.children.size() > 2 ? call.children[2] : nullptr;
    if (subject == nullptr || (subject->kind != NodeKind::kIdentifier && subject->kind != NodeKind::kMember)) return std::nullopt;
    std::vector<NewItem> items;
    for (std::string& entry : entries(document, call.start, std::string(document.source(*subject)), wanted, helpers, plan)) {
      items.push_back({std::move(entry), object->children.size()});
    }
    if (items.size() != wanted.relations.size()) return std::nullopt;
    append(plan, insert_items(document, list_of(document, *object), items));
    return plan;
  }

  /// The declarations as properties; fewer than wanted when one cannot be written.
  std::vector<std::string> entries(const Document& document, std::uint32_t offset, const std::string& owner, const TableRelations& wanted,
                                   const Helpers& helpers, Plan& plan) {
    const Style& style = document.style;
    const bool broken = options_are_broken(project_, document.file);
    std::vector<std::string> entries;
    std::vector<RelationDeclaration> before;
    for (const RelationDeclaration& relation : wanted.relations) {
      const Table* target = find_table(project_, relation.target);
      if (target == nullptr) return {};
      const std::optional<std::string> name =
          target == wanted.table ? owner : use_table(project_.documents, project_.modules, document, offset, *target, plan);
      if (!name) return {};
      std::vector<std::string> options;
      const bool holder = holds_key(*wanted.table, relation, before);
      if (holder) {
        const std::optional<std::string> fields = column_list(*wanted.table, relation.columns, owner);
        const std::optional<std::string> references = column_list(*target, relation.foreign_columns, *name);
        if (!fields || !references) return {};
        options.push_back("fields: [" + *fields + "]");
        options.push_back("references: [" + *references + "]");
      }
      if (!relation.relation_name.empty()) options.push_back("relationName: " + quoted(style, relation.relation_name));
      std::string entry = key_text(style, relation.key) + ": " + (relation.kind == "one" ? helpers.one : helpers.many) + "(" + *name;
      if (!options.empty()) entry += ", " + object_text(style, options, broken && options.size() > 1);
      entries.push_back(entry + ")");
      before.push_back(relation);
    }
    return entries;
  }

  /// `postsRelations`, or what the project calls them.
  std::string statement_name(const Document& document, const std::string& table) {
    std::string base = table;
    const std::size_t dot = base.rfind('.');
    if (dot != std::string::npos) base = base.substr(dot + 1);
    std::string name = base + "Relations";
    for (int number = 2; taken_.contains(name) || is_taken(document, name, 0); ++number) name = base + "Relations" + std::to_string(number);
    taken_.insert(name);
    return name;
  }

  std::optional<Plan> new_statement(const TableRelations& wanted) {
    const Document& document = project_.documents.get(home_ == kNoFile ? wanted.table->span.file : home_);
    const auto end = static_cast<std::uint32_t>(document.text.size());
    Plan plan;
    const std::optional<std::string> owner = use_table(project_.documents, project_.modules, document, end, *wanted.table, plan);
    const std::optional<std::string> function = use_package(document, end, module_of(document), "relations", false, plan);
    if (!owner || !function) return std::nullopt;
    const std::vector<std::string> properties = entries(document, end, *owner, wanted, {}, plan);
    if (properties.size() != wanted.relations.size() || properties.empty()) return std::nullopt;
    bool one = false, many = false;
    for (const RelationDeclaration& relation : wanted.relations) (relation.kind == "one" ? one : many) = true;
    const Style& style = document.style;
    const std::string space = style.brace_spaces ? " " : "";
    std::string text = "export const " + statement_name(document, *owner) + " = " + *function + "(" + *owner + ", ({" + space +
                       (one && many ? "one, many"
                        : one       ? "one"
                                    : "many") +
                       space + "}) => ({";
    for (std::size_t i = 0; i < properties.size(); ++i) {
      const bool comma = i + 1 < properties.size() || style.trailing_commas;
      text += "\n" + style.indent + indented_plain(properties[i], style.indent) + (comma ? "," : "");
    }
    text += std::string("\n}))") + (style.semicolons ? ";" : "");
    plan.edits.push_back(at_end(document, text));
    return plan;
  }

  static std::string indented_plain(const std::string& text, const std::string& indent) {
    std::string result;
    for (const char c : text) result += c == '\n' ? "\n" + indent : std::string(1, c);
    return result;
  }

  /// A statement behind the last one of the file.
  static Edit at_end(const Document& document, const std::string& statement) {
    const std::string text = indented(document, statement, "");
    std::size_t end = document.text.size();
    while (end > 0 && (document.text[end - 1] == '\n' || document.text[end - 1] == '\r' || document.text[end - 1] == ' ' ||
                       document.text[end - 1] == '\t'))
      --end;
    const auto at = static_cast<std::uint32_t>(end);
    const std::string& line_break = document.style.newline;
    if (end == 0) return {document.span(0, 0), text + line_break + line_break};
    const bool ends_file = end == document.text.size();
    return {document.span(at, at), line_break + line_break + text + (ends_file ? line_break : "")};
  }

  /// The module that a file has relations() from.
  static std::optional<std::string> imported_from(const Document& document) {
    if (document.tree->root == nullptr) return std::nullopt;
    for (const Node* item : document.tree->root->children) {
      if (item == nullptr || item->kind != NodeKind::kImport) continue;
      for (const Node* binding : item->children) {
        if (binding->child(0)->text == "relations" && item->text.starts_with("drizzle-orm")) return std::string(item->text);
      }
    }
    return std::nullopt;
  }

  /// Where relations() comes from: as this file has it, as the other relations do, or where the version keeps it.
  std::string module_of(const Document& document) {
    if (std::optional<std::string> own = imported_from(document)) return *own;
    for (const Relation& relation : project_.model.relations) {
      if (!is_own(relation)) continue;
      if (std::optional<std::string> other = imported_from(project_.documents.get(relation.span.file))) return *other;
    }
    return project_.model.orm_v1 ? "drizzle-orm/_relations" : "drizzle-orm";
  }

  const Project& project_;
  FileId home_;
  std::set<std::string> taken_;
};

}  // namespace

std::optional<Plan> plan_first_version(const Project& project, const std::vector<TableRelations>& tables, FileId home) {
  FirstVersion version(project, home);
  Plan plan;
  for (const TableRelations& wanted : tables) {
    if (wanted.relations.empty()) continue;
    std::optional<Plan> own = version.plan(wanted);
    if (!own) return std::nullopt;
    append(plan, std::move(*own));
  }
  return plan;
}

}  // namespace drizzle_audit::fix
