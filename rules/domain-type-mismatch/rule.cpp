// A hand-written type that stands for the rows of a table and says something else of a column than the row's own type. What is only said
// less exactly (may be null, may be missing) is told once a type; enums and JSON have rules of their own.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "_shared/column_facts.h"
#include "_shared/domain_types.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::domain_type_mismatch {
namespace {

using Properties = std::vector<const ComparedProperty*>;

bool is_known(const ComparedProperty& property) {
  const auto readable = [](ValueKind kind) {
    return kind != ValueKind::kUnreadable && kind != ValueKind::kAnything && kind != ValueKind::kNothing;
  };
  return !property.from_row && !property.repeated && readable(property.row.kind) && readable(property.domain.kind);
}

/// Neither type can stand for the other.
bool is_another(const ComparedProperty& property) {
  return property.core_row_to_domain == Verdict::kNo && property.core_domain_to_row == Verdict::kNo;
}

bool is_text(ValueKind kind) { return kind == ValueKind::kText || kind == ValueKind::kTexts; }

/// `createdBy: { id: string; name: string }` where the column holds the id: what it leads to was put in its place.
bool is_expanded(const ComparedProperty& property) {
  const bool is_key = is_text(property.row.kind) || property.row.kind == ValueKind::kNumber || property.row.kind == ValueKind::kBigint;
  if (property.domain.kind == ValueKind::kObject) return is_key;
  return property.domain.kind == ValueKind::kList && is_key && property.domain.text.find("string[]") == std::string::npos &&
         property.domain.text.find("number[]") == std::string::npos;
}

bool is_date_as_text(const ComparedProperty& property) { return property.row.kind == ValueKind::kDate && is_text(property.domain.kind); }

std::string why_it_matters(ValueKind row, ValueKind domain) {
  if (row == ValueKind::kBigint && domain == ValueKind::kNumber)
    return "a number is exact up to 2^53 only, and JavaScript throws where a number and a bigint are added";
  if (row == ValueKind::kBigint && is_text(domain)) return "texts compare letter by letter: \"10\" < \"9\"";
  if (row == ValueKind::kText && domain == ValueKind::kNumber)
    return "what arrives is a text: + puts it together with the next one instead of adding, and it compares letter by letter";
  if (row == ValueKind::kNumber && is_text(domain))
    return "what arrives is a number: text methods throw on it, and === with a text is never true";
  if (row == ValueKind::kDate && is_text(domain)) return "what arrives is a Date: text methods throw on it, and === compares objects";
  if (is_text(row) && domain == ValueKind::kDate) return "what arrives is a text: methods of Date throw on it";
  if (domain == ValueKind::kBoolean || row == ValueKind::kBoolean)
    return "a test for true or false goes wrong with the other type's values";
  return "code that trusts the type goes wrong with what the database returns; nothing checks one against the other";
}

/// The row's type as it may be written in place of the property's own.
std::optional<SchemaChange> correction(const RuleContext& context, const DomainType& type, const ComparedProperty& property) {
  const bool is_plain = property.row.kind == ValueKind::kText || property.row.kind == ValueKind::kNumber ||
                        property.row.kind == ValueKind::kBigint || property.row.kind == ValueKind::kBoolean ||
                        property.row.kind == ValueKind::kDate;
  if (is_plain) {
    static constexpr std::string_view kUndefined = " | undefined";
    std::string text = property.row.text;
    if (property.optional && text.ends_with(kUndefined)) text.resize(text.size() - kUndefined.size());
    return replace_type(context.model(), type, property, std::move(text));
  }
  std::optional<DerivedType> derived = row_type_of(context.model(), *property.column, type.span.file, type.row);
  if (!derived) return std::nullopt;
  return replace_type(context.model(), type, property, std::move(derived->text), std::move(derived->imports));
}

void report_another(const RuleContext& context, const DomainType& type, const ComparedProperty& property) {
  Finding& finding =
      report_property(context, type, property,
                      property_label(type, property) + " is " + short_type(property.domain.text) + ", but " +
                          display_name(*type.table, *property.column) + " is " + short_type(property.row.text) + " in the row");
  finding.note = why_it_matters(property.row.kind, property.domain.kind);
  finding.help = "give it the row's type; where code converts the value on purpose, another name for the property says so";
  finding.change = correction(context, type, property);
  if (type.input) finding.severity = Severity::kWarning;
}

void report_null(const RuleContext& context, const DomainType& type, const ComparedProperty& property) {
  Finding& finding =
      report_property(context, type, property,
                      property_label(type, property) + " is never null, but " + display_name(*type.table, *property.column) + " may be");
  finding.note = "code that trusts the type does not look for null, and fails on the first row without a value";
  finding.help = "add | null, or make the column NOT NULL";
  if (property.type_span.somewhere()) {
    std::string from(context.model().sources->text(property.type_span));
    if (from.find("=>") != std::string::npos || from.find('?') != std::string::npos) from = "(" + from + ")";
    finding.change = replace_type(context.model(), type, property, from + " | null");
  }
}

std::string names(const Properties& properties) {
  constexpr std::size_t kMost = 6;
  std::string text;
  for (std::size_t i = 0; i < properties.size() && i < kMost; ++i) text += (i == 0 ? "" : ", ") + properties[i]->property;
  if (properties.size() > kMost) text += " and " + std::to_string(properties.size() - kMost) + " more";
  return text;
}

std::string count(const Properties& properties, std::string_view noun, std::string_view nouns) {
  return std::to_string(properties.size()) + " " + std::string(properties.size() == 1 ? noun : nouns);
}

void report_dates(const RuleContext& context, const DomainType& type, const Properties& dates) {
  Finding& finding =
      report_type(context, type,
                  type.name + " has " + count(dates, "date", "dates") + " of " + display_name(*type.table) + " as text: " + names(dates));
  finding.severity = Severity::kInfo;
  finding.note = "that is what JSON makes of a Date, so the type is right behind an API and wrong for rows as the query returns them";
  finding.help = "where rows are passed on as they are, write Date; otherwise nothing is wrong";
  for (const ComparedProperty* date : dates) finding.related.push_back({display_name(*type.table, *date->column), date->column->span});
}

void report_undefined(const RuleContext& context, const DomainType& type, const Properties& properties) {
  Finding& finding = report_type(
      context, type, type.name + " leaves out what is null in a row of " + display_name(*type.table) + ": " + names(properties));
  finding.severity = Severity::kWarning;
  finding.note = "a row has null there, never undefined: === undefined is never true, and a default in a pattern is not used";
  finding.help = "write | null instead of ?, or turn null into undefined where rows are read";
  for (const ComparedProperty* property : properties) {
    finding.evidence.push_back({"property", property_label(type, *property) + " is " + short_type(property->domain.text), property->span});
  }
}

void report_looser(const RuleContext& context, const DomainType& type, const Properties& properties) {
  Finding& finding = report_type(
      context, type,
      type.name + " allows null or nothing where columns of " + display_name(*type.table) + " are NOT NULL: " + names(properties));
  finding.severity = Severity::kWarning;
  finding.note = "every reader has to handle a case that no row has, and the type hides that the value is always there";
  finding.help = "say that they are always there: a property without ? and without | null";
  for (const ComparedProperty* property : properties) {
    finding.evidence.push_back({"property", property_label(type, *property) + " is " + short_type(property->domain.text), property->span});
  }
}

void check_type(const RuleContext& context, const DomainType& type) {
  Properties dates;
  Properties undefined;
  Properties looser;
  std::size_t optional = 0;
  for (const ComparedProperty& property : type.properties) {
    if (property.optional) ++optional;
    if (!is_known(property) || is_enum(property) || is_json(*property.column)) continue;
    if (is_expanded(property)) continue;
    if (is_another(property)) {
      if (type.transport && is_date_as_text(property)) dates.push_back(&property);
      else report_another(context, type, property);
      continue;
    }
    if (type.input) continue;  // what is inserted may be narrower, and its defaults may be null
    const bool row_is_null = property.row.null;
    const bool domain_is_null = property.domain.null;
    if (row_is_null && !domain_is_null) {
      if (property.domain.undefined) undefined.push_back(&property);
      else report_null(context, type, property);
    } else if (!row_is_null && (domain_is_null || property.domain.undefined) && !property.row.undefined) {
      looser.push_back(&property);
    }
  }
  if (!dates.empty()) report_dates(context, type, dates);
  // Where everything may be left out the type is meant for parts of rows.
  const bool is_partial = optional * 2 > type.properties.size() && optional > 1;
  if (is_partial) return;
  if (!undefined.empty()) report_undefined(context, type, undefined);
  if (!looser.empty()) report_looser(context, type, looser);
}

void check(const RuleContext& context) {
  for (const DomainType& type : context.types().types) check_type(context, type);
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "domain-type-mismatch",
    .summary = "A hand-written type says something else of a column than its row does.",
    .category = "types",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::domain_type_mismatch
