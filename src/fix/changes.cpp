#include "fix/changes.h"

#include <algorithm>
#include <functional>

#include "fix/list.h"
#include "fix/names.h"
#include "workspace/paths.h"

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;
using Columns = std::vector<const Column*>;

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

std::optional<Columns> find_columns(const Table& table, const std::vector<std::string>& names) {
  Columns columns;
  for (const std::string& name : names) {
    const Column* column = find_column(table, name);
    if (column == nullptr) return std::nullopt;
    columns.push_back(column);
  }
  if (columns.empty()) return std::nullopt;
  return columns;
}

std::string joined(const Columns& columns, char separator) {
  std::string text;
  for (const Column* column : columns) text += (text.empty() ? "" : std::string(1, separator)) + std::string(column->name.value_or(""));
  return text;
}

/// What drizzle-kit calls a foreign key that is written at its column (drizzle-orm 0.45 ForeignKey.getName; the grammar of 1.0.0-rc).
bool has_derived_name(const Model& model, const AddForeignKey& key, const Columns& columns, const Columns& foreign) {
  // SQLite's foreign keys have no names in the DDL.
  if (model.dialect == Dialect::kSqlite || key.name.empty()) return true;
  const std::string name = key.table.table + "_" + joined(columns, '_') + "_" + key.foreign_table.table + "_" + joined(foreign, '_');
  return key.name == name + "_fk" || key.name == name + "_fkey";
}

/// What drizzle-kit calls a unique constraint of one column.
bool has_derived_name(const AddUnique& unique) {
  return unique.name.empty() || unique.name == unique.table.table + "_" + unique.columns.front() + "_unique" ||
         unique.name == unique.table.table + "_" + unique.columns.front() + "_key";
}

std::string camel(const Columns& columns, std::string_view suffix) {
  std::string text;
  for (const Column* column : columns) text += (text.empty() ? "" : "_") + std::string(column->key);
  return camel_case(text + "_" + std::string(suffix));
}

std::string actions(const Style& style, const AddForeignKey& key) {
  std::string text;
  if (key.on_delete != "no action") text += "onDelete: " + quoted(style, key.on_delete);
  if (key.on_update != "no action") text += (text.empty() ? "" : ", ") + std::string("onUpdate: ") + quoted(style, key.on_update);
  return text;
}

struct Planner {
  const Project& project;
  TypeGraph& types;
  const Finding& finding;

  [[nodiscard]] std::optional<TableSource> source_of(const TableRef& ref) const {
    const Table* table = find_table(project, ref);
    if (table == nullptr) return std::nullopt;
    return table_source(project, *table);
  }

  /// A function of the dialect's core module as the table's file calls it.
  [[nodiscard]] std::optional<std::string> core(const TableSource& source, std::string_view name, Plan& plan) const {
    return use_package(*source.document, source.call->start, core_module(source.table->dialect), name, false, plan);
  }

  std::optional<Plan> operator()(const AddForeignKey& key) const {
    const std::optional<TableSource> source = source_of(key.table);
    const Table* foreign_table = find_table(project, key.foreign_table);
    if (!source || foreign_table == nullptr) return std::nullopt;
    const std::optional<Columns> columns = find_columns(*source->table, key.columns);
    const std::optional<Columns> foreign = find_columns(*foreign_table, key.foreign_columns);
    if (!columns || !foreign || columns->size() != foreign->size()) return std::nullopt;
    // A column that a helper makes is changed there, or nowhere.
    for (const Column* column : *columns) {
      if (column_property(*source, *column) == nullptr) return std::nullopt;
    }
    if (columns->size() == 1 && has_derived_name(project.model, key, *columns, *foreign))
      return reference(*source, key, *columns, *foreign);
    return table_key(*source, key, *columns, *foreign);
  }

  std::optional<Plan> reference(const TableSource& source, const AddForeignKey& key, const Columns& columns, const Columns& foreign) const {
    const Document& document = *source.document;
    const Table* target = foreign.front()->table;
    Plan plan;
    std::optional<std::string> owner = use_table(project.documents, project.modules, document, source.call->start, *target, plan);
    if (!owner) return std::nullopt;
    std::string type;
    const bool circular = target == source.table || types.leads_to(target, source.table);
    if (circular && !document.is_javascript()) {
      std::optional<std::string> any =
          use_package(document, source.call->start, core_module(source.table->dialect), any_column(source.table->dialect), true, plan);
      if (!any) return std::nullopt;
      type = ": " + *any;
    } else {
      types.add(source.table, target);
    }
    std::string options = actions(document.style, key);
    if (!options.empty()) options = document.style.brace_spaces ? ", { " + options + " }" : ", {" + options + "}";
    std::optional<Plan> chain = append_to_chain(project, source, *columns.front(),
                                                ".references(()" + type + " => " + member(*owner, foreign.front()->key) + options + ")");
    if (!chain) return std::nullopt;
    append(plan, std::move(*chain));
    return plan;
  }

