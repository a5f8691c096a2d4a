// JSON columns without `$type`, in a schema that gives its other JSON columns one, or in a project whose types give the column a shape.
// Without such a sign there is no finding: `unknown` is an honest type for what comes from elsewhere.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "_shared/column_facts.h"
#include "_shared/domain_types.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::json_without_type {
namespace {

/// What nobody but the sender, or the user, knows the shape of.
bool is_open(const Column& column) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"metadata", "meta",    "payload",  "raw",    "extra",      "extras", "custom", "debug",  "webhook", "response",   "request",
       "headers",  "body",    "snapshot", "before", "after",      "input",  "output", "result", "error",   "attributes", "properties",
       "props",    "details", "context",  "data",   "additional", "any",    "other",  "misc",   "json"});
  const Words words = split_words(column.key);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return std::find(kWords.begin(), kWords.end(), word) != kWords.end(); });
}

struct Group {
  std::vector<const Column*> typed;
  std::vector<const Column*> untyped;
};

/// How the program uses it: the first filter that names it.
const ColumnFilter* filter_of(const RuleContext& context, const Column& column) {
  for (const Query& query : context.queries().queries) {
    for (const ColumnFilter& filter : query.filters) {
      if (filter.column == &column && filter.kind != FilterKind::kNull) return &filter;
    }
  }
  return nullptr;
}

/// A type of the project that gives the column's rows a shape: whoever uses it casts.
struct Reader {
  const DomainType* type = nullptr;
  const ComparedProperty* property = nullptr;
};
std::optional<Reader> reader_of(const RuleContext& context, const Column& column) {
  for (const DomainType& type : context.types().types) {
    if (type.input) continue;
    for (const ComparedProperty& property : type.properties) {
      const bool has_shape = property.domain.kind == ValueKind::kObject || property.domain.kind == ValueKind::kList;
      if (property.column == &column && !property.from_row && has_shape) return Reader{&type, &property};
    }
  }
  return std::nullopt;
}

void check(const RuleContext& context) {
  Group schema;
  for (const Table& table : context.model().tables) {
    for (const Column& column : table.columns) {
      if (!is_json(column) || column.unread_chain) continue;
      (column.type_argument ? schema.typed : schema.untyped).push_back(&column);
    }
  }
  // Most JSON columns of the schema have a type, or others of the same table do.
  const bool mostly_typed = schema.typed.size() >= 2 && schema.typed.size() > schema.untyped.size();
  for (const Column* column : schema.untyped) {
    if (is_open(*column)) continue;
    const Table& table = *column->table;
    const auto sibling =
        std::find_if(schema.typed.begin(), schema.typed.end(), [&](const Column* other) { return other->table == &table; });
    const ColumnFilter* filter = filter_of(context, *column);
    const std::optional<Reader> reader = reader_of(context, *column);
    if (!mostly_typed && sibling == schema.typed.end() && filter == nullptr && !reader) continue;
    // 0.x: array() makes a builder of its own, which knows nothing of a type that was given before.
    const bool lost = context.model().sources->text(column->span).find("$type<") != std::string_view::npos;
    if (lost && context.model().orm_v1) continue;
    const std::string what =
        lost ? " loses its type in .array(), so its row type is unknown[]" : " is JSON without a type, so its row type is unknown";
    Finding& finding = context.report(column->span, column_subject(*column), display_name(table, *column) + what);
    finding.confidence = Confidence::kHigh;
    finding.note = "TypeScript checks neither what is written into it nor what is read from it";
    finding.help = lost ? "put .$type<…[]>() after .array()"
                        : "add .$type<…>() with the shape that the program expects; the database does not check it";
    if (reader) {
      const std::string label = reader->type->name + "." + reader->property->property;
      finding.evidence.push_back(
          {"type", label + " gives it a shape: " + short_type(reader->property->domain.text), reader->property->span});
    }
    if (filter != nullptr) finding.evidence.push_back({"query", "the program filters by it", filter->span});
    if (sibling != schema.typed.end()) {
      finding.evidence.push_back({"sibling", display_name(table, **sibling) + " of the same table has a type", (*sibling)->span});
    }
    if (mostly_typed) {
      finding.evidence.push_back({"sibling",
                                  std::to_string(schema.typed.size()) + " of " +
                                      std::to_string(schema.typed.size() + schema.untyped.size()) +
                                      " JSON columns of the schema have a type",
                                  schema.typed.front()->span});
    }
    finding.evidence.push_back(
        {"declaration", lost ? "its .$type<…>() stands before .array()" : "there is no .$type<…>() in its definition", column->span});
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "json-without-type",
    .summary = "A JSON column has no type, although the schema's other JSON columns have one.",
    .category = "types",
    .severity = Severity::kInfo,
    .reads_code = true,
    .check = check,
};

}  // namespace drizzle_audit::rules::json_without_type
