#include "fix/imports.h"

#include <algorithm>
#include <map>
#include <utility>

#include "fix/list.h"
#include "fix/names.h"

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;

std::vector<const Node*> imports_of(const Document& document) {
  std::vector<const Node*> imports;
  if (document.tree->root == nullptr) return imports;
  for (const Node* item : document.tree->root->children) {
    if (item != nullptr && item->kind == NodeKind::kImport) imports.push_back(item);
  }
  return imports;
}

void add_need(Plan& plan, ImportNeed need) {
  if (std::find(plan.imports.begin(), plan.imports.end(), need) == plan.imports.end()) plan.imports.push_back(std::move(need));
}

/// A name for the import that the file does not use yet.
std::string free_name(const Document& document, std::uint32_t offset, std::string_view name, std::string_view otherwise) {
  if (!is_taken(document, name, offset)) return std::string(name);
  std::string proposal(otherwise);
  for (int number = 2; is_taken(document, proposal, offset); ++number) proposal = std::string(otherwise) + std::to_string(number);
  return proposal;
}

/// The name in an import of `specifier` that is there already.
std::optional<std::string> imported(const Document& document, const Node& statement, std::string_view name, bool type_only) {
  if (statement.has(syntax::kTypeOnly) && !type_only) return std::nullopt;
  for (const Node* binding : statement.children) {
    if (binding->has(syntax::kTypeOnly) && !type_only) continue;
    const std::string_view what = binding->child(0)->text;
    if (what == name) return std::string(binding->text);
    if (what == "*" && !document.source(statement).starts_with("import type")) return member(binding->text, name);
  }
  return std::nullopt;
}

bool can_import(const Document& document) {
  return !imports_of(document).empty() || document.text.find("require(") == std::string_view::npos;
}

/// The named imports of a statement as a list; none when it has no braces.
std::optional<ListSource> named_list(const Document& document, const Node& statement) {
  const std::string_view source = document.source(statement);
  const std::size_t open = source.find('{');
  const std::size_t close = source.rfind('}');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
  ListSource list{.start = statement.start + static_cast<std::uint32_t>(open),
                  .end = statement.start + static_cast<std::uint32_t>(close) + 1,
                  .items = {},
                  .braces = true};
  for (const Node* binding : statement.children) {
    if (binding->start > list.start && binding->end < list.end) list.items.push_back(document.span(*binding));
  }
  return list;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

/// The imported name without `type`, as the list is sorted by.
std::string sort_name(std::string_view text) {
  if (text.starts_with("type ")) text.remove_prefix(5);
  return std::string(text.substr(0, text.find(' ')));
}

std::size_t place_in(const Document& document, const ListSource& list, std::string_view name) {
  std::vector<std::string> names;
  for (const Span& item : list.items) names.push_back(sort_name(document.text.substr(item.start, item.end - item.start)));
  const auto by_case = [](const std::string& a, const std::string& b) { return a < b; };
  const auto without_case = [](const std::string& a, const std::string& b) { return lower(a) < lower(b); };
  const std::string wanted = sort_name(name);
  if (names.size() > 1 && std::is_sorted(names.begin(), names.end(), without_case)) {
    return static_cast<std::size_t>(std::upper_bound(names.begin(), names.end(), wanted, without_case) - names.begin());
  }
  if (names.size() > 1 && std::is_sorted(names.begin(), names.end(), by_case)) {
    return static_cast<std::size_t>(std::upper_bound(names.begin(), names.end(), wanted, by_case) - names.begin());
  }
  return names.size();
}

std::string specifier_text(const ImportNeed& need, bool in_type_import) {
  std::string text = need.type_only && !in_type_import ? "type " + need.name : need.name;
  if (need.local != need.name) text += " as " + need.local;
  return text;
}

bool is_path(std::string_view specifier) { return specifier.starts_with('.'); }
bool is_alias_like(std::string_view specifier) {
  return specifier.starts_with("@/") || specifier.starts_with('~') || specifier.starts_with('$') || specifier.starts_with('#');
}
int group_of(std::string_view specifier) { return is_path(specifier) ? 2 : is_alias_like(specifier) ? 1 : 0; }

/// A statement of its own, where a statement like it would stand. `is_last` counts for a file without imports: a blank line follows.
Plan new_statement(const Document& document, std::string_view specifier, const std::vector<const ImportNeed*>& needs, bool is_last) {
  const Style& style = document.style;
  const bool only_types = std::all_of(needs.begin(), needs.end(), [](const ImportNeed* need) { return need->type_only; });
  std::vector<std::string> names;
  names.reserve(needs.size());
  for (const ImportNeed* need : needs) names.push_back(specifier_text(*need, only_types));
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return lower(sort_name(a)) < lower(sort_name(b)); });
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  const std::string space = style.brace_spaces ? " " : "";
  const std::string head = only_types ? "import type {" : "import {";
  const std::string statement = head + space + list + space + "} from " + quoted(style, specifier) + (style.semicolons ? ";" : "");

  const std::vector<const Node*> imports = imports_of(document);
  if (imports.empty()) {
    // Before the first statement, below what a comment says of the file.
    const Node* first =
        document.tree->root == nullptr || document.tree->root->children.empty() ? nullptr : document.tree->root->children.front();
    const std::uint32_t at = first == nullptr ? static_cast<std::uint32_t>(document.text.size()) : first->start;
    return {.edits = {{document.span(at, at), statement + style.newline + (is_last ? style.newline : "")}}, .imports = {}, .claims = {}};
  }
  std::vector<const Node*> group;
  for (const Node* import : imports) {
    if (group_of(import->text) == group_of(specifier)) group.push_back(import);
  }
  const auto ordered = [](const Node* a, const Node* b) { return a->text < b->text; };
  if (!group.empty() && std::is_sorted(group.begin(), group.end(), ordered)) {
    const auto next = std::find_if(group.begin(), group.end(), [&](const Node* import) { return specifier < import->text; });
    if (next == group.begin() && !has_comment(document, line_start(document, (*next)->start), (*next)->start)) {
      const std::uint32_t at = (*next)->start;
      return {.edits = {{document.span(at, at), statement + style.newline}}, .imports = {}, .claims = {}};
    }
    const std::uint32_t at = after_line_comment(document, (*(next - 1))->end);
    return {.edits = {{document.span(at, at), style.newline + statement}}, .imports = {}, .claims = {}};
  }
  const std::uint32_t at = after_line_comment(document, (group.empty() ? imports.back() : group.back())->end);
  return {.edits = {{document.span(at, at), style.newline + statement}}, .imports = {}, .claims = {}};
}

}  // namespace

