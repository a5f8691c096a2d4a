// Defaults that JavaScript works out while drizzle-kit reads the schema: the migration holds that one value for ever, and every later
// `generate` finds another one. `.default()` takes a value or SQL; only `$defaultFn()` takes a function.
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "_shared/column_facts.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::frozen_default {
namespace {

std::string without_spaces(std::string_view source) {
  std::string plain;
  for (const char c : source) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') plain += c;
  }
  return plain;
}

/// A call that gives another value each time, and stands where the default is.
bool calls_something_new(const std::string& plain) {
  static constexpr auto kCalls =
      std::to_array<std::string_view>({"newDate()", "Date.now()", "performance.now()", "Math.random()", "randomUUID(", "randomBytes(",
                                       "nanoid(", "createId(", "cuid(", "uuid(", "uuidv4(", "uuidv7(", "ulid("});
  return std::any_of(kCalls.begin(), kCalls.end(), [&](std::string_view call) {
    for (std::size_t at = plain.find(call); at != std::string::npos; at = plain.find(call, at + 1)) {
      if (at == 0 || !is_name_char(plain[at - 1])) return true;
    }
    return false;
  });
}

/// Whether the evaluator itself met such a call, wherever it stands. A value only known at run time (an environment variable) is none.
bool differs_in_every_run(const Column& column) {
  if (column.default_text.known()) return false;
  const std::string_view reason = column.default_text.unknown().reason;
  return reason.find("in every run") != std::string_view::npos || reason.find("randomUUID") != std::string_view::npos;
}

/// SQL that does for each row what the author meant, as a method of the chain; empty when there is none.
std::string_view method_for(const Column& column, const std::string& plain) {
  const std::string type = plain_type(column);
  const Dialect dialect = column.table->dialect;
  const bool pg = dialect == Dialect::kPostgresql || dialect == Dialect::kCockroach;
  if (plain == "newDate()" || plain == "newDate().toISOString()" || plain == "newDate(Date.now())") {
    if (pg && (type.starts_with("timestamp") || type == "date")) return "defaultNow()";
    if (dialect == Dialect::kMysql && type == "timestamp") return "defaultNow()";
  }
  if (plain.ends_with("randomUUID()") && dialect == Dialect::kPostgresql && type == "uuid") return "defaultRandom()";
  return {};
}

void report(const RuleContext& context, const Table& table, const Column& column) {
  const std::string source(context.model().sources->text(column.default_span));
  const std::string plain = without_spaces(source);
  Finding& finding =
      context.report(column.default_span, column_subject(column),
                     "the default of " + display_name(table, column) + " is worked out once, when drizzle-kit reads the schema: " + source);
  finding.note = "every row gets that one value, and each drizzle-kit generate finds another one and writes a migration for it";
  finding.evidence.push_back(
      {"declaration", "default() takes a value or SQL, and " + source + " is a value that differs in every run", column.default_span});
  const std::string call = "default(" + source + ")";
  if (const std::string_view method = method_for(column, plain); !method.empty()) {
    finding.help = "write " + std::string(method) + ", which the database works out for each row";
    finding.change = replace_in_column(context.model(), column, call, method);
  } else if (calls_something_new(plain) && column.default_kind != DefaultKind::kSql) {
    finding.help = "write $defaultFn(() => " + source + "), which the program calls for each row, or SQL that the database works out";
    finding.change = replace_in_column(context.model(), column, call, "$defaultFn(() => " + source + ")");
  } else {
    finding.help = "pass a function to $defaultFn(), or SQL that the database works out to default()";
  }
}

void check(const RuleContext& context) {
  std::set<Span> seen;  // a helper's columns stand in many tables
  for (const Table& table : context.model().tables) {
    for (const Column& column : table.columns) {
      if (!column.default_span.somewhere() || column.default_text.known()) continue;
      const std::string plain = without_spaces(context.model().sources->text(column.default_span));
      const bool written_here = column.default_kind != DefaultKind::kSql && calls_something_new(plain);
      if ((written_here || differs_in_every_run(column)) && seen.insert(column.default_span).second) report(context, table, column);
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "frozen-default",
    .summary = "A default is worked out once, when drizzle-kit reads the schema, instead of for every row.",
    .category = "silently-dropped",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::frozen_default