  /// foreignKey({ … }) among the extras: of several columns, or with a name of its own.
  std::optional<Plan> table_key(const TableSource& source, const AddForeignKey& key, const Columns& columns, const Columns& foreign) const {
    const Document& document = *source.document;
    Plan plan;
    const std::optional<std::string> function = core(source, "foreignKey", plan);
    const Table* target = foreign.front()->table;
    const bool self = target == source.table;
    // The callback's return type needs the other table's: a circle of such keys would have no type.
    if (!self && types.leads_to(target, source.table)) return std::nullopt;
    std::string owner = "\x01";
    if (!self) {
      std::optional<std::string> name = use_table(project.documents, project.modules, document, source.call->start, *target, plan);
      if (!name) return std::nullopt;
      owner = *name;
    }
    if (!function) return std::nullopt;
    types.add(source.table, target);
    NewExtra extra{.columns = columns, .key = camel(columns, "fk"), .before = {}, .after = {}};
    const std::string comma = document.style.trailing_commas ? "," : "";
    const std::string in = document.style.indent;
    extra.before = *function + "({\n" + in;
    if (!key.name.empty() && !(self && key.name.empty())) extra.before += "name: " + quoted(document.style, key.name) + ",\n" + in;
    extra.before += "columns: [";
    std::string list;
    for (const Column* column : foreign) list += (list.empty() ? "" : ", ") + member(owner, column->key);
    extra.after = "],\n" + in + "foreignColumns: [" + list + "]" + comma + "\n})";
    if (key.on_delete != "no action") extra.after += ".onDelete(" + quoted(document.style, key.on_delete) + ")";
    if (key.on_update != "no action") extra.after += ".onUpdate(" + quoted(document.style, key.on_update) + ")";
    std::optional<Plan> added = add_extra(project, source, extra);
    if (!added) return std::nullopt;
    append(plan, std::move(*added));
    return plan;
  }

  std::optional<Plan> builder(const TableRef& table, const std::vector<std::string>& names, std::string_view function,
                              const std::string& name, std::string_view suffix) const {
    const std::optional<TableSource> source = source_of(table);
    if (!source) return std::nullopt;
    const std::optional<Columns> columns = find_columns(*source->table, names);
    if (!columns) return std::nullopt;
    Plan plan;
    const std::optional<std::string> local = core(*source, function, plan);
    if (!local) return std::nullopt;
    NewExtra extra{.columns = *columns, .key = camel(*columns, suffix), .before = {}, .after = ")"};
    extra.before = *local + "(" + (name.empty() ? "" : quoted(source->document->style, name)) + ").on(";
    std::optional<Plan> added = add_extra(project, *source, extra);
    if (!added) return std::nullopt;
    append(plan, std::move(*added));
    return plan;
  }

  std::optional<Plan> operator()(const AddIndex& index) const { return builder(index.table, index.columns, "index", index.name, "idx"); }

  std::optional<Plan> operator()(const AddUnique& unique) const {
    if (unique.columns.size() == 1 && has_derived_name(unique)) {
      const std::optional<TableSource> source = source_of(unique.table);
      const Column* column = source ? find_column(*source->table, unique.columns.front()) : nullptr;
      if (column == nullptr) return std::nullopt;
      return append_to_chain(project, *source, *column, ".unique()");
    }
    return builder(unique.table, unique.columns, "unique", unique.name, "unique");
  }

  std::optional<Plan> operator()(const AddPrimaryKey& key) const {
    const std::optional<TableSource> source = source_of(key.table);
    if (!source) return std::nullopt;
    const std::optional<Columns> columns = find_columns(*source->table, key.columns);
    if (!columns) return std::nullopt;
    if (columns->size() == 1) return append_to_chain(project, *source, *columns->front(), ".primaryKey()");
    Plan plan;
    const std::optional<std::string> local = core(*source, "primaryKey", plan);
    if (!local) return std::nullopt;
    NewExtra extra{.columns = *columns, .key = "pk", .before = {}, .after = "]"};
    const std::string space = source->document->style.brace_spaces ? " " : "";
    const bool derived = key.name.empty() || project.model.dialect == Dialect::kSqlite ||
                         key.name == key.table.table + "_" + joined(*columns, '_') + "_pk" || key.name == key.table.table + "_pkey";
    extra.before = *local + "({" + space + (derived ? "" : "name: " + quoted(source->document->style, key.name) + ", ") + "columns: [";
    extra.after += space + "})";
    std::optional<Plan> added = add_extra(project, *source, extra);
    if (!added) return std::nullopt;
    append(plan, std::move(*added));
    return plan;
  }

