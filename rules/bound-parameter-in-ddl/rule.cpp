// Values that drizzle-orm binds and drizzle-kit prints as `$1` or `?`, in places where a database takes no parameters. Seen with
// drizzle-kit 0.31.10 and 1.0.0-rc.4: the new one writes values out in checks and index conditions of PostgreSQL, and nowhere else.
#include <set>
#include <string>

#include "_shared/column_facts.h"
#include "_shared/keys.h"
#include "bound-parameter-in-ddl/inlined.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::bound_parameter_in_ddl {
namespace {

std::string placeholder(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPostgresql:
    case Dialect::kCockroach: return "$1";
    case Dialect::kMssql: return "@par0";
    case Dialect::kMysql:
    case Dialect::kSqlite:
    case Dialect::kSinglestore: break;
  }
  return "?";
}

std::string_view refusal(Dialect dialect) {
  switch (dialect) {
    case Dialect::kPostgresql: return "PostgreSQL refuses the migration: there is no parameter $1";
    case Dialect::kSqlite: return "SQLite refuses the migration: parameters are prohibited there";
    default: break;
  }
  return "the database refuses the migration: there is no value for the parameter";
}

/// "'active', 10"
std::string values(std::span<const std::string_view> params) {
  std::string text;
  for (const std::string_view param : params) text += (text.empty() ? "" : ", ") + std::string(param);
  return text;
}

/// One place that holds bound values.
struct Place {
  const RuleContext& context;
  const Table& table;
  std::string what;  ///< "check price_positive"
  std::span<const std::string_view> params;
  Span span;
};

Finding& report(const Place& place, Subject subject) {
  const std::size_t count = place.params.size();
  Finding& finding =
      place.context.report(place.span, std::move(subject),
                           "the " + place.what + " of " + display_name(place.table) + " binds " +
                               (count == 1 ? "the value " : std::to_string(count) + " values: ") + values(place.params) + ", which " +
                               (count == 1 ? "reaches" : "reach") + " the migration as " + placeholder(place.table.dialect));
  finding.note = "drizzle-kit prints the placeholder, not the value, and exits with 0; " + std::string(refusal(place.table.dialect));
  finding.help = "write the value into the SQL text, or pass a constant through sql.raw()";
  finding.evidence.push_back({"declaration", "bound by drizzle-orm: " + values(place.params), place.span});
  return finding;
}

void report_extra(const Place& place, SubjectKind kind, std::string name) {
  Subject subject = table_subject(kind, place.table);
  subject.name = std::move(name);
  Finding& finding = report(place, std::move(subject));
  const Model& model = place.context.model();
  const std::string_view source = model.sources->text(place.span);
  const std::optional<std::string> cured = with_values_written_out(place.table, source, place.params);
  const std::string_view extras = model.sources->text(place.table.extras_span);
  if (!cured || extras.find(source) == std::string_view::npos) return;
  finding.help = "write " + *cured;
  finding.change = ReplaceExtra{table_ref(place.table), std::string(source), *cured};
}

void report_column(const Place& place, const Column& column, bool is_default) {
  Subject subject = column_subject(column);
  subject.name = is_default ? "default" : "generated";
  Finding& finding = report(place, std::move(subject));
  // drizzle-kit 0.31 prints no default with bound values: it stops, and exits with 0.
  if (is_default && !place.context.model().orm_v1) finding.note = "drizzle-kit stops: we don't support params for `sql` default values";
  const std::string source(place.context.model().sources->text(place.span));
  const std::optional<std::string> cured = with_values_written_out(place.table, source, place.params);
  if (!cured) return;
  finding.help = "write " + *cured;
  finding.change = replace_in_column(place.context.model(), column, source, *cured);
}

std::string named(std::string_view what, std::string_view name) {
  return std::string(what) + (name.empty() ? "" : " " + std::string(name));
}

/// drizzle-kit 1.0 writes the values out.
bool written_out(const RuleContext& context, const Table& table) { return context.model().orm_v1 && table.dialect == Dialect::kPostgresql; }

void check_index(const RuleContext& context, const Table& table, const Index& index) {
  const std::string name(index.name.known() && index.name.value() ? *index.name.value() : std::string_view());
  std::vector<std::string_view> params;
  for (const IndexColumn& column : index.columns) params.insert(params.end(), column.params.begin(), column.params.end());
  if (index.where && index.where->known() && !written_out(context, table)) {
    const std::span<const std::string_view> more = index.where->value().params;
    params.insert(params.end(), more.begin(), more.end());
  }
  if (!params.empty()) report_extra({context, table, named("index", name), params, index.span}, SubjectKind::kIndex, name);
}

void check_policy(const RuleContext& context, const Table& table, const Policy& policy) {
  std::vector<std::string_view> params;
  for (const auto* condition : {&policy.using_, &policy.with_check}) {
    if (!*condition || !(*condition)->known()) continue;
    const std::span<const std::string_view> more = (*condition)->value().params;
    params.insert(params.end(), more.begin(), more.end());
  }
  if (params.empty()) return;
  const std::string name(policy.name.value_or(""));
  report_extra({context, table, named("policy", name), params, policy.span}, SubjectKind::kExtra, named("policy", name));
}

void check_column(const RuleContext& context, const Table& table, const Column& column, std::set<Span>& seen) {
  if (column.generated && !column.generated->params.empty() && seen.insert(column.span).second) {
    report_column({context, table, "generated column " + column_name(column), column.generated->params, column.span}, column, false);
  }
  if (column.default_params.empty() || !seen.insert(column.default_span).second) return;
  const Place place{context, table, "default of column " + column_name(column), column.default_params, column.default_span};
  report_column(place, column, true);
}

void check_table(const RuleContext& context, const Table& table, std::set<Span>& seen) {
  for (const Index& index : table.indexes) check_index(context, table, index);
  for (const Check& check : table.checks) {
    if (!check.value.known() || check.value.value().params.empty() || written_out(context, table)) continue;
    const std::string name(check.name.value_or(""));
    report_extra({context, table, named("check", name), check.value.value().params, check.span}, SubjectKind::kExtra, named("check", name));
  }
  for (const Policy& policy : table.policies) check_policy(context, table, policy);
  for (const Column& column : table.columns) check_column(context, table, column, seen);
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  std::set<Span> seen;
  for (const Table& table : model.tables) check_table(context, table, seen);
  for (const Policy& policy : model.policies) {
    for (const Table& table : model.tables) {
      if (policy.linked && policy.table && table.name.is(*policy.table)) check_policy(context, table, policy);
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "bound-parameter-in-ddl",
    .summary = "A value in an index, check, policy or generated column is bound, so the migration holds a placeholder.",
    .category = "silently-dropped",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::bound_parameter_in_ddl
