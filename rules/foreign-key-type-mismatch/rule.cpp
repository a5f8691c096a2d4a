// Foreign keys between columns of different types. Neither TypeScript nor drizzle-kit compares them; key_types.h knows what the database
// does.
#include <optional>
#include <string>

#include "_shared/foreign_keys.h"
#include "_shared/keys.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/rule.h"
#include "foreign-key-type-mismatch/key_types.h"

namespace drizzle_audit::rules::foreign_key_type_mismatch {
namespace {

std::string type_of(const Column& column) {
  std::string type(column.sql_type.value());
  for (std::uint32_t i = 0; i < column.dimensions && type.find('[') == std::string::npos; ++i) type += "[]";
  return type;
}

std::string note_for(Dialect dialect, Fit fit) {
  switch (fit) {
    case Fit::kNarrower: return "the key can outgrow the column that references it: the insert then fails with \"integer out of range\"";
    case Fit::kWider:
      return "the database accepts it, and compares across types; the column can be given values that no key will ever have";
    case Fit::kLoose:
      return dialect == Dialect::kSqlite
                 ? "SQLite converts to the key's type to compare, but the driver hands out values of two types that are never equal in code"
                 : "the database accepts it, and converts the value for every comparison";
    case Fit::kRefused:
      if (dialect == Dialect::kPostgresql)
        return "PostgreSQL refuses it (\"Key columns are of incompatible types\"); drizzle-kit generates it and exits with 0";
      if (dialect == Dialect::kMysql)
        return "MySQL refuses it (\"Referencing column and referenced column are incompatible\"); drizzle-kit generates it and exits with "
               "0";
      return "SQLite accepts the declaration, and then refuses every row, as the values are never equal";
    case Fit::kSame:
    case Fit::kUnknown: break;
  }
  return {};
}

struct Call {
  std::string text;       ///< `t.varchar("id", { length: 36 })`
  std::string qualifier;  ///< `t.`
  std::string name;       ///< `"id"`, or nothing
  std::string options;    ///< `{ length: 36 }`, or nothing
};

/// The builder's call at the beginning of a column's source, where it is as plain as most are.
std::optional<Call> builder_call(const Model& model, const Column& column) {
  const std::string source(model.sources->text(column.span));
  const std::string head = std::string(column.builder) + "(";
  const std::size_t at = source.find(head);
  if (column.builder.empty() || at == std::string::npos || (at > 0 && is_name_char(source[at - 1]))) return std::nullopt;
  const std::size_t open = at + head.size();
  const std::size_t close = source.find(')', open);
  if (close == std::string::npos) return std::nullopt;
  Call call;
  std::size_t begin = at;
  while (begin > 0 && (is_name_char(source[begin - 1]) || source[begin - 1] == '.')) --begin;
  call.qualifier = source.substr(begin, at - begin);
  call.text = source.substr(begin, close + 1 - begin);
  const std::string arguments = source.substr(open, close - open);
  if (arguments.find_first_of("(`\n") != std::string::npos) return std::nullopt;
  const std::size_t brace = arguments.find('{');
  call.options = brace == std::string::npos ? "" : arguments.substr(brace, arguments.rfind('}') + 1 - brace);
  std::string rest = arguments.substr(0, std::min(brace, arguments.size()));
  while (!rest.empty() && (rest.back() == ' ' || rest.back() == ',')) rest.pop_back();
  if (!rest.empty() && rest.front() != '"' && rest.front() != '\'') return std::nullopt;
  call.name = rest;
  return call;
}

/// What a column that references this one is built with; an enum's or custom type's function cannot be named from here.
std::string referencing_builder(const Table& table, const Column& parent) {
  const bool is_mysql = table.dialect == Dialect::kMysql;
  if (parent.builder == "serial") return is_mysql ? "bigint" : "integer";
  if (parent.builder == "bigserial") return "bigint";
  if (parent.builder == "smallserial") return "smallint";
  return parent.builder == "customType" || parent.builder == "pgEnum" || parent.builder == "mysqlEnum" ? "" : std::string(parent.builder);
}

/// `integer("author_id")` → `uuid("author_id")`: the builder and options of the key.
std::optional<ReplaceColumn> change_for(const Model& model, const Table& table, const Column& child, const Column& parent) {
  const std::optional<Call> from = builder_call(model, child);
  const std::optional<Call> key = builder_call(model, parent);
  const std::string builder = referencing_builder(table, parent);
  if (!from || !key || builder.empty() || child.dimensions > 0 || parent.dimensions > 0 || child.default_kind != DefaultKind::kNone ||
      child.type_argument) {
    return std::nullopt;
  }
  std::string options = key->options;
  if (parent.builder == "serial" && builder == "bigint") options = "{ mode: \"number\", unsigned: true }";
  if (options.find("enum") != std::string::npos) return std::nullopt;
  std::string arguments = from->name;
  if (!options.empty()) arguments += (arguments.empty() ? "" : ", ") + options;
  std::string to = from->qualifier;
  to += builder + "(" + arguments + ")";
  if (to == from->text) return std::nullopt;
  return ReplaceColumn{table_ref(table), column_name(child), from->text, std::move(to)};
}

void report(const RuleContext& context, const Table& table, const ForeignKey& key, std::size_t at, Fit fit) {
  const Column& child = *key.columns[at];
  const Column& parent = *key.foreign_columns[at];
  const Column* const one = &child;
  const Column* const other = &parent;
  Subject subject = foreign_key_subject(table, key);
  if (key.columns.size() > 1) subject.name += " " + column_name(child);
  Finding& finding = context.report(child.span, std::move(subject),
                                    qualified(table, std::span(&one, 1)) + " is " + type_of(child) + ", but references " +
                                        qualified(*key.foreign_table, std::span(&other, 1)) + ", which is " + type_of(parent));
  if (fit == Fit::kNarrower || fit == Fit::kLoose) finding.severity = Severity::kWarning;
  if (fit == Fit::kWider) finding.severity = Severity::kInfo;
  finding.note = note_for(context.model().dialect, fit);
  finding.help = "give both the same type; a serial key is referenced by an integer of its size";
  finding.evidence.push_back({"declaration", column_name(child) + " is " + type_of(child), child.span});
  finding.evidence.push_back({"declaration", column_name(parent) + " is " + type_of(parent), parent.span});
  finding.related.push_back({qualified(*key.foreign_table, std::span(&other, 1)), parent.span});
  if (fit == Fit::kWider) return;
  if (std::optional<ReplaceColumn> change = change_for(context.model(), table, child, parent)) {
    finding.help = "write " + change->to;
    finding.change = std::move(*change);
  }
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (!is_readable(table, key) || key.columns.size() != key.foreign_columns.size()) continue;
      for (std::size_t i = 0; i < key.columns.size(); ++i) {
        const Fit fit = fit_of(model.dialect, *key.columns[i], *key.foreign_columns[i]);
        if (fit != Fit::kSame && fit != Fit::kUnknown) report(context, table, key, i, fit);
      }
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "foreign-key-type-mismatch",
    .summary = "A foreign key and the column it references are of different types.",
    .category = "integrity",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::foreign_key_type_mismatch
