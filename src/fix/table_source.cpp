#include "fix/table_source.h"

#include <algorithm>

namespace drizzle_audit::fix {

using syntax::Node;
using syntax::NodeKind;

bool may_edit(const Document& document) {
  const std::string path = "/" + std::string(document.path);
  return !document.path.starts_with("..") && !document.path.starts_with('/') && path.find("/node_modules/") == std::string::npos &&
         document.tree->errors.empty() && !document.is_generated();
}

std::optional<TableSource> table_source(const Project& project, const Table& table) {
  if (!table.span.somewhere()) return std::nullopt;
  std::size_t same = 0;
  for (const std::span<const Table> tables : {project.model.tables, project.model.hidden_tables}) {
    for (const Table& other : tables) same += other.span == table.span ? 1U : 0U;
  }
  if (same != 1) return std::nullopt;
  const Document& document = project.documents.get(table.span.file);
  if (!may_edit(document)) return std::nullopt;
  TableSource source{.table = &table, .document = &document, .call = find_node(document, table.span, NodeKind::kCall), .columns = nullptr};
  if (source.call == nullptr) return std::nullopt;
  for (const Node* argument : source.call->children) {
    if (argument == nullptr || argument->start < table.columns_span.start || argument->end > table.columns_span.end) continue;
    if (argument->kind == NodeKind::kObject) source.columns = argument;
    const bool callback = argument->kind == NodeKind::kFunction && argument->has(syntax::kExpressionBody);
    if (callback && argument->children.back() != nullptr && argument->children.back()->kind == NodeKind::kObject)
      source.columns = argument->children.back();
    break;
  }
  return source;
}

const Node* column_property(const TableSource& source, const Column& column) {
  if (source.columns == nullptr || column.span.file != source.document->file || column.table != source.table) return nullptr;
  const auto found = std::find_if(source.columns->children.begin(), source.columns->children.end(), [&](const Node* property) {
    return property != nullptr && property->kind == NodeKind::kProperty && property->start == column.span.start &&
           property->end == column.span.end;
  });
  if (found == source.columns->children.end()) return nullptr;
  const Node* value = (*found)->child_or_null(1);
  return value != nullptr && value->kind == NodeKind::kCall && value->end == (*found)->end ? *found : nullptr;
}

std::string_view core_module(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPostgresql: return "drizzle-orm/pg-core";
    case Dialect::kMysql: return "drizzle-orm/mysql-core";
    case Dialect::kSqlite: return "drizzle-orm/sqlite-core";
    case Dialect::kSinglestore: return "drizzle-orm/singlestore-core";
    case Dialect::kMssql: return "drizzle-orm/mssql-core";
    case Dialect::kCockroach: break;
  }
  return "drizzle-orm/cockroach-core";
}

std::string_view any_column(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPostgresql: return "AnyPgColumn";
    case Dialect::kMysql: return "AnyMySqlColumn";
    case Dialect::kSqlite: return "AnySQLiteColumn";
    case Dialect::kSinglestore: return "AnySingleStoreColumn";
    case Dialect::kMssql: return "AnyMsSqlColumn";
    case Dialect::kCockroach: break;
  }
  return "AnyCockroachColumn";
}

}  // namespace drizzle_audit::fix
