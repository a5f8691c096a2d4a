// See facts.h.
#include "facts.h"

namespace drizzle_audit::query_tests {
namespace {

std::string label(const Column* column) {
  const Table& table = *column->table;
  return (table.export_name.empty() ? "(" + display_name(table) + ")" : std::string(table.export_name)) + "." + std::string(column->key);
}

std::string_view label(QueryKind kind) {
  switch (kind) {
    case QueryKind::kFindFirst: return "findFirst";
    case QueryKind::kFindMany: return "findMany";
    case QueryKind::kSelect: return "select";
    case QueryKind::kInsert: return "insert";
    case QueryKind::kUpdate: return "update";
    case QueryKind::kDelete: return "delete";
    case QueryKind::kExpression: return "expression";
  }
  return {};
}

std::string_view label(FilterKind kind) {
  switch (kind) {
    case FilterKind::kEqual: return "eq";
    case FilterKind::kIn: return "in";
    case FilterKind::kRange: return "range";
    case FilterKind::kNull: return "null";
    case FilterKind::kOther: return "other";
  }
  return {};
}

std::string_view label(TextUse use) {
  switch (use) {
    case TextUse::kWritten: return "writes";
    case TextUse::kCompared: return "compares";
    case TextUse::kFallback: return "falls back";
    case TextUse::kPassed: return "passes";
  }
  return {};
}

std::string place(Span span, const Sources& sources) {
  const Location at = sources.location(span);
  return std::string(at.path) + ":" + std::to_string(at.line);
}

}  // namespace

std::vector<std::string> facts(const Queries& queries, const Sources& sources) {
  std::vector<std::string> lines;
  for (const Query& query : queries.queries) {
    std::string line = place(query.span, sources) + " " + std::string(label(query.kind));
    if (query.table != nullptr) {
      line += " " + (query.table->export_name.empty() ? "(" + display_name(*query.table) + ")" : std::string(query.table->export_name));
    }
    if (query.expects_one) line += " one";
    for (const ColumnFilter& filter : query.filters) line += ", " + std::string(label(filter.kind)) + " " + label(filter.column);
    for (const ColumnJoin& join : query.joins) line += ", join " + label(join.left) + " = " + label(join.right);
    for (const ColumnSort& sort : query.sorts) line += ", sort " + label(sort.column) + (sort.descending ? " desc" : "");
    for (const Column* column : query.conflict_target) line += ", conflict " + label(column);
    lines.push_back(std::move(line));
  }
  for (const ColumnText& text : queries.texts) {
    lines.push_back(place(text.span, sources) + " " + std::string(label(text.use)) + " " + label(text.column) + " " +
                    (text.is_number ? text.text : '"' + text.text + '"'));
  }
  if (queries.may_ask_for_relations) lines.push_back("may ask for relations");
  if (queries.uses_relations) lines.push_back(place(queries.relations_use, sources) + " first relational query");
  for (const Span span : queries.unique_violations) lines.push_back(place(span, sources) + " unique violation");
  return lines;
}

}  // namespace drizzle_audit::query_tests
