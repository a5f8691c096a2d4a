// A table's third argument: (t) => [index("…").on(t.a)], or an object of builders in older code.
#include <algorithm>
#include <map>
#include <set>

#include "fix/list.h"
#include "fix/names.h"
#include "fix/table_source.h"

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;

const Node* callback_of(const TableSource& source) {
  if (!source.table->extras_span.somewhere() || source.table->extras_span.file != source.document->file) return nullptr;
  const auto found = std::find_if(source.call->children.begin(), source.call->children.end(), [&](const Node* argument) {
    return argument != nullptr && argument->kind == NodeKind::kFunction && argument->start >= source.table->extras_span.start &&
           argument->end <= source.table->extras_span.end;
  });
  return found == source.call->children.end() ? nullptr : *found;
}

const Node* returned_list(const Node& function) {
  const Node* body = function.children.empty() ? nullptr : function.children.back();
  if (body != nullptr && body->kind == NodeKind::kBlock) {
    const Node* result = nullptr;
    for (const Node* statement : body->children) {
      if (statement == nullptr || statement->kind == NodeKind::kVariables) continue;
      if (statement->kind != NodeKind::kReturn || result != nullptr) return nullptr;
      result = statement;
    }
    body = result == nullptr ? nullptr : result->child_or_null(0);
  }
  return body != nullptr && (body->kind == NodeKind::kArray || body->kind == NodeKind::kObject) ? body : nullptr;
}

/// How the project writes extras: arrays or objects, and what the callback's parameter is called.
struct Manner {
  bool array = true;
  std::string parameter = "t";
};

/// Arrays came with drizzle-orm 0.36; versions are written "0.35.1", "^0.35.1", "~0.35".
bool knows_objects_only(std::string_view version) {
  const std::size_t at = version.find("0.");
  if (at == std::string_view::npos || at > 1) return false;
  int minor = 0;
  std::size_t i = at + 2;
  for (; i < version.size() && version[i] >= '0' && version[i] <= '9'; ++i) minor = minor * 10 + (version[i] - '0');
  return i > at + 2 && minor < 36;
}

Manner manner_of(const Project& project, FileId here) {
  Manner manner;
  int arrays = 0;
  std::map<std::string_view, int> parameters;
  for (const Table& table : project.model.tables) {
    if (!table.extras_span.somewhere()) continue;
    const int weight = table.extras_span.file == here ? 100 : 1;
    if (!table.extras_parameter.empty()) parameters[table.extras_parameter] += weight;
    const std::string_view text = project.model.sources->text(table.extras_span);
    std::size_t at = text.find("=>");
    if (at == std::string_view::npos) continue;
    at = text.find_first_not_of(" \t\r\n", at + 2);
    if (at != std::string_view::npos && text[at] == '{') at = text.find("return", at);
    if (at != std::string_view::npos && text.substr(at).starts_with("return")) at = text.find_first_not_of(" \t\r\n", at + 6);
    if (at == std::string_view::npos) continue;
    if (text[at] == '[') arrays += weight;
    if (text[at] == '(' || text[at] == '{') arrays -= weight;
  }
  int all = 0;
  for (const auto& [name, count] : parameters) all += count;
  // A name that differs from table to table (`bl`, `ak`) is made of the table's own.
  for (const auto& [name, count] : parameters) {
    if (2 * count > all) manner.parameter = name;
  }
  const bool old = knows_objects_only(project.model.orm_version);
  manner.array = arrays == 0 ? !old : arrays > 0;
  return manner;
}

/// On one line when `width` columns are enough for it, else with the arguments of `.on()` below each other, as formatters do.
std::string builder_text(const Style& style, const NewExtra& extra, const std::vector<std::string>& columns, std::size_t used) {
  std::string text = extra.before;
  for (std::size_t i = 0; i < columns.size(); ++i) text += (i > 0 ? extra.between : "") + columns[i];
  text += extra.after;
  if (used + text.size() <= style.width || !extra.before.ends_with(".on(") || text.find('\n') != std::string::npos) return text;
  text = extra.before;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    text += "\n" + style.indent + columns[i] + (i + 1 < columns.size() || style.call_commas ? "," : "");
  }
  return text + "\n" + extra.after;
}

/// The builder's own `foreignColumns: [t.id]` of a table that references itself says kSelf for the parameter.
constexpr std::string_view kSelf = "\x01";

std::string with_parameter(std::string text, std::string_view parameter) {
  for (std::size_t at = text.find(kSelf); at != std::string::npos; at = text.find(kSelf, at)) text.replace(at, kSelf.size(), parameter);
  return text;
}

std::string free_key(const Node* list, const std::string& wanted) {
  std::set<std::string_view> taken;
  if (list != nullptr) {
    for (const Node* property : list->children) {
      if (property != nullptr && !property->children.empty() && property->child(0) != nullptr) taken.insert(property->child(0)->text);
    }
  }
  std::string key = wanted;
  for (int number = 2; taken.contains(key); ++number) key = wanted + std::to_string(number);
  return key;
}

