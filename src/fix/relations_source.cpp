#include "fix/relations_source.h"

#include <algorithm>
#include <map>
#include <set>

#include "fix/changes.h"
#include "fix/list.h"
#include "fix/names.h"

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;

/// Relations of files with tables of their own (drizzle-kit pull) are not the schema's.
bool is_own(const Relation& relation) { return relation.span.somewhere() && relation.table != nullptr; }

std::string_view callee_name(const Node& call) {
  const Node* callee = call.child_or_null(0);
  if (callee == nullptr) return {};
  return callee->kind == NodeKind::kIdentifier || callee->kind == NodeKind::kMember ? callee->text : std::string_view();
}

/// The call that a relation is declared in: relations(posts, …) or defineRelations(schema, …), the outermost one.
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

/// An object of options, on one line or one option a line.
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

/// Whether the declaration stands on the side that holds the foreign key. Of a table that references itself it is the first `one`.
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

/// Whether options of relations in this file are written one a line.
bool options_are_broken(const Project& project, FileId file) {
  int votes = 0;
  for (const Relation& relation : project.model.relations) {
    if (!is_own(relation) || (file != kNoFile && relation.span.file != file) || relation.fields.empty()) continue;
    const std::string_view text = project.model.sources->text(relation.span);
    if (text.find("fields") == std::string_view::npos && text.find("from") == std::string_view::npos) continue;
    votes += text.find('\n') != std::string_view::npos ? 1 : -1;
  }
  if (votes == 0 && file != kNoFile) return options_are_broken(project, kNoFile);
  return votes >= 0;
}

// ---- relations() of 0.x ------------------------------------------------------------------------------------------------------------

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
      if (!is_own(relation) || relation.table != wanted.table) continue;
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
      const Table* target = find_table(project_.model, relation.target);
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

  /// Where relations() comes from: as this file has it, as the other relations do, or where the version keeps it.
  std::string module_of(const Document& document) {
    std::vector<FileId> files{document.file};
    for (const Relation& relation : project_.model.relations) {
      if (is_own(relation)) files.push_back(relation.span.file);
    }
    for (const FileId file : files) {
      const Document& other = project_.documents.get(file);
      if (other.tree->root == nullptr) continue;
      for (const Node* item : other.tree->root->children) {
        if (item == nullptr || item->kind != NodeKind::kImport) continue;
        for (const Node* binding : item->children) {
          if (binding->child(0)->text == "relations" && item->text.starts_with("drizzle-orm")) return std::string(item->text);
        }
      }
    }
    return project_.model.orm_v1 ? "drizzle-orm/_relations" : "drizzle-orm";
  }

  const Project& project_;
  FileId home_;
  std::set<std::string> taken_;
};

// ---- defineRelations() of 1.0 ------------------------------------------------------------------------------------------------------

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
      const Table* target = find_table(project_.model, relation.target);
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

std::optional<std::vector<TableRelations>> tables_of(const Model& model, const AddRelations& change) {
  std::vector<TableRelations> tables;
  const auto add = [&](const AddRelations& one) {
    const Table* table = find_table(model, one.table);
    if (table != nullptr) tables.push_back({table, one.relations, {}});
    return table != nullptr;
  };
  if (!add(change)) return std::nullopt;
  for (const AddRelations& other : change.others) {
    if (!add(other)) return std::nullopt;
  }
  return tables;
}

bool uses_define_relations(const Project& project) {
  if (project.defines_relations) return *project.defines_relations;
  bool any = false;
  for (const Relation& relation : project.model.relations) {
    if (!is_own(relation)) continue;
    const Document& document = project.documents.get(relation.span.file);
    const Node* call = declaring_call(document, relation.span);
    if (call == nullptr) continue;
    any = true;
    if (callee_name(*call).starts_with("defineRelations")) return project.defines_relations.emplace(true);
  }
  return project.defines_relations.emplace(project.model.orm_v1 && !any);
}

FileId home_of_relations(const Project& project) {
  std::map<FileId, int> apart;
  int beside = 0;
  for (const Relation& relation : project.model.relations) {
    if (!is_own(relation)) continue;
    if (relation.span.file == relation.table->span.file) ++beside;
    else ++apart[relation.span.file];
  }
  FileId best = kNoFile;
  int most = beside;
  for (const auto& [file, count] : apart) {
    if (count <= most) continue;
    best = file;
    most = count;
  }
  return best;
}

std::optional<Plan> plan_tables(const Project& project, const std::vector<TableRelations>& tables, FileId home) {
  if (uses_define_relations(project)) return SecondVersion(project, home).plan(tables);
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

std::optional<Plan> plan_relations(const Project& project, const AddRelations& change) {
  const std::optional<std::vector<TableRelations>> tables = tables_of(project.model, change);
  if (!tables || project.model.relations.empty()) return std::nullopt;
  return plan_tables(project, *tables, home_of_relations(project));
}

std::optional<Plan> plan_relation(const Project& project, const Finding& finding, const ReplaceRelation& change) {
  const Table* table = find_table(project.model, change.table);
  if (table == nullptr || change.from.empty()) return std::nullopt;
  for (const Relation& relation : project.model.relations) {
    if (!is_own(relation) || relation.table != table || relation.key != change.relation) continue;
    if (finding.span.somewhere() && finding.span.file != relation.span.file) continue;
    const Document& document = project.documents.get(relation.span.file);
    const std::string_view text = document.text.substr(relation.span.start, relation.span.end - relation.span.start);
    const std::size_t at = text.find(change.from);
    if (at == std::string_view::npos || text.find(change.from, at + 1) != std::string_view::npos) return std::nullopt;
    const auto start = relation.span.start + static_cast<std::uint32_t>(at);
    return Plan{
        .edits = {{document.span(start, start + static_cast<std::uint32_t>(change.from.size())), change.to}}, .imports = {}, .claims = {}};
  }
  return std::nullopt;
}

}  // namespace drizzle_audit::fix
