// defineRelations() of drizzle-orm 1.0.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fix/changes.h"
#include "fix/list.h"
#include "fix/names.h"
#include "fix/relation_text.h"

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;

class SecondVersion {
 public:
  SecondVersion(const Project& project, FileId home) : project_(project), home_(home) {}

  std::optional<Plan> plan(const std::vector<TableRelations>& tables) {
    find_call();
    if (call_ == nullptr) return new_file(tables);
    const Node& function = *call_->children.back();
    const Node* object = returned_object(function);
    const Node* parameter = function.children.size() > 1 ? function.children.front() : nullptr;
    if (object == nullptr || parameter == nullptr || parameter->kind != NodeKind::kIdentifier) return std::nullopt;
    helper_ = parameter->text;
    Plan plan;
    for (const TableRelations& wanted : tables) {
      const std::optional<std::string> own = key_of(*wanted.table);
      if (!own) return std::nullopt;
      const std::optional<std::vector<std::string>> properties = entries(*document_, wanted, *own);
      if (!properties) return std::nullopt;
      const Node* existing = nullptr;
      for (const Node* property : object->children) {
        if (property != nullptr && property->kind == NodeKind::kProperty && property->child(0) != nullptr &&
            property->child(0)->text == *own)
          existing = property->child_or_null(1);
      }
      std::vector<NewItem> items;
      if (existing != nullptr) {
        if (existing->kind != NodeKind::kObject) return std::nullopt;
        for (const std::string& property : *properties) items.push_back({property, existing->children.size()});
        append(plan, insert_items(*document_, list_of(*document_, *existing), items));
        continue;
      }
      items.push_back({key_text(document_->style, *own) + ": " + object_text(document_->style, nested(document_->style, *properties), true),
                       object->children.size()});
      append(plan, insert_items(*document_, list_of(*document_, *object), items));
    }
    return plan;
  }

 private:
  static std::vector<std::string> nested(const Style& style, const std::vector<std::string>& texts) {
    std::vector<std::string> result;
    for (const std::string& text : texts) {
      std::string one;
      for (const char c : text) one += c == '\n' ? "\n" + style.indent : std::string(1, c);
      result.push_back(std::move(one));
    }
    return result;
  }

  void find_call() {
    for (const Relation& relation : project_.model.relations) {
      if (!is_own(relation)) continue;
      const Document& document = project_.documents.get(relation.span.file);
      const Node* call = declaring_call(document, relation.span);
      if (call == nullptr || callee_name(*call) != "defineRelations") continue;
      document_ = &document;
      call_ = call;
      return;
    }
  }

