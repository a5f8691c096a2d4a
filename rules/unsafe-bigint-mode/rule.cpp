// 64-bit ids as JavaScript numbers, which are exact up to 2^53 only. Ids that the database counts never get there, so only those count that
// something else makes: a primary key without a sequence, and ids of services that give out 64-bit numbers.
#include <algorithm>
#include <array>
#include <string>

#include "_shared/column_facts.h"
#include "_shared/keys.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::unsafe_bigint_mode {
namespace {

bool is_number_mode(const Column& column) { return column.column_type.ends_with("BigInt53") && column.builder == "bigint"; }

/// The database counts it: one row a microsecond takes 285 years to reach 2^53.
bool is_counted(const Column& column) { return column.identity || column.auto_increment || column.generated || column.has_default; }

bool has(const Words& words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

/// The service whose ids pass 2^53 (snowflakes and their like); empty for others.
std::string_view service_of(const Column& column) {
  static constexpr auto kServices = std::to_array<std::string_view>(
      {"discord", "guild", "snowflake", "tweet", "twitter", "tiktok", "steam", "steamid", "facebook", "instagram"});
  const Words words = split_words(column.key);
  const bool is_id = !words.empty() && (words.back() == "id" || words.back() == "snowflake" || words.back() == "steamid");
  if (!is_id) return {};
  for (const std::string_view service : kServices) {
    if (has(words, service)) return service;
  }
  return {};
}

bool references(const Table& table, const Column& column) {
  return column.unread_reference || table.incomplete.foreign_keys ||
         std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
           return std::find(key.columns.begin(), key.columns.end(), &column) != key.columns.end();
         });
}

void report(const RuleContext& context, const Table& table, const Column& column, const std::string& why) {
  Finding& finding =
      context.report(column.span, column_subject(column),
                     display_name(table, column) + " is a 64-bit id that drizzle-orm reads as a number, which is exact up to 2^53 only");
  finding.confidence = Confidence::kMedium;
  finding.note = "beyond 9007199254740991 two ids become the same number, and a lookup finds another row or none";
  finding.help = "use { mode: \"bigint\" } where ids may be larger; JSON.stringify() does not take a bigint, so send it as text";
  finding.evidence.push_back({"declaration", why, column.span});
  finding.evidence.push_back(type_evidence(table, column));
  const char quote = quote_of(context.model().sources->text(column.span));
  const auto quoted = [&](std::string_view text) { return std::string(1, quote) + std::string(text) + std::string(1, quote); };
  finding.change = replace_in_column(context.model(), column, "mode: " + quoted("number"), "mode: " + quoted("bigint"));
}

void check(const RuleContext& context) {
  for (const Table& table : context.model().tables) {
    const std::vector<const Column*> key = primary_key(table);
    for (const Column& column : table.columns) {
      if (!is_number_mode(column) || column.unread_chain || is_counted(column) || references(table, column)) continue;
      if (const std::string_view service = service_of(column); !service.empty()) {
        report(context, table, column, "ids of this kind (" + std::string(service) + ") are larger than 2^53");
      } else if (key.size() == 1 && key.front() == &column && !table.incomplete.primary_keys && split_words(column.key).back() == "id") {
        report(context, table, column,
               "it is the primary key, and nothing in the database counts it: the program, or another one, makes the ids");
      }
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "unsafe-bigint-mode",
    .summary = "A 64-bit id is read as a JavaScript number, which is exact up to 2^53 only.",
    .category = "types",
    .severity = Severity::kInfo,
    .check = check,
};

}  // namespace drizzle_audit::rules::unsafe_bigint_mode