  std::optional<Plan> operator()(const DropIndex& drop) const {
    const std::optional<TableSource> source = source_of(drop.table);
    if (!source) return std::nullopt;
    std::vector<Span> spans;
    for (const Index& index : source->table->indexes) {
      if (index.name.known() && index.name.value() == std::optional<std::string_view>(drop.name)) spans.push_back(index.span);
    }
    // Of two with one name it is the one that the finding stands at.
    if (spans.size() > 1) std::erase_if(spans, [&](const Span& span) { return span != finding.span; });
    const Node* list = extras_list(*source);
    if (spans.size() != 1 || list == nullptr) return std::nullopt;
    return remove_entry(*source, *list, spans.front());
  }

  /// The entry of the extras that is at `span`; alone, it takes the whole argument with it.
  [[nodiscard]] std::optional<Plan> remove_entry(const TableSource& source, const Node& list, Span span) const {
    const Document& document = *source.document;
    for (std::size_t i = 0; i < list.children.size(); ++i) {
      const Node* entry = list.children[i];
      if (entry == nullptr || span.file != document.file || entry->start > span.start || entry->end < span.end) continue;
      if (entry->kind == NodeKind::kSpread) return std::nullopt;
      const std::uint32_t columns_end = source.table->columns_span.end;
      const bool alone = list.children.size() == 1 && !has_comment(document, columns_end, source.table->extras_span.end);
      if (!alone) return remove_item(document, list_of(document, list), i);
      const std::uint32_t end = after_comma(document, source.table->extras_span.end);
      // A comma behind the columns stays where the arguments stand on lines of their own.
      const std::uint32_t comma = after_comma(document, columns_end);
      const bool keeps_comma = end != source.table->extras_span.end;
      return Plan{.edits = {{document.span(keeps_comma ? comma : columns_end, end), ""}},
                  .imports = {},
                  .claims = {document.span(columns_end, source.call->end)}};
    }
    return std::nullopt;
  }

  std::optional<Plan> operator()(const DropColumn& drop) const {
    const std::optional<TableSource> source = source_of(drop.table);
    const Column* column = source ? find_column(*source->table, drop.column) : nullptr;
    const Node* property = column == nullptr ? nullptr : column_property(*source, *column);
    if (property == nullptr || is_used(*column)) return std::nullopt;
    const ListSource list = list_of(*source->document, *source->columns);
    const auto at = std::find(source->columns->children.begin(), source->columns->children.end(), property);
    return remove_item(*source->document, list, static_cast<std::size_t>(at - source->columns->children.begin()));
  }

  /// Whether something else in the schema counts on the column.
  [[nodiscard]] bool is_used(const Column& column) const {
    const auto holds = [&](std::span<const Column* const> columns) {
      return std::find(columns.begin(), columns.end(), &column) != columns.end();
    };
    for (const Table& table : project.model.tables) {
      for (const PrimaryKey& key : table.primary_keys) {
        if (holds(key.columns)) return true;
      }
      for (const ForeignKey& key : table.foreign_keys) {
        if (holds(key.columns) || holds(key.foreign_columns)) return true;
      }
      for (const Unique& unique : table.uniques) {
        if (holds(unique.columns)) return true;
      }
      for (const Index& index : table.indexes) {
        if (std::any_of(index.columns.begin(), index.columns.end(), [&](const IndexColumn& part) { return part.column == &column; }))
          return true;
      }
    }
    return std::any_of(project.model.relations.begin(), project.model.relations.end(),
                       [&](const Relation& relation) { return holds(relation.fields) || holds(relation.references); });
  }

  std::optional<Plan> operator()(const ReplaceColumn& change) const {
    const std::optional<TableSource> source = source_of(change.table);
    const Column* column = source ? find_column(*source->table, change.column) : nullptr;
    if (column == nullptr || column_property(*source, *column) == nullptr) return std::nullopt;
    return replace_text(*source, column->span, change.from, change.to);
  }