  /// The table's key in the schema object that the call is given.
  std::optional<std::string> key_of(const Table& table) {
    if (call_ == nullptr) return table.export_name.empty() ? std::nullopt : std::optional(std::string(table.export_name));
    const Node* schema = call_->children.size() > 2 ? call_->children[2] : nullptr;
    if (schema == nullptr) return std::nullopt;
    if (schema->kind == NodeKind::kObject) {
      Plan ignored;
      const std::optional<std::string> local = use_table(project_.documents, project_.modules, *document_, call_->start, table, ignored);
      if (!local || !ignored.imports.empty()) return std::nullopt;
      for (const Node* property : schema->children) {
        if (property != nullptr && property->kind == NodeKind::kProperty && property->child_or_null(1) != nullptr &&
            document_->source(*property->child(1)) == *local)
          return std::string(property->child(0)->text);
      }
      return std::nullopt;
    }
    if (schema->kind != NodeKind::kIdentifier || document_->tree->root == nullptr) return std::nullopt;
    for (const Node* item : document_->tree->root->children) {
      if (item == nullptr || item->kind != NodeKind::kImport) continue;
      for (const Node* binding : item->children) {
        if (binding->text != schema->text || binding->child(0)->text != "*") continue;
        const FileId module = project_.modules.resolve(*document_, item->text);
        const std::string_view own = table_binding(project_.documents, table);
        if (module == kNoFile || own.empty()) return std::nullopt;
        return project_.modules.exported_as(module, table.span.file, own);
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> columns_text(const std::string& table_key, const std::vector<std::string>& keys) const {
    std::string text;
    for (const std::string& key : keys) text += (text.empty() ? "" : ", ") + member(member(helper_, table_key), key);
    return keys.size() == 1 ? text : "[" + text + "]";
  }

  static std::optional<std::vector<std::string>> keys_of(const Table& table, const std::vector<std::string>& names) {
    std::vector<std::string> keys;
    for (const std::string& name : names) {
      const Column* column = find_column(table, name);
      if (column == nullptr) return std::nullopt;
      keys.emplace_back(column->key);
    }
    return keys;
  }

  std::optional<std::vector<std::string>> entries(const Document& document, const TableRelations& wanted, const std::string& own) {
    const Style& style = document.style;
    const bool broken = options_are_broken(project_, document.file);
    std::vector<std::string> entries;
    std::vector<RelationDeclaration> before;
    for (const RelationDeclaration& relation : wanted.relations) {
      const Table* target = find_table(project_, relation.target);
      const std::optional<std::string> target_key = target == nullptr ? std::nullopt : key_of(*target);
      if (!target_key) return std::nullopt;
      std::vector<std::string> options;
      if (holds_key(*wanted.table, relation, before)) {
        const auto from = keys_of(*wanted.table, relation.columns);
        const auto to = keys_of(*target, relation.foreign_columns);
        if (!from || !to) return std::nullopt;
        options.push_back("from: " + *columns_text(own, *from));
        options.push_back("to: " + *columns_text(*target_key, *to));
      }
      if (!relation.relation_name.empty()) options.push_back("alias: " + quoted(style, relation.relation_name));
      std::string entry = key_text(style, relation.key) + ": " + member(member(helper_, relation.kind), *target_key) + "(";
      if (!options.empty()) entry += object_text(style, options, broken && options.size() > 1);
      entries.push_back(entry + ")");
      before.push_back(relation);
    }
    for (const ThroughRelation& through : wanted.through) {
      const std::optional<std::string> target_key = key_of(*through.target);
      const std::optional<std::string> link_key = key_of(*through.link);
      if (!target_key || !link_key) return std::nullopt;
      const auto end = [&](const std::string& table_key, const ForeignKey& key) {
        return member(member(helper_, table_key), key.foreign_columns.front()->key) + ".through(" +
               member(member(helper_, *link_key), key.columns.front()->key) + ")";
      };
      std::vector<std::string> options{"from: " + end(own, *through.near), "to: " + end(*target_key, *through.far)};
      if (!through.alias.empty()) options.push_back("alias: " + quoted(style, through.alias));
      entries.push_back(key_text(style, through.key) + ": " + member(member(helper_, "many"), *target_key) + "(" +
                        object_text(style, options, true) + ")");
    }
    return entries;
  }

  /// export const relations = defineRelations({ … }, (r) => ({ … })) in an empty file.
  std::optional<Plan> new_file(const std::vector<TableRelations>& tables) {
    if (home_ == kNoFile) return std::nullopt;
    const Document& document = project_.documents.get(home_);
    const Style& style = document.style;
    if (!document.text.empty()) return std::nullopt;
    Plan plan;
    const std::optional<std::string> function = use_package(document, 0, "drizzle-orm", "defineRelations", false, plan);
    // All tables belong to what drizzle() is given, those without relations, too.
    std::vector<std::string> names;
    for (const Table& table : project_.model.tables) {
      const std::optional<std::string> local = use_table(project_.documents, project_.modules, document, 0, table, plan);
      if (!local || table.export_name.empty()) return std::nullopt;
      names.push_back(*local == table.export_name ? *local : std::string(table.export_name) + ": " + *local);
    }
    if (!function) return std::nullopt;
    std::string schema;
    for (const std::string& name : names) schema += (schema.empty() ? "" : ", ") + name;
    const bool long_list = schema.size() + 40 > style.width;
    std::string text = "export const relations = " + *function + "(" + object_text(style, names, long_list) + ", (r) => ({";
    for (std::size_t i = 0; i < tables.size(); ++i) {
      const std::string own(tables[i].table->export_name);
      const std::optional<std::vector<std::string>> properties = entries(document, tables[i], own);
      if (!properties) return std::nullopt;
      const std::string item = key_text(style, own) + ": " + object_text(style, nested(style, *properties), true);
      text += "\n" + style.indent + nested(style, {item}).front() + (i + 1 < tables.size() || style.trailing_commas ? "," : "");
    }
    text += std::string("\n}))") + (style.semicolons ? ";" : "") + "\n";
    plan.edits.push_back({document.span(0, 0), indented(document, text, "")});
    return plan;
  }

  const Project& project_;
  FileId home_;
  const Document* document_ = nullptr;
  const Node* call_ = nullptr;
  std::string helper_ = "r";
};

}  // namespace

std::optional<Plan> plan_second_version(const Project& project, const std::vector<TableRelations>& tables, FileId home) {
  return SecondVersion(project, home).plan(tables);
}

}  // namespace drizzle_audit::fix