bool is_taken(const Document& document, std::string_view name, std::uint32_t offset) {
  if (is_reserved_word(name)) return true;
  if (document.top.contains(name)) return true;
  const std::vector<const Node*> around = nodes_around(document, offset, offset);
  return std::any_of(around.begin(), around.end(), [&](const Node* node) {
    if (node->kind != NodeKind::kFunction && node->kind != NodeKind::kBlock) return false;
    std::set<std::string_view> names;
    if (node->kind == NodeKind::kFunction) collect_parameters(*node, names);
    else collect_declared(*node, names);
    return names.contains(name);
  });
}

std::optional<std::string> use_package(const Document& document, std::uint32_t offset, std::string_view specifier, std::string_view name,
                                       bool type_only, Plan& plan) {
  const Node* statement = nullptr;
  for (const Node* import : imports_of(document)) {
    if (import->text != specifier) continue;
    if (std::optional<std::string> local = imported(document, *import, name, type_only)) return local;
    statement = import;
  }
  if (statement == nullptr && !can_import(document)) return std::nullopt;
  std::string otherwise = "drizzle";
  otherwise += static_cast<char>(name.front() >= 'a' && name.front() <= 'z' ? name.front() - 'a' + 'A' : name.front());
  otherwise += name.substr(1);
  ImportNeed need{document.file, std::string(specifier), std::string(name), free_name(document, offset, name, otherwise), type_only};
  std::string local = need.local;
  add_need(plan, std::move(need));
  return local;
}