  std::optional<Plan> operator()(const ReplaceExtra& change) const {
    const std::optional<TableSource> source = source_of(change.table);
    if (!source || source->table->extras_span.file != source->document->file) return std::nullopt;
    const Span extras = source->table->extras_span;
    // Of equal entries it is the one that the finding stands at.
    const bool inside = finding.span.file == extras.file && finding.span.start >= extras.start && finding.span.end <= extras.end;
    if (inside) {
      if (std::optional<Plan> plan = replace_text(*source, finding.span, change.from, change.to)) return plan;
    }
    return replace_text(*source, extras, change.from, change.to);
  }

  /// Replaces the only `from` in the place by `to`, with imports for what `to` calls.
  [[nodiscard]] std::optional<Plan> replace_text(const TableSource& source, Span place, const std::string& from,
                                                 const std::string& to) const {
    const Document& document = *source.document;
    if (place.file != document.file || from.empty()) return std::nullopt;
    const std::string_view text = document.text.substr(place.start, place.end - place.start);
    const std::size_t at = text.find(from);
    if (at == std::string_view::npos || text.find(from, at + 1) != std::string_view::npos) return std::nullopt;
    const auto start = place.start + static_cast<std::uint32_t>(at);
    const auto end = start + static_cast<std::uint32_t>(from.size());
    if (has_comment(document, start, end)) return std::nullopt;
    Plan plan;
    const std::optional<std::string> bound = bind_calls(source, start, to, plan);
    if (!bound) return std::nullopt;
    if (bound->empty() && start > 0) {
      // `.references(…)` on a line of its own takes the line with it.
      std::uint32_t begin = start;
      while (begin > place.start && (document.text[begin - 1] == ' ' || document.text[begin - 1] == '\t')) --begin;
      if (begin > place.start && document.text[begin - 1] == '\n') {
        --begin;
        if (begin > place.start && document.text[begin - 1] == '\r') --begin;
        plan.edits.push_back({document.span(begin, end), ""});
        return plan;
      }
    }
    // Only what differs: what is kept at both ends may be changed by somebody else.
    plan.edits.push_back({document.span(start, end), *bound});
    return plan;
  }

