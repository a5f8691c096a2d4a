// Evaluating the schema throws, so neither drizzle-kit nor the application can load it.
#include <algorithm>

#include "_shared/problems.h"

namespace drizzle_audit::rules::schema_throws {
namespace {

constexpr std::string_view kNote = "drizzle-kit and the application stop here; nothing after this point reaches the database";

bool already_reported(const Model& model, Span span) {
  return std::any_of(model.problems.begin(), model.problems.end(), [&](const Problem& problem) {
    return (problem.kind == ProblemKind::kSchemaThrows || problem.kind == ProblemKind::kImportCycle) && problem.span == span;
  });
}

/// A foreign key is evaluated late, when drizzle-kit or a query asks for it: the file loads, and then the reference throws.
void check_foreign_keys(const RuleContext& context, const Table& table) {
  for (const ForeignKey& key : table.foreign_keys) {
    if (!key.error || already_reported(context.model(), key.span)) continue;
    Subject subject{
        .kind = SubjectKind::kForeignKey, .schema = std::nullopt, .table = std::string(table.name.value_or("")), .columns = {}, .name = {}};
    if (table.schema.known() && table.schema.value()) subject.schema = std::string(*table.schema.value());
    subject.columns = column_names(key.columns);
    Finding& finding =
        context.report(key.span, std::move(subject),
                       "this foreign key of " + display_name(table) + " throws when it is evaluated: " + std::string(*key.error));
    finding.note = kNote;
    finding.help = "point the reference at a column that exists";
  }
}

void check(const RuleContext& context) {
  report_problems(context, {ProblemKind::kSchemaThrows, ProblemKind::kImportCycle}, kNote);
  for (const Table& table : context.model().tables) check_foreign_keys(context, table);
  for (const Table& table : context.model().hidden_tables) check_foreign_keys(context, table);
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "schema-throws",
    .summary = "Evaluating the schema throws.",
    .category = "project",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::schema_throws
