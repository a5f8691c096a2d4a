// What a table's third argument returns and drizzle-orm skips without a word. Source of truth: the loop over the extra config in
// drizzle-orm's getTableConfig (pg-core/utils.ts and its siblings), which tests each value against its builder classes and has no else.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "_shared/keys.h"
#include "drizzle_audit/rule.h"
#include "ineffective-table-extra/lookalike.h"
#include "ineffective-table-extra/proposal.h"
#include "ineffective-table-extra/sql_constraint.h"

namespace drizzle_audit::rules::ineffective_table_extra {
namespace {

constexpr std::string_view kNote = "drizzle-orm skips it without an error, and drizzle-kit generates nothing for it and exits with 0";

std::string one_line(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (space && (result.empty() || result.back() == ' ')) continue;
    result += space ? ' ' : c;
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
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

/// `index("slug_idx")` or `index()`.
std::string builder_label(std::string_view builder, const std::optional<std::string_view>& name) {
  std::string text(builder.empty() ? "builder" : builder);
  return text + "(" + (name ? "\"" + std::string(*name) + "\"" : "") + ")";
}

/// Everything the finding for one ignored entry is worded from.
struct Place {
  const RuleContext& context;
  const Table& table;
  const IgnoredExtra& extra;
  std::set<std::string>& check_names;  ///< taken in this table so far

  /// The entry without the key it has in the object form.
  [[nodiscard]] std::string source() const { return std::string(without_key(context.model().sources->text(extra.span))); }
  [[nodiscard]] std::string extras_source() const { return std::string(context.model().sources->text(table.extras_span)); }
};

Finding& report(const Place& place, std::string name, std::string message) {
  Subject subject = table_subject(SubjectKind::kExtra, place.table);
  subject.name = std::move(name);
  Finding& finding = place.context.report(place.extra.span, std::move(subject), std::move(message));
  finding.note = kNote;
  finding.evidence.push_back({"declaration", "it is an entry of the third argument of " + display_name(place.table), place.extra.span});
  return finding;
}

void propose(const Place& place, Finding& finding, std::string from, std::string to) {
  finding.change = ReplaceExtra{table_ref(place.table), std::move(from), std::move(to)};
}

/// The sources of the builders inside an object or array: "index(…).on(…), unique(…).on(…)"; empty when one could not be placed.
std::string inner_sources(const Place& place) {
  std::string text;
  for (const IgnoredExtra& inner : place.extra.inner) {
    if (!inner.span.somewhere() || inner.builder.empty()) return {};
    if (!text.empty()) text += ", ";
    text += place.context.model().sources->text(inner.span);
  }
  return text;
}

std::string inner_labels(const IgnoredExtra& extra) {
  std::string text;
  for (const IgnoredExtra& inner : extra.inner) text += (text.empty() ? "" : " and ") + builder_label(inner.builder, inner.name);
  return text.empty() ? "nothing that drizzle knows" : text;
}

/// The constraint as it stands between the backticks, `${t.price}` and all; none when the entry is not a template itself.
std::optional<SqlConstraint> constraint_in_template(const std::string& source) {
  const std::size_t open = source.find('`');
  if (!source.starts_with("sql") || open == std::string::npos || source.size() < open + 2 || source.back() != '`') return std::nullopt;
  return parse_constraint(std::string_view(source).substr(open + 1, source.size() - open - 2));
}

void report_sql(const Place& place) {
  const Fact<SqlText>* sql = place.extra.sql ? &*place.extra.sql : nullptr;
  const std::string text = sql != nullptr && sql->known() ? one_line(sql->value().text) : std::string();
  Finding& finding =
      report(place, text, "raw SQL among the extras of " + display_name(place.table) + " does nothing" + (text.empty() ? "" : ": " + text));
  std::optional<SqlConstraint> constraint = parse_constraint(text);
  if (!constraint) {
    finding.help = "write it as a builder, or put the SQL into a migration of its own (drizzle-kit generate --custom)";
    return;
  }
  if (constraint->kind == ConstraintKind::kCheck && constraint->name.empty()) {
    const std::string name = check_name(place.table, constraint->expression);
    constraint->name = name;
    for (int n = 1; place.check_names.contains(constraint->name); ++n) constraint->name = name + std::to_string(n);
  }
  place.check_names.insert(constraint->name);
  const std::optional<SqlConstraint> raw = constraint_in_template(place.source());
  const std::string parameter(place.table.extras_parameter.empty() ? "t" : place.table.extras_parameter);
  const bool bound = sql != nullptr && sql->known() && !sql->value().params.empty();
  const std::optional<std::string> builder =
      bound && !raw ? std::nullopt : builder_for(place.context.model(), place.table, *constraint, raw ? &*raw : nullptr, parameter);
  if (!builder) {
    finding.help = "use " + builder_name(constraint->kind) +
                   "; the SQL names a column or table that the schema does not have, so it cannot be written for you";
    return;
  }
  finding.help = "write " + *builder;
  const std::string callback = place.extras_source();
  const std::string source = place.source();
  if (!place.table.extras_parameter.empty()) {
    propose(place, finding, source, *builder);
  } else if (const std::size_t at = callback.find(source); callback.starts_with("()") && at != std::string::npos) {
    // Raw SQL needs no columns, so the callback may have no parameter yet.
    propose(place, finding, callback, "(t)" + callback.substr(2, at - 2) + *builder + callback.substr(at + source.size()));
  }
}

/// The columns that a builder's name is made of: slug of tags_slug_idx. Empty when the name says anything else.
std::vector<const Column*> columns_in_name(const Table& table, std::string_view name) {
  const std::string prefix = std::string(table.name.value_or("")) + "_";
  if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  const std::size_t last = name.rfind('_');
  if (last == std::string_view::npos) return {};
  const std::string_view suffix = name.substr(last + 1);
  if (suffix != "idx" && suffix != "index" && suffix != "key" && suffix != "unique" && suffix != "uidx") return {};
  name = name.substr(0, last);
  std::vector<const Column*> columns;
  while (!name.empty()) {
    // The longest column that fits: store_id rather than store.
    const Column* best = nullptr;
    for (const Column& column : table.columns) {
      const std::string_view own = column.name.value_or("");
      if (own.empty() || !name.starts_with(own) || (name.size() > own.size() && name[own.size()] != '_')) continue;
      if (best == nullptr || own.size() > best->name.value().size()) best = &column;
    }
    if (best == nullptr) return {};
    columns.push_back(best);
    name.remove_prefix(std::min(name.size(), best->name.value().size() + 1));
  }
  return columns;
}

void report_without_on(const Place& place) {
  const std::string label = builder_label(place.extra.builder, place.extra.name);
  Finding& finding = report(place, label, label + " of " + display_name(place.table) + " names no columns, so it does nothing");
  finding.help = "add .on(…) with its columns; which ones were meant cannot be known from here";
  const std::string source = place.source();
  const std::string parameter(place.table.extras_parameter);
  const std::vector<const Column*> columns = columns_in_name(place.table, place.extra.name.value_or(""));
  if (columns.empty() || parameter.empty() || !source.ends_with(')')) return;
  std::string on;
  for (const Column* column : columns) on += (on.empty() ? "" : ", ") + parameter + "." + std::string(column->key);
  finding.help = "add .on(" + on + "), if those are the columns that the name means";
  propose(place, finding, source, source + ".on(" + on + ")");
}

void report_wrapped(const Place& place, std::string_view how) {
  const std::string labels = inner_labels(place.extra);
  const std::string sources = inner_sources(place);
  Finding& finding = report(place, labels, labels + " of " + display_name(place.table) + " " + std::string(how) + ", so it does nothing");
  finding.help = "put the builder itself into the array";
  if (sources.empty()) return;
  finding.help = "write " + one_line(sources);
  propose(place, finding, place.source(), sources);
}

void report_other_dialect(const Place& place) {
  const std::string label = builder_label(place.extra.builder, place.extra.name);
  const std::string origin(place.extra.dialect ? core_module(*place.extra.dialect) : std::string_view("another dialect"));
  Finding& finding = report(place, label,
                            label + " of " + display_name(place.table) + " comes from " + origin + ", so it does nothing in a " +
                                std::string(to_string(place.table.dialect)) + " table");
  finding.help = "import " + std::string(place.extra.builder.empty() ? "it" : place.extra.builder) + " from \"" +
                 std::string(core_module(place.table.dialect)) + "\"";
}

void report_no_return(const Place& place) {
  Finding& finding = report(place, "callback",
                            "the extras callback of " + display_name(place.table) + " returns nothing" +
                                (place.extra.inner.empty() ? "" : ", so " + inner_labels(place.extra) + " does nothing"));
  finding.note = "drizzle-orm sees no extras at all, or throws where it expects an object of them";
  const std::string sources = inner_sources(place);
  finding.help = "return the builders in an array";
  const std::string callback = place.extras_source();
  const std::size_t arrow = callback.find("=>");
  if (sources.empty() || arrow == std::string::npos) return;
  finding.help = "write " + one_line(callback.substr(0, arrow)) + " => [" + one_line(sources) + "]";
  propose(place, finding, callback, callback.substr(0, arrow) + "=> [" + sources + "]");
}

/// `condition && index(…)` leaves false, null or undefined behind: that is meant.
bool is_deliberate(const Place& place) {
  const std::string_view kind = place.extra.kind;
  if (kind == "null" || kind == "undefined" || kind == "Boolean" || kind == "boolean") return true;
  const std::string source = one_line(place.source());
  return source == "{}" || source == "[]";
}

void report_other(const Place& place) {
  if (is_deliberate(place)) return;
  const std::string kind(place.extra.kind.empty() ? "value" : place.extra.kind);
  Finding& finding = report(
      place, kind,
      "this entry of the extras of " + display_name(place.table) + " is no index, constraint or policy (" + kind + "), so it does nothing");
  finding.help = "put an index(), unique(), check(), primaryKey(), foreignKey() or policy builder here, or take it out";
  if (const std::optional<std::string> builder = builder_for_lookalike(place.table, place.source())) {
    finding.help = "write " + one_line(*builder);
    propose(place, finding, place.source(), *builder);
  }
}

void report_extra(const RuleContext& context, const Table& table, const IgnoredExtra& extra, std::set<std::string>& check_names) {
  const Place place{context, table, extra, check_names};
  switch (extra.reason) {
    case IgnoredReason::kRawSql: return report_sql(place);
    case IgnoredReason::kWithoutOn: return report_without_on(place);
    case IgnoredReason::kObjectInArray:
      return extra.inner.empty() ? report_other(place) : report_wrapped(place, "is wrapped in an object inside the array");
    case IgnoredReason::kNestedTooDeep:
      return extra.inner.empty() ? report_other(place) : report_wrapped(place, "is nested more than one array deep");
    case IgnoredReason::kOtherDialect: return report_other_dialect(place);
    case IgnoredReason::kReturnsNothing: return report_no_return(place);
    case IgnoredReason::kNotABuilder: return report_other(place);
  }
}

void report_standalone(const RuleContext& context, const StandaloneBuilder& builder) {
  const Table* table = builder.columns.empty() ? nullptr : builder.columns.front()->table;
  const std::string label = builder_label(builder.builder, builder.name);
  Subject subject;
  if (table != nullptr) subject = table_subject(SubjectKind::kExtra, *table);
  subject.kind = SubjectKind::kExtra;
  subject.name = label;
  Finding& finding = context.report(builder.span, std::move(subject), label + " stands outside any table, so it does nothing");
  finding.note =
      "drizzle-kit collects exported tables, enums and views; an exported PostgreSQL index makes it stop with a JSON error and exit with 0";
  finding.help = "move it into the third argument of " + (table != nullptr ? display_name(*table) : std::string("its table"));
  finding.evidence.push_back({"declaration", "the builder is not part of a table", builder.span});
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  for (const std::span<const Table> tables : {model.tables, model.hidden_tables}) {
    for (const Table& table : tables) {
      std::set<std::string> check_names;
      for (const Check& check : table.checks) check_names.emplace(check.name.value_or(""));
      for (const IgnoredExtra& extra : table.ignored_extras) report_extra(context, table, extra, check_names);
    }
  }
  for (const StandaloneBuilder& builder : model.standalone_builders) report_standalone(context, builder);
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "ineffective-table-extra",
    .summary = "An index or constraint is written where drizzle-orm silently skips it.",
    .category = "silently-dropped",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::ineffective_table_extra
