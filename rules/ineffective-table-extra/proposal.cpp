#include "ineffective-table-extra/proposal.h"

#include <algorithm>

namespace drizzle_audit::rules::ineffective_table_extra {
namespace {

bool is_identifier(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  };
  return !text.empty() && !(text.front() >= '0' && text.front() <= '9') && std::all_of(text.begin(), text.end(), fits);
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

/// A database name first; SQL written from memory often has the TypeScript key instead.
const Column* find(const Table& table, const std::string& name) {
  const Column* column = find_column(table, name);
  return column != nullptr ? column : find_column_by_key(table, name);
}

std::string access(const std::string& owner, const Column& column) {
  return is_identifier(column.key) ? owner + "." + std::string(column.key) : owner + "[" + quoted(column.key) + "]";
}

/// "t.storeId, t.slug"; empty when one is not a column of the table.
std::string column_list(const Table& table, const std::vector<SqlColumn>& columns, const std::string& owner) {
  std::string text;
  for (const SqlColumn& part : columns) {
    const Column* column = find(table, part.name);
    if (column == nullptr) return {};
    if (!text.empty()) text += ", ";
    text += access(owner, *column);
    if (part.descending) text += ".desc()";
  }
  return text;
}

const Table* find_table(const Model& model, const std::string& name) {
  for (const Table& table : model.tables) {
    if (table.name.is(name) && !table.export_name.empty()) return &table;
  }
  return nullptr;
}

std::string index_name(const Table& table, const SqlConstraint& constraint) {
  if (!constraint.name.empty()) return constraint.name;
  if (table.dialect == Dialect::kPostgresql) return {};  // drizzle-kit derives one there and nowhere else
  std::string name(table.name.value_or("table"));
  for (const SqlColumn& column : constraint.columns) name += "_" + column.name;
  return name + "_idx";
}

std::optional<std::string> index_for(const Table& table, const SqlConstraint& constraint, const std::string& parameter) {
  const std::string columns = column_list(table, constraint.columns, parameter);
  if (columns.empty()) return std::nullopt;
  const std::string name = index_name(table, constraint);
  std::string text = constraint.kind == ConstraintKind::kUniqueIndex ? "uniqueIndex(" : "index(";
  if (!name.empty()) text += quoted(name);
  if (constraint.method.empty() || constraint.method == "btree") return text + ").on(" + columns + ")";
  return text + ").using(" + quoted(constraint.method) + ", " + columns + ")";
}

std::optional<std::string> foreign_key_for(const Model& model, const Table& table, const SqlConstraint& constraint,
                                           const std::string& parameter) {
  const Table* target = find_table(model, constraint.foreign_table);
  const std::string columns = column_list(table, constraint.columns, parameter);
  if (target == nullptr || columns.empty()) return std::nullopt;
  std::vector<SqlColumn> foreign;
  for (const std::string& name : constraint.foreign_columns) foreign.push_back({.name = name});
  if (foreign.empty() && target->primary_keys.size() == 1) {  // REFERENCES stores: its primary key
    for (const Column* column : target->primary_keys.front().columns) foreign.push_back({.name = std::string(column->key)});
  }
  const std::string foreign_columns = column_list(*target, foreign, std::string(target->export_name));
  if (foreign_columns.empty() || foreign.size() != constraint.columns.size()) return std::nullopt;
  std::string text = "foreignKey({ columns: [" + columns + "], foreignColumns: [" + foreign_columns + "]";
  if (!constraint.name.empty()) text += ", name: " + quoted(constraint.name);
  text += " })";
  if (!constraint.on_delete.empty()) text += ".onDelete(" + quoted(constraint.on_delete) + ")";
  if (!constraint.on_update.empty()) text += ".onUpdate(" + quoted(constraint.on_update) + ")";
  return text;
}

std::optional<std::string> check_for(const Table& table, const SqlConstraint& constraint, const SqlConstraint* raw) {
  const SqlConstraint& written = raw != nullptr ? *raw : constraint;
  std::string expression = written.expression;
  if (raw == nullptr && expression.find_first_of("`\\$") != std::string::npos) return std::nullopt;
  const std::string name = constraint.name.empty() ? check_name(table, constraint.expression) : constraint.name;
  return "check(" + quoted(name) + ", sql`" + expression + "`)";
}

}  // namespace

std::string check_name(const Table& table, const std::string& expression) {
  const std::string table_name(table.name.value_or("table"));
  const Column* only = nullptr;
  for (std::size_t i = 0; i < expression.size();) {
    if (expression[i] == '\'') {  // a string
      i = std::min(expression.find('\'', i + 1), expression.size() - 1) + 1;
      continue;
    }
    std::size_t end = i;
    while (end < expression.size() && is_identifier(std::string_view(expression).substr(i, end - i + 1))) ++end;
    if (end == i) {
      ++i;
      continue;
    }
    const Column* column = find(table, expression.substr(i, end - i));
    if (column != nullptr && only != nullptr && column != only) return table_name + "_check";
    if (column != nullptr) only = column;
    i = end;
  }
  return table_name + (only == nullptr ? "" : "_" + column_name(*only)) + "_check";
}

std::string builder_name(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::kUnique: return "unique()";
    case ConstraintKind::kPrimaryKey: return "primaryKey()";
    case ConstraintKind::kForeignKey: return "foreignKey()";
    case ConstraintKind::kCheck: return "check()";
    case ConstraintKind::kIndex: return "index()";
    case ConstraintKind::kUniqueIndex: break;
  }
  return "uniqueIndex()";
}

std::optional<std::string> builder_for(const Model& model, const Table& table, const SqlConstraint& constraint, const SqlConstraint* raw,
                                       const std::string& parameter) {
  switch (constraint.kind) {
    case ConstraintKind::kIndex:
    case ConstraintKind::kUniqueIndex: return index_for(table, constraint, parameter);
    case ConstraintKind::kForeignKey: return foreign_key_for(model, table, constraint, parameter);
    case ConstraintKind::kCheck: return check_for(table, constraint, raw);
    case ConstraintKind::kUnique:
    case ConstraintKind::kPrimaryKey: break;
  }
  const std::string columns = column_list(table, constraint.columns, parameter);
  if (columns.empty()) return std::nullopt;
  const std::string name = constraint.name.empty() ? std::string() : quoted(constraint.name);
  if (constraint.kind == ConstraintKind::kUnique) {
    return "unique(" + name + ").on(" + columns + ")" + (constraint.nulls_not_distinct ? ".nullsNotDistinct()" : "");
  }
  return "primaryKey({ columns: [" + columns + "]" + (name.empty() ? "" : ", name: " + name) + " })";
}

}  // namespace drizzle_audit::rules::ineffective_table_extra
