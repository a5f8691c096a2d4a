// PostgreSQL has two kinds of timestamps, and comparing them goes through the session's time zone. One finding for a schema: which kind is
// right cannot be known from one column, only that both are there.
#include <algorithm>
#include <string>
#include <vector>

#include "_shared/column_facts.h"
#include "_shared/platform.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::mixed_timestamp_zones {
namespace {

using Columns = std::vector<const Column*>;

/// A table that keeps the zone in a column of its own keeps local times on purpose: opening hours, appointments, schedules.
bool keeps_zone(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
    const Words words = split_words(column.key);
    const auto has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
    return has("timezone") || has("tz") || (has("time") && has("zone"));
  });
}

bool is_local(const Column& column) {
  const Words words = split_words(column.key);
  return std::find(words.begin(), words.end(), "local") != words.end();
}

/// "12 without time zone (orders.at, …)": at most three names.
std::string names(const Columns& columns) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(columns.size(), 3); ++i) {
    text += (i > 0 ? ", " : "") + display_name(*columns[i]->table, *columns[i]);
  }
  return columns.size() > 3 ? text + ", …" : text;
}

/// Names the smaller group: those are the ones to look at.
void report(const RuleContext& context, const Columns& few, const Columns& many, std::string_view few_are, std::string_view many_are,
            std::string_view name) {
  Subject subject;
  subject.kind = SubjectKind::kFile;
  subject.name = name;
  Finding& finding = context.report(few.front()->span, std::move(subject),
                                    std::to_string(few.size()) + " of " + std::to_string(few.size() + many.size()) + " timestamps " +
                                        (few.size() == 1 ? "is " : "are ") + std::string(few_are) + ", the others " +
                                        std::string(many_are) + ": " + names(few));
  constexpr std::size_t kMost = 10;
  for (std::size_t i = 0; i < std::min(few.size(), kMost); ++i) {
    finding.evidence.push_back({"declaration", display_name(*few[i]->table, *few[i]) + " is " + std::string(few_are), few[i]->span});
  }
  if (few.size() > kMost) finding.evidence.back().text += ", and " + std::to_string(few.size() - kMost) + " more";
  finding.evidence.push_back(
      {"declaration", display_name(*many.front()->table, *many.front()) + " is " + std::string(many_are), many.front()->span});
  if (name == "zones") {
    finding.note =
        "a timestamp without time zone is no point in time; comparing it with one that has a zone takes the session's zone, so that "
        "the same query gives other rows on another connection";
    finding.help = "choose { withTimezone: true } for points in time; keep local times apart, with the zone in a column of their table";
  } else {
    finding.note = "the same kind of value is a Date in one row type and a string in another, and must be converted before it is compared";
    finding.help = "choose one mode for the schema";
    finding.severity = Severity::kInfo;
  }
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  if (model.dialect != Dialect::kPostgresql && model.dialect != Dialect::kCockroach) return;
  Columns with_zone;
  Columns without_zone;
  Columns dates;
  Columns strings;
  for (const Table& table : model.tables) {
    if (table.schema.known() && table.schema.value() && is_platform_schema(*table.schema.value())) continue;
    const bool local = keeps_zone(table);
    for (const Column& column : table.columns) {
      const std::string type = plain_type(column);
      if (!type.starts_with("timestamp") || column.builder != "timestamp") continue;
      if (type == "timestamp with time zone") with_zone.push_back(&column);
      else if (type == "timestamp" && !local && !is_local(column)) without_zone.push_back(&column);
      (column.column_type.ends_with("String") ? strings : dates).push_back(&column);
    }
  }
  const auto smaller_first = [&](const Columns& a, const Columns& b, std::string_view a_is, std::string_view b_is, std::string_view name) {
    if (a.empty() || b.empty()) return;
    if (a.size() <= b.size()) report(context, a, b, a_is, b_is, name);
    else report(context, b, a, b_is, a_is, name);
  };
  smaller_first(without_zone, with_zone, "without time zone", "with time zone", "zones");
  smaller_first(strings, dates, "in mode \"string\"", "in mode \"date\"", "modes");
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "mixed-timestamp-zones",
    .summary = "A schema has timestamps with and without time zone.",
    .category = "types",
    .severity = Severity::kWarning,
    .check = check,
};

}  // namespace drizzle_audit::rules::mixed_timestamp_zones
