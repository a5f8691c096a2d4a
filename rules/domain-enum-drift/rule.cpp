// A union of texts, or a plain string, where the column is an enum. Members are compared as sets; a union that shares none of them is about
// something else.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "_shared/column_facts.h"
#include "_shared/domain_types.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::domain_enum_drift {
namespace {

struct Drift {
  std::vector<std::string> missing;  ///< the column has them, the type has not
  std::vector<std::string> extra;
  bool shares = false;
};

/// In the order of `values`, then of `texts`.
Drift compare(const std::vector<std::string>& values, const std::vector<std::string>& texts) {
  Drift drift;
  for (const std::string& value : values) {
    const bool known = std::find(texts.begin(), texts.end(), value) != texts.end();
    if (known) drift.shares = true;
    else drift.missing.push_back(value);
  }
  for (const std::string& text : texts) {
    if (std::find(values.begin(), values.end(), text) == values.end()) drift.extra.push_back(text);
  }
  return drift;
}

std::vector<std::string> values_of(const Column& column) {
  std::vector<std::string> values;
  if (!column.enum_values.known()) return values;
  for (const std::string_view value : column.enum_values.value()) values.emplace_back(value);
  return values;
}

std::string list(const std::vector<std::string>& texts) {
  constexpr std::size_t kMost = 8;
  std::string text;
  for (std::size_t i = 0; i < texts.size() && i < kMost; ++i) text += (i == 0 ? "" : ", ") + (texts[i].empty() ? "\"\"" : texts[i]);
  if (texts.size() > kMost) text += " and " + std::to_string(texts.size() - kMost) + " more";
  return text;
}

/// "lacks authorized, refunded and has open, which …"
std::string said(const Drift& drift, const std::string& column) {
  std::string text;
  if (!drift.missing.empty()) text = "lacks " + list(drift.missing) + " of " + column;
  if (!drift.extra.empty()) text += (text.empty() ? "has " : ", and has ") + list(drift.extra) + ", which " + column + " never is";
  return text;
}

std::string note_of(const Drift& drift) {
  if (drift.missing.empty()) return "the database refuses these values, and branches for them never run";
  return "code that handles every member of the type misses values that rows do have";
}

/// What the property's type becomes: the derived one, with the null and undefined that it has.
std::string with_rest(std::string text, const ComparedProperty& property) {
  if (property.domain.null) text += " | null";
  if (property.domain.undefined && !property.optional) text += " | undefined";
  return text;
}

void set_help(Finding& finding, const std::optional<DerivedType>& derived, std::string_view otherwise) {
  finding.help = derived ? "derive it, so that it follows the column: " + derived->text : std::string(otherwise);
}

void check_property(const RuleContext& context, const DomainType& type, const ComparedProperty& property) {
  if (property.from_row || property.repeated || !is_enum(property)) return;
  const std::vector<std::string> values = values_of(*property.column);
  if (values.empty()) return;
  const std::string column = display_name(*type.table, *property.column);
  const std::string label = property_label(type, property);
  const std::optional<DerivedType> derived = enum_type_of(context.model(), *property.column, type.span.file);
  const auto finish = [&](Finding& finding) {
    set_help(finding, derived, "list the values of the column");
    if (derived) finding.change = replace_type(context.model(), type, property, with_rest(derived->text, property), derived->imports);
  };
  if (property.domain.kind == ValueKind::kText) {
    if (type.input) return;
    Finding& finding = report_property(context, type, property, label + " is string, but " + column + " is one of " + list(values));
    finding.severity = Severity::kWarning;
    finding.note = "a slip of the pen in a value compiles, and nobody can see that all values are handled";
    finish(finding);
    return;
  }
  const bool is_typescript_enum = property.domain.kind == ValueKind::kOther && !property.domain.texts.empty();
  if (property.domain.kind != ValueKind::kTexts && !is_typescript_enum) return;
  Drift drift = compare(values, property.domain.texts);
  if (!drift.shares) return;
  if (type.input) drift.missing.clear();
  // One value alone tells the members of a union of types apart: PaidOrder has the status "paid".
  if (property.domain.texts.size() == 1 && drift.extra.empty()) return;
  if (drift.missing.empty() && drift.extra.empty()) return;
  Finding& finding = report_property(context, type, property, label + " " + said(drift, column));
  finding.note = note_of(drift);
  if (is_typescript_enum) finding.help = "let the enum of TypeScript and the column's have the same values";
  else finish(finding);
}

void check_union(const RuleContext& context, const DomainUnion& one) {
  Drift drift = compare(one.values, one.texts);
  if (one.input) drift.missing.clear();
  if (!drift.shares || (drift.missing.empty() && drift.extra.empty())) return;
  const Table& table = *one.column->table;
  Subject subject = table_subject(one.property.empty() ? SubjectKind::kType : SubjectKind::kProperty, table);
  subject.columns = {column_name(*one.column)};
  subject.type = one.type;
  subject.name = one.property;
  const std::string column = display_name(table, *one.column);
  const std::string label = one.property.empty() ? one.type : one.type + "." + one.property;
  Finding& finding = context.report(one.span, std::move(subject), label + " " + said(drift, column));
  finding.confidence = Confidence::kHigh;
  finding.note = note_of(drift);
  finding.evidence.push_back({"name", "it is taken for " + column + ": " + one.why, one.span});
  finding.evidence.push_back({"declaration", column + " is one of " + list(one.values), one.column->span});
  finding.related.push_back({column, one.column->span});
  const std::optional<DerivedType> derived = enum_type_of(context.model(), *one.column, one.span.file);
  set_help(finding, derived, "list the values of the column");
  if (!derived || !one.type_span.somewhere()) return;
  ReplaceDomainProperty change;
  change.type = one.type;
  change.property = one.property;
  change.from = std::string(context.model().sources->text(one.type_span));
  change.to = derived->text;
  change.span = one.type_span;
  change.imports = derived->imports;
  finding.change = std::move(change);
}

void check(const RuleContext& context) {
  for (const DomainType& type : context.types().types) {
    for (const ComparedProperty& property : type.properties) check_property(context, type, property);
  }
  for (const DomainUnion& one : context.types().unions) check_union(context, one);
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "domain-enum-drift",
    .summary = "A hand-written union has other members than the enum column it stands for, or is a plain string.",
    .category = "types",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::domain_enum_drift