/// What the callback calls the columns; adds what its pattern lacks to the plan. None when it cannot be told.
std::optional<std::vector<std::string>> column_names(const TableSource& source, const Node& function, const NewExtra& extra,
                                                     std::string& parameter, Plan& plan) {
  const Document& document = *source.document;
  std::vector<std::string> names;
  const Node* pattern = function.children.size() > 1 ? function.children.front() : nullptr;
  if (pattern == nullptr) {
    if (function.children.size() != 1 || !document.source(function).starts_with("()")) return std::nullopt;
    parameter = "t";
    plan.edits.push_back({document.span(function.start + 1, function.start + 1), parameter});
    plan.claims.push_back(document.span(function));
  } else if (pattern->kind == NodeKind::kIdentifier) {
    parameter = pattern->text;
  } else if (pattern->kind == NodeKind::kObjectPattern) {
    if (extra.after.find(kSelf) != std::string::npos) return std::nullopt;
    std::vector<NewItem> missing;
    for (const Column* column : extra.columns) {
      const auto found = std::find_if(pattern->children.begin(), pattern->children.end(), [&](const Node* property) {
        return property != nullptr && property->kind == NodeKind::kPatternProperty && property->child(0)->text == column->key;
      });
      if (found != pattern->children.end()) {
        const Node* local = (*found)->child(1);
        if (local == nullptr || local->kind != NodeKind::kIdentifier) return std::nullopt;
        names.emplace_back(local->text);
        continue;
      }
      const bool rest = !pattern->children.empty() && pattern->children.back()->kind == NodeKind::kRest;
      if (!is_identifier(column->key) || is_reserved_word(column->key) || rest) return std::nullopt;
      if (document.top.contains(column->key)) return std::nullopt;  // another thing has the name
      names.emplace_back(column->key);
      missing.push_back({std::string(column->key), pattern->children.size()});
    }
    if (!missing.empty()) {
      append(plan, insert_items(document, list_of(document, *pattern), missing));
      plan.claims.push_back(document.span(*pattern));
    }
    return names;
  } else {
    return std::nullopt;
  }
  for (const Column* column : extra.columns) names.push_back(member(parameter, column->key));
  return names;
}

/// A third argument, behind the columns.
std::optional<Plan> new_extras(const Project& project, const TableSource& source, const NewExtra& extra) {
  const Document& document = *source.document;
  const Node& call = *source.call;
  // callee, type arguments, name, columns
  if (call.children.size() != 4 || call.children[2] == nullptr || call.children[3] == nullptr) return std::nullopt;
  const Manner manner = manner_of(project, document.file);
  std::vector<std::string> names;
  for (const Column* column : extra.columns) names.push_back(member(manner.parameter, column->key));
  const std::size_t used = indent_at(document, call.start).size() + 2 * document.style.indent.size() + 1;
  const std::string key = manner.array ? std::string() : extra.key + ": ";
  const std::string item = key + with_parameter(builder_text(document.style, extra, names, used + key.size()), manner.parameter);
  const std::string open = manner.array ? "[" : "({";
  const std::string close = manner.array ? "]" : "})";
  // What is behind the columns may be `as const` or a bracket; then it is not clear where the argument ends.
  const std::uint32_t end = source.table->columns_span.end;
  const std::uint32_t comma = after_comma(document, end);
  const std::uint32_t next = skip_blank(document, comma);
  if (next >= document.text.size() || document.text[next] != ')' || next + 1 != call.end) return std::nullopt;
  const bool expanded = document.text.substr(call.start, call.children[2]->start - call.start).find('\n') != std::string_view::npos;
  const std::string indent = expanded ? indent_at(document, call.children[2]->start) : indent_at(document, call.start);
  const std::string_view tail = document.text.substr(call.end, line_end(document, call.end) - call.end);
  const std::size_t column = expanded ? indent.size() : end - line_start(document, end) + 2;
  const std::string head = "(" + manner.parameter + ") => " + open;
  const bool fits =
      item.find('\n') == std::string::npos && column + head.size() + item.size() + close.size() + 1 + tail.size() <= document.style.width;
  const std::string text = fits ? head + (manner.array ? "" : " ") + item + (manner.array ? "" : " ") + close
                                : head + "\n" + document.style.indent + indented(document, item, document.style.indent) +
                                      (document.style.trailing_commas ? "," : "") + "\n" + close;
  Plan plan;
  plan.claims.push_back(document.span(end, call.end));
  if (expanded && comma != end) {
    const std::uint32_t at = after_line_comment(document, comma);
    plan.edits.push_back({document.span(at, at), document.style.newline + indent + indented(document, text, indent) + ","});
  } else if (expanded) {
    plan.edits.push_back({document.span(end, end), "," + document.style.newline + indent + indented(document, text, indent)});
  } else if (comma != end) {
    plan.edits.push_back({document.span(comma, comma), " " + indented(document, text, indent)});
  } else {
    plan.edits.push_back({document.span(end, end), ", " + indented(document, text, indent)});
  }
  return plan;
}

}  // namespace

const Node* extras_list(const TableSource& source) {
  const Node* function = callback_of(source);
  return function == nullptr ? nullptr : returned_list(*function);
}

std::optional<Plan> add_extra(const Project& project, const TableSource& source, const NewExtra& extra) {
  if (!source.table->extras_span.somewhere()) return new_extras(project, source, extra);
  const Node* function = callback_of(source);
  const Node* list = function == nullptr ? nullptr : returned_list(*function);
  if (list == nullptr) return std::nullopt;
  Plan plan;
  std::string parameter;
  const std::optional<std::vector<std::string>> names = column_names(source, *function, extra, parameter, plan);
  if (!names) return std::nullopt;
  // `{ ...common }`: what a spread brings could have the key already, and the later one wins.
  const std::string key = list->kind == NodeKind::kObject ? free_key(list, extra.key) + ": " : std::string();
  const Document& document = *source.document;
  const std::uint32_t place = list->children.empty() || list->children.front() == nullptr ? list->start : list->children.front()->start;
  const std::size_t used = indent_at(document, place).size() + key.size() + 1;
  const std::string item = key + with_parameter(builder_text(document.style, extra, *names, used), parameter);
  append(plan, insert_items(*source.document, list_of(*source.document, *list), {{item, list->children.size()}}));
  return plan;
}

}  // namespace drizzle_audit::fix