std::optional<std::string> use_binding(Modules& modules, const Document& document, std::uint32_t offset, FileId file,
                                       std::string_view binding, bool type_only, Plan& plan) {
  if (document.file == file) return std::string(binding);
  const Node* best = nullptr;
  std::string best_name;
  bool best_is_direct = false;
  for (const auto& [import, module] : modules.imports(document)) {
    const std::optional<std::string> name = modules.exported_as(module, file, binding);
    if (!name) continue;
    if (std::optional<std::string> local = imported(document, *import, *name, type_only)) return local;
    if (import->has(syntax::kTypeOnly)) continue;
    const bool direct = module == file;
    if (best != nullptr && (best_is_direct || (!direct && best->children.size() >= import->children.size()))) continue;
    best = import;
    best_name = *name;
    best_is_direct = direct;
  }
  std::string specifier;
  if (best != nullptr) {
    specifier = best->text;
  } else {
    if (!can_import(document)) return std::nullopt;
    const std::optional<std::string> name = modules.exported_as(file, file, binding);
    std::optional<std::string> found = name ? modules.specifier_for(document, file) : std::nullopt;
    if (!found) return std::nullopt;
    specifier = std::move(*found);
    best_name = *name;
  }
  ImportNeed need{document.file, specifier, best_name, free_name(document, offset, best_name, best_name + "Table"), type_only};
  std::string local = need.local;
  add_need(plan, std::move(need));
  return local;
}

std::string_view table_binding(Documents& documents, const Table& table) {
  if (!table.span.somewhere()) return {};
  const Document& document = documents.get(table.span.file);
  if (document.tree->root == nullptr) return {};
  const std::vector<const Node*> around = nodes_around(document, table.span.start, table.span.end);
  // kModule, (kExport,) kVariables, kDeclarator: deeper inside it would be no variable of the top.
  for (std::size_t i = 1; i < around.size() && i < 4; ++i) {
    if (around[i]->kind != NodeKind::kDeclarator) continue;
    const Node* pattern = around[i]->child_or_null(0);
    const Node* value = around[i]->child_or_null(1);
    if (pattern == nullptr || pattern->kind != NodeKind::kIdentifier || value == nullptr) return {};
    // `pgTable(…).enableRLS()` is the table still; what is somewhere inside another call is not.
    const Node* call = value;
    while (call->kind == NodeKind::kCall && (call->start != table.span.start || call->end != table.span.end)) {
      const Node* callee = call->child_or_null(0);
      if (callee == nullptr || callee->kind != NodeKind::kMember || callee->child_or_null(0) == nullptr) return {};
      call = callee->child(0);
    }
    return call->start == table.span.start ? pattern->text : std::string_view();
  }
  return {};
}

std::optional<std::string> use_table(Documents& documents, Modules& modules, const Document& document, std::uint32_t offset,
                                     const Table& table, Plan& plan) {
  const std::string_view binding = table_binding(documents, table);
  if (binding.empty()) return std::nullopt;
  return use_binding(modules, document, offset, table.span.file, binding, false, plan);
}

Plan render_imports(const Document& document, const std::vector<ImportNeed>& needs) {
  // Packages first, as everybody has it.
  std::map<std::pair<int, std::string_view>, std::vector<const ImportNeed*>> by_module;
  for (const ImportNeed& need : needs) by_module[{group_of(need.specifier), need.specifier}].push_back(&need);
  Plan plan;
  for (const auto& [module, wanted] : by_module) {
    const std::string_view specifier = module.second;
    const Node* values = nullptr;
    const Node* types = nullptr;
    for (const Node* import : imports_of(document)) {
      if (import->text != specifier || !named_list(document, *import)) continue;
      const Node*& slot = import->has(syntax::kTypeOnly) ? types : values;
      if (slot == nullptr) slot = import;
    }
    std::vector<const ImportNeed*> left;
    std::map<const Node*, std::vector<const ImportNeed*>> added;
    for (const ImportNeed* need : wanted) {
      const Node* statement = need->type_only && types != nullptr ? types : values;
      if (statement == nullptr) left.push_back(need);
      else added[statement].push_back(need);
    }
    for (const auto& [statement, names] : added) {
      const ListSource list = *named_list(document, *statement);
      std::vector<NewItem> items;
      for (const ImportNeed* need : names) {
        std::string text = specifier_text(*need, statement->has(syntax::kTypeOnly));
        const std::size_t place = place_in(document, list, text);
        items.push_back({std::move(text), place});
      }
      std::stable_sort(items.begin(), items.end(), [](const NewItem& a, const NewItem& b) {
        return a.before != b.before ? a.before < b.before : lower(sort_name(a.text)) < lower(sort_name(b.text));
      });
      append(plan, insert_items(document, list, items));
    }
    if (!left.empty()) append(plan, new_statement(document, specifier, left, module == by_module.rbegin()->first));
  }
  return plan;
}

}  // namespace drizzle_audit::fix
