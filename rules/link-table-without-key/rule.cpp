// Link tables in which one pair can stand any number of times. What a link table is, _shared/link_table.h says; other tables without a
// primary key belong to missing-primary-key.
#include "_shared/link_table.h"

#include <algorithm>
#include <string>
#include <utility>

#include "_shared/constraint_names.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::link_table_without_key {
namespace {

/// Code that names the pair as a conflict target expects it to be unique.
const Query* conflict_on_pair(const Queries& queries, const Table& table, const Column* first, const Column* second) {
  for (const Query& query : queries.queries) {
    const auto& target = query.conflict_target;
    if (query.table == &table && std::find(target.begin(), target.end(), first) != target.end() &&
        std::find(target.begin(), target.end(), second) != target.end()) {
      return &query;
    }
  }
  return nullptr;
}

Evidence side(const ForeignKey& key) {
  const Column& column = *key.columns.front();
  return {"declaration", display_name(*column.table) + "." + column_name(column) + " references " + display_name(*key.foreign_table),
          key.span};
}

void report(const RuleContext& context, ConstraintNames& names, const Table& table, const LinkTable& link) {
  const Column* first = link.first->columns.front();
  const Column* second = link.second->columns.front();
  const std::vector<const Column*> pair = {first, second};
  const std::string a = display_name(*link.first->foreign_table);
  const std::string b = display_name(*link.second->foreign_table);
  const std::string owner(table.extras_parameter.empty() ? std::string_view("t") : table.extras_parameter);
  const std::string columns = owner + "." + std::string(first->key) + ", " + owner + "." + std::string(second->key);

  Subject subject = table_subject(SubjectKind::kTable, table);
  subject.columns = {column_name(*first), column_name(*second)};
  Finding& finding = context.report(table.name_span, std::move(subject),
                                    display_name(table) + " links " + a + " and " + b + ", but can hold the same pair any number of times");
  finding.confidence = link.by_name || table.primary_keys.empty() ? Confidence::kHigh : Confidence::kMedium;
  finding.note =
      "joins return such rows twice and counts are wrong; removing a link by its pair removes all of them, adding it twice is no error";
  finding.evidence = {side(*link.first), side(*link.second)};
  if (const Query* query = conflict_on_pair(context.queries(), table, first, second)) {
    finding.evidence.insert(finding.evidence.begin(), {"query", "an insert names the pair as its conflict target", query->span});
  }
  if (table.primary_keys.empty()) {
    AddPrimaryKey change{table_ref(table), {column_name(*first), column_name(*second)}, names.primary_key(table, pair)};
    finding.help = "add primaryKey({ columns: [" + columns + "] }) to the extras; pairs that are there twice have to go first";
    finding.change = std::move(change);
  } else {
    AddUnique change{table_ref(table), {column_name(*first), column_name(*second)}, names.unique(table, pair)};
    finding.help = "add unique(\"" + change.name + "\").on(" + columns + ") to the extras; pairs that are there twice have to go first";
    finding.change = std::move(change);
  }
}

void check(const RuleContext& context) {
  ConstraintNames names(context.model());
  for (const Table& table : context.model().tables) {
    if (const auto link = unbound_link_table(context.model(), context.tenants(), table)) report(context, names, table, *link);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "link-table-without-key",
    .summary = "A table links two others, but can hold the same pair any number of times.",
    .category = "integrity",
    .severity = Severity::kWarning,
    .reads_code = true,
    .check = check,
};

}  // namespace drizzle_audit::rules::link_table_without_key
