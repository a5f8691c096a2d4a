// A JSON column whose `$type` and the domain type of the same property describe different documents. The database checks neither.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "_shared/column_facts.h"
#include "_shared/domain_types.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::json_shape_drift {
namespace {

bool is_known(ValueKind kind) { return kind != ValueKind::kUnreadable && kind != ValueKind::kAnything && kind != ValueKind::kNothing; }

std::string list(const std::vector<std::string>& texts) {
  constexpr std::size_t kMost = 6;
  std::string text;
  for (std::size_t i = 0; i < texts.size() && i < kMost; ++i) text += (i == 0 ? "" : ", ") + texts[i];
  if (texts.size() > kMost) text += " and " + std::to_string(texts.size() - kMost) + " more";
  return text;
}

/// "has primaryColor, logoUrl, which the column has not; lacks theme; differs at locale (number, string in the column)"
std::string said(const std::vector<ShapeDifference>& differences) {
  std::vector<std::string> extra;
  std::vector<std::string> missing;
  std::vector<std::string> other;
  for (const ShapeDifference& difference : differences) {
    switch (difference.kind) {
      case ShapeDifference::Kind::kOnlyInDomain: extra.push_back(difference.path); break;
      case ShapeDifference::Kind::kOnlyInRow: missing.push_back(difference.path); break;
      case ShapeDifference::Kind::kOptional:
      case ShapeDifference::Kind::kNull:
      case ShapeDifference::Kind::kType:
        other.push_back((difference.path.empty() ? std::string("it is ") : difference.path + " is ") + short_type(difference.domain) +
                        ", not " + short_type(difference.row));
        break;
    }
  }
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  if (!missing.empty()) add("lacks " + list(missing));
  if (!extra.empty()) add("has " + list(extra) + " instead");
  if (missing.empty() && !extra.empty()) text = "has also " + list(extra);
  if (!other.empty()) add(list(other));
  return text;
}

void check_property(const RuleContext& context, const DomainType& type, const ComparedProperty& property) {
  if (property.from_row || property.repeated || !is_json(*property.column) || !property.column->type_argument) return;
  if (!is_known(property.row.kind) || !is_known(property.domain.kind)) return;
  const bool may_be_read = property.core_row_to_domain != Verdict::kNo;
  const bool may_be_written = property.core_domain_to_row != Verdict::kNo;
  if (may_be_read && may_be_written) return;
  if (type.input && may_be_written) return;  // narrower on purpose
  // A part of the document is enough for an update.
  if (type.input && std::all_of(property.differences.begin(), property.differences.end(),
                                [](const ShapeDifference& difference) { return difference.kind == ShapeDifference::Kind::kOptional; }))
    return;
  const std::string column = display_name(*type.table, *property.column);
  const std::string what = said(property.differences);
  Finding& finding = report_property(
      context, type, property,
      property_label(type, property) + " has another shape than " + column +
          (what.empty() ? ": " + short_type(property.domain.text) + ", not " + short_type(property.row.text) : ": " + what));
  finding.note = may_be_read ? "what is written back in this shape leaves out or changes parts of the stored document"
                             : "what code reads by this type is not in the stored document, and written back it destroys the document";
  const std::optional<DerivedType> derived = row_type_of(context.model(), *property.column, type.span.file, type.row);
  finding.help = derived ? "use the column's type: " + derived->text : "use the type that the column's .$type<…>() names";
  finding.evidence.push_back({"declaration", "the column's .$type<…>() says so", *property.column->type_argument});
  if (derived) finding.change = replace_type(context.model(), type, property, derived->text, derived->imports);
}

void check(const RuleContext& context) {
  for (const DomainType& type : context.types().types) {
    for (const ComparedProperty& property : type.properties) check_property(context, type, property);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "json-shape-drift",
    .summary = "A JSON column and a hand-written type of the same property describe different documents.",
    .category = "types",
    .severity = Severity::kWarning,
    .check = check,
};

}  // namespace drizzle_audit::rules::json_shape_drift
