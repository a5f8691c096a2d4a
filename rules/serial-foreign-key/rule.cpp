// Foreign key columns that count up by themselves. Source of truth: PostgreSQL's serial is integer NOT NULL DEFAULT nextval('…'), MySQL's
// BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE; an insert that leaves the column out references whatever row has the next number.
#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

#include "_shared/foreign_keys.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::serial_foreign_key {
namespace {

bool is_serial(const Column& column) {
  return column.builder == "serial" || column.builder == "bigserial" || column.builder == "smallserial";
}

/// What makes the column count: the builder or a method; empty when it does not.
std::string counter(const Column& column) {
  if (is_serial(column)) return std::string(column.builder) + "()";
  if (column.identity) return "an identity";
  return column.auto_increment ? ".autoincrement()" : "";
}

/// `serial("author_id")` → `integer("author_id").notNull()`: serial implies NOT NULL, so the row type stays the same.
std::optional<ReplaceColumn> change_for(const Model& model, const Table& table, const Column& column) {
  if (!is_serial(column)) return std::nullopt;
  const std::string source(model.sources->text(column.span));
  const std::string call = std::string(column.builder) + "(";
  const std::size_t at = source.find(call);
  if (at == std::string::npos || (at > 0 && (std::isalnum(static_cast<unsigned char>(source[at - 1])) != 0 || source[at - 1] == '_')))
    return std::nullopt;
  const std::size_t close = source.find(')', at);
  if (close == std::string::npos || source.find('(', at + call.size()) < close) return std::nullopt;
  const std::string from = source.substr(at, close + 1 - at);
  std::string arguments = source.substr(at + call.size(), close - at - call.size());
  std::string builder = column.builder == "bigserial" ? "bigint" : column.builder == "smallserial" ? "smallint" : "integer";
  if (table.dialect == Dialect::kMysql) {
    builder = "bigint";
    arguments += std::string(arguments.empty() ? "" : ", ") + "{ mode: \"number\", unsigned: true }";
  }
  std::string to = builder;
  to += "(" + arguments + ")";
  if (source.find(".notNull()") == std::string::npos) to += ".notNull()";
  return ReplaceColumn{table_ref(table), column_name(column), from, to};
}

void report(const RuleContext& context, const Table& table, const Column& column, const Table& target, Span because, const char* how) {
  const Column* const one = &column;
  Subject subject = table_subject(SubjectKind::kColumn, table);
  subject.columns.push_back(column_name(column));
  Finding& finding = context.report(column.span, std::move(subject),
                                    qualified(table, std::span(&one, 1)) + " references " + display_name(target) +
                                        ", but numbers itself: it is declared with " + counter(column));
  finding.note = std::string(
                     "an insert that leaves the column out takes the next number of a counter of its own, and so references another "
                     "row at random or none at all") +
                 (is_serial(column) ? "; the column can never be null either" : "");
  finding.help = is_serial(column) ? "declare it with the integer type of the key it holds" : "drop " + counter(column);
  finding.evidence.push_back({"declaration", counter(column), column.span});
  finding.evidence.push_back({how, "it references " + display_name(target), because});
  if (std::optional<ReplaceColumn> change = change_for(context.model(), table, column)) {
    finding.help = "write " + change->to;
    finding.change = std::move(*change);
  }
}

bool is_key_column(const Table& table, const Column& column) {
  const Column* const one = &column;
  return is_key(table, std::span(&one, 1));
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  std::vector<const Column*> done;
  const auto is_done = [&](const Column* column) { return std::find(done.begin(), done.end(), column) != done.end(); };
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (!is_readable(table, key)) continue;
      for (const Column* column : key.columns) {
        // In a key of several columns one may well be the row's own number.
        if (counter(*column).empty() || is_done(column) || (key.columns.size() > 1 && !is_serial(*column))) continue;
        if (key.columns.size() > 1 && is_key_column(table, *column)) continue;
        done.push_back(column);
        report(context, table, *column, *key.foreign_table, key.span, "declaration");
      }
    }
  }
  // A relation says the same, unless it starts from the table's own key: the foreign key is then at the other end.
  for (const Relation& relation : model.relations) {
    if (relation.error || relation.kind != RelationKind::kOne || relation.inferred || relation.fields.size() != 1) continue;
    const Column* column = relation.fields.front();
    const Table* table = column->table;
    if (table == nullptr || table != relation.table || relation.target == nullptr || relation.references.size() != 1) continue;
    if (table->export_name.empty() || !table->name.known() || !relation.target->name.known() || !column->name.known()) continue;
    if (counter(*column).empty() || is_done(column) || is_key_column(*table, *column)) continue;
    if (!is_key_column(*relation.target, *relation.references.front())) continue;
    done.push_back(column);
    report(context, *table, *column, *relation.target, relation.span, "relation");
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "serial-foreign-key",
    .summary = "A column that references another table numbers itself.",
    .category = "integrity",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::serial_foreign_key