  /// The code with its calls named as the file names them, imports added: the functions of the dialect's module, sql and operators.
  [[nodiscard]] std::optional<std::string> bind_calls(const TableSource& source, std::uint32_t offset, const std::string& code,
                                                      Plan& plan) const {
    const Document& document = *source.document;
    // What continues a chain calls methods, not functions.
    const std::string before = code.starts_with('.') ? "x" : offset > 0 && document.text[offset - 1] == '.' ? "x." : "";
    const std::string parsed = before + code;
    const auto shift = static_cast<std::uint32_t>(before.size());
    const syntax::SyntaxTree tree = syntax::parse(parsed, "code.ts", kNoFile);
    if (tree.root == nullptr) return code;
    std::vector<Edit> edits;
    bool failed = false;
    const std::function<void(const Node&)> walk = [&](const Node& node) {
      const Node* callee = node.kind == NodeKind::kCall || node.kind == NodeKind::kTaggedTemplate ? node.child_or_null(0) : nullptr;
      if (callee != nullptr && callee->kind == NodeKind::kIdentifier && callee->start >= shift) {
        const std::string_view name = callee->text;
        const bool global =
            name == "Number" || name == "String" || name == "Boolean" || name == "BigInt" || name == "Date" || name == "Symbol";
        if (!global && !is_taken(document, name, offset)) {
          const bool general = name == "sql" || name == "eq" || name == "and" || name == "or" || name == "not" || name == "isNull" ||
                               name == "isNotNull" || name == "inArray" || name == "gt" || name == "gte" || name == "lt" || name == "lte" ||
                               name == "ne";
          const std::optional<std::string> local = use_package(
              document, offset, general ? std::string_view("drizzle-orm") : core_module(source.table->dialect), name, false, plan);
          if (!local) failed = true;
          else if (*local != name) edits.push_back({{kNoFile, callee->start - shift, callee->end - shift}, *local});
        }
      }
      for (const Node* child : node.children) {
        if (child != nullptr) walk(*child);
      }
    };
    walk(*tree.root);
    if (failed) return std::nullopt;
    std::string text = code;
    std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span.start > b.span.start; });
    for (const Edit& edit : edits) text.replace(edit.span.start, edit.span.end - edit.span.start, edit.text);
    if (text.find('\n') != std::string::npos && document.style.newline != "\n" && text.find('\r') == std::string::npos)
      text = indented(document, text, "");
    return text;
  }

  std::optional<Plan> operator()(const ExportObject& object) const {
    if (object.binding.empty() || !finding.span.somewhere()) return std::nullopt;
    const Document& document = project.documents.get(finding.span.file);
    if (!may_edit(document)) return std::nullopt;
    const std::vector<const Node*> around = nodes_around(document, finding.span.start, finding.span.end);
    // kModule, kVariables, kDeclarator
    if (around.size() < 3 || around[1]->kind != NodeKind::kVariables || around[1]->children.size() != 1) return std::nullopt;
    const Node* pattern = around[2]->child_or_null(0);
    if (pattern == nullptr || pattern->kind != NodeKind::kIdentifier || pattern->text != object.binding) return std::nullopt;
    const std::uint32_t at = around[1]->start;
    return Plan{.edits = {{document.span(at, at), "export "}}, .imports = {}, .claims = {}};
  }

  std::optional<Plan> operator()(const AddRelations& change) const { return plan_relations(project, change); }
  std::optional<Plan> operator()(const ReplaceRelation& change) const { return plan_relation(project, finding, change); }

  std::optional<Plan> operator()(const ReplaceDomainProperty& change) const {
    if (!change.span.somewhere()) return std::nullopt;
    const Document& document = project.documents.get(change.span.file);
    if (!may_edit(document) || document.is_javascript()) return std::nullopt;
    if (document.text.substr(change.span.start, change.span.end - change.span.start) != change.from) return std::nullopt;
    if (has_comment(document, change.span.start, change.span.end)) return std::nullopt;
    Plan plan;
    std::string to = change.to;
    for (const NeededImport& needed : change.imports) {
      const std::optional<std::string> local =
          needed.file == kNoFile
              ? use_package(document, change.span.start, needed.package, needed.name, needed.type_only, plan)
              : use_binding(project.modules, document, change.span.start, needed.file, needed.name, needed.type_only, plan);
      if (!local) return std::nullopt;
      if (*local != needed.name) to = renamed(to, needed.name, *local);
    }
    plan.edits.push_back({change.span, to});
    return plan;
  }

  static std::string renamed(const std::string& text, const std::string& from, const std::string& to) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
      const bool begins = at == 0 || !is_identifier("a" + std::string(1, text[at - 1]));
      const std::size_t end = at + from.size();
      const bool ends = end >= text.size() || !is_identifier("a" + std::string(1, text[end]));
      if (begins && ends && text.compare(at, from.size(), from) == 0) {
        result += to;
        at = end;
      } else {
        result += text[at++];
      }
    }
    return result;
  }
};

}  // namespace

TypeGraph::TypeGraph(const Model& model) {
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.foreign_table == nullptr || key.foreign_table == &table) continue;
      const std::string_view text = key.span.somewhere() ? model.sources->text(key.span) : std::string_view();
      const std::size_t any = text.find(": Any");
      if (any == std::string_view::npos || text.find("Column", any) == std::string_view::npos) edges_[&table].insert(key.foreign_table);
    }
  }
}

bool TypeGraph::leads_to(const Table* from, const Table* to) const {
  std::set<const Table*> seen;
  std::vector<const Table*> open{from};
  while (!open.empty()) {
    const Table* table = open.back();
    open.pop_back();
    if (table == to) return true;
    if (!seen.insert(table).second) continue;
    const auto found = edges_.find(table);
    if (found != edges_.end()) open.insert(open.end(), found->second.begin(), found->second.end());
  }
  return false;
}

const Table* find_table(const Project& project, const TableRef& ref) {
  if (project.by_name.empty()) {
    for (const std::span<const Table> tables : {project.model.tables, project.model.hidden_tables}) {
      for (const Table& table : tables) {
        if (table.name.known() && table.schema.known()) project.by_name[table.name.value()].push_back(&table);
      }
    }
  }
  const auto named = project.by_name.find(ref.table);
  if (named == project.by_name.end()) return nullptr;
  const Table* found = nullptr;
  for (const Table* table : named->second) {
    if (table->schema.value().value_or("") != ref.schema.value_or("")) continue;
    if (found != nullptr && found->span != table->span) return nullptr;
    if (found == nullptr) found = table;
  }
  return found;
}

std::optional<Plan> plan_change(const Project& project, TypeGraph& types, const Finding& finding) {
  if (!finding.change) return std::nullopt;
  return std::visit(Planner{project, types, finding}, *finding.change);
}

}  // namespace drizzle_audit::fix
