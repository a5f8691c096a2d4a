// Method chains of columns: uuid("store_id").notNull().references(…).
#include <algorithm>
#include <vector>

#include "fix/list.h"
#include "fix/table_source.h"

namespace drizzle_audit::fix {
namespace {

using syntax::Node;
using syntax::NodeKind;

/// Where the dots of the chain's methods stand, first one first. `pg.uuid()` has no dot of its own: it begins the chain.
std::vector<std::uint32_t> dots_of(const Document& document, const Node& value) {
  std::vector<std::uint32_t> dots;
  for (const Node* call = &value; call->kind == NodeKind::kCall;) {
    const Node* callee = call->child_or_null(0);
    if (callee == nullptr || callee->kind != NodeKind::kMember) break;
    const Node* object = callee->child_or_null(0);
    if (object == nullptr || object->kind != NodeKind::kCall) break;
    dots.push_back(skip_blank(document, object->end));
    call = object;
  }
  std::reverse(dots.begin(), dots.end());
  return dots;
}

bool begins_line(const Document& document, std::uint32_t offset) {
  const std::uint32_t start = line_start(document, offset);
  return document.text.substr(start, offset - start).find_first_not_of(" \t") == std::string_view::npos;
}

/// Whether columns with three calls and a reference are written over several lines, as formatters do: in this file, else in the others.
int broken_chains(const Project& project, FileId only) {
  int votes = 0;
  for (const Table& table : project.model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (!key.is_inline || key.columns.size() != 1 || !key.columns.front()->span.somewhere()) continue;
      const Span span = key.columns.front()->span;
      if (only != kNoFile && span.file != only) continue;
      const std::string_view text = project.model.sources->text(span);
      const std::size_t first = text.find(").");
      const bool in_lines = text.find('\n') != std::string_view::npos;
      if (first == std::string_view::npos && !in_lines) continue;
      if (!in_lines && text.find(").", first + 2) == std::string_view::npos) continue;
      votes += in_lines ? 1 : -1;
    }
  }
  return votes;
}

}  // namespace

std::optional<Plan> append_to_chain(const Project& project, const TableSource& source, const Column& column, const std::string& method) {
  const Node* property = column_property(source, column);
  if (property == nullptr) return std::nullopt;
  const Document& document = *source.document;
  const Node& value = *property->child(1);
  const std::vector<std::uint32_t> dots = dots_of(document, value);
  Plan plan;
  const auto broken = std::find_if(dots.rbegin(), dots.rend(), [&](std::uint32_t dot) { return begins_line(document, dot); });
  const std::string line_indent = indent_at(document, property->start);
  if (broken != dots.rend()) {
    const std::string indent = indent_at(document, *broken);
    plan.edits.push_back({document.span(value.end, value.end), document.style.newline + indent + indented(document, method, indent)});
    return plan;
  }
  const std::size_t width = line_end(document, value.end) - line_start(document, value.end) + method.size();
  const bool one_line = document.source(value).find('\n') == std::string_view::npos;
  int votes = broken_chains(project, document.file);
  if (votes == 0) votes = broken_chains(project, kNoFile);
  const bool is_function = method.find("=>") != std::string::npos;
  if (one_line && begins_line(document, property->start) && !dots.empty() && ((is_function && votes > 0) || width > document.style.width)) {
    const std::string indent = line_indent + document.style.indent;
    for (const std::uint32_t dot : dots) plan.edits.push_back({document.span(dot, dot), document.style.newline + indent});
    plan.edits.push_back({document.span(value.end, value.end), document.style.newline + indent + indented(document, method, indent)});
    plan.claims.push_back(document.span(*property));
    return plan;
  }
  std::string text = method;
  // `.references(() => stores.id, { onDelete: "cascade" })` on a line that is full: the options go below.
  const std::size_t open = method.rfind(", {");
  if (one_line && begins_line(document, property->start) && width > document.style.width && open != std::string::npos &&
      method.ends_with("})")) {
    std::string options = method.substr(open + 3, method.size() - open - 5);
    const std::size_t first = options.find_first_not_of(' ');
    const std::size_t last = options.find_last_not_of(' ');
    if (first != std::string::npos) options = options.substr(first, last - first + 1);
    text = method.substr(0, open) + ", {\n" + document.style.indent + options + (document.style.trailing_commas ? "," : "") + "\n})";
  }
  plan.edits.push_back({document.span(value.end, value.end), indented(document, text, line_indent)});
  return plan;
}

}  // namespace drizzle_audit::fix
