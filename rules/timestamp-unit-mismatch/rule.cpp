// SQLite has no timestamps: drizzle-orm's `integer({ mode: "timestamp" })` reads seconds, `timestamp_ms` milliseconds
// (SQLiteTimestamp.mapFromDriverValue). A default that counts in the other unit, or is text, gives dates in 1970, in the year 50000, or
// Invalid Date. `defaultNow()` counts milliseconds in both modes.
#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>

#include "_shared/column_facts.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::timestamp_unit_mismatch {
namespace {

enum class Unit : std::uint8_t { kUnknown, kSeconds, kMilliseconds, kText };

/// Lower case, without spaces and outer brackets.
std::string normal(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  const auto whole_is_bracketed = [&] {
    int depth = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
      if (plain[i] == '(') ++depth;
      if (plain[i] == ')' && --depth == 0) return i + 1 == plain.size();
    }
    return false;
  };
  while (plain.size() > 1 && plain.front() == '(' && whole_is_bracketed()) plain = plain.substr(1, plain.size() - 2);
  return plain;
}

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

/// Calls that give seconds since 1970: unixepoch(), strftime('%s', …).
bool is_seconds(const std::string& text) {
  if (text.starts_with("unixepoch(") && text.find(')') == text.size() - 1) return text.find("subsec") == std::string::npos;
  if (text.starts_with("cast(") && text.ends_with("asinteger)")) return is_seconds(text.substr(5, text.size() - 5 - 10));
  if (text.starts_with("cast(") && text.ends_with("asint)")) return is_seconds(text.substr(5, text.size() - 5 - 6));
  return text.starts_with("strftime('%s',") && text.find(')') == text.size() - 1;
}

Unit unit_of(const std::string& text) {
  if (text == "current_timestamp" || text == "current_date" || text == "current_time" || text.starts_with("datetime(") ||
      text.starts_with("date(") || text.starts_with("time(")) {
    return text.find('*') == std::string::npos && text.find('+') == std::string::npos ? Unit::kText : Unit::kUnknown;
  }
  if (is_seconds(text)) return Unit::kSeconds;
  // drizzle-orm's own defaultNow()
  if (text.find("julianday('now')-2440587.5)*86400000") != std::string::npos) return Unit::kMilliseconds;
  if (text.find("julianday('now')-2440587.5)*86400.0)") != std::string::npos && text.find("*1000") == std::string::npos)
    return Unit::kSeconds;
  if (const std::size_t times = text.rfind("*1000"); times != std::string::npos && times + 5 == text.size()) {
    const std::string factor = normal(text.substr(0, times));
    if (is_seconds(factor)) return Unit::kMilliseconds;
  }
  if (text.starts_with("1000*") && is_seconds(text.substr(5))) return Unit::kMilliseconds;
  if (is_number(text) && text.size() == 10) return Unit::kSeconds;       // 2001 to 2286
  if (is_number(text) && text.size() == 13) return Unit::kMilliseconds;  // the same years
  return Unit::kUnknown;
}

/// "timestamp" or "timestamp_ms": as it is written in the column; empty when it is not written there.
std::string_view mode_in(std::string_view source) {
  for (const std::string_view mode : {"timestamp_ms", "timestamp"}) {
    for (const char quote : {'"', '\''}) {
      const std::string quoted = quote + std::string(mode) + quote;
      const std::size_t at = source.find(quoted);
      if (at != std::string_view::npos && source.find("mode") < at) return mode;
    }
  }
  return {};
}

std::string_view what_is_read(Unit unit, bool reads_milliseconds) {
  if (unit == Unit::kText) return "text, which is read as Invalid Date";
  return reads_milliseconds ? "seconds, so every row is in January 1970" : "milliseconds, so every row is tens of thousands of years ahead";
}

void report(const RuleContext& context, const Table& table, const Column& column, Unit unit, bool reads_milliseconds) {
  const std::string written(context.model().sources->text(column.default_span));
  const bool is_default_now = written.ends_with("defaultNow()");
  const std::string text(*column.default_text.value());
  const std::string_view mode = reads_milliseconds ? "timestamp_ms" : "timestamp";
  Finding& finding =
      context.report(column.default_span, column_subject(column),
                     display_name(table, column) + " reads " + (reads_milliseconds ? "milliseconds" : "seconds") + " (mode \"" +
                         std::string(mode) + "\"), but its default " + (is_default_now ? "defaultNow() " : "") + "gives " +
                         std::string(what_is_read(unit, reads_milliseconds)));
  finding.note = "SQLite stores whatever it is given; drizzle-orm makes a Date of the number in the unit that the mode names";
  finding.evidence.push_back({"declaration", "DEFAULT " + text, column.default_span});
  const std::string_view cure = reads_milliseconds ? "sql`(unixepoch() * 1000)`" : "sql`(unixepoch())`";
  if (column.default_kind == DefaultKind::kLiteral && unit == Unit::kText) {  // a Date
    finding.help = "write $defaultFn(() => " + written + "), which goes through drizzle-orm, or the number as SQL";
    finding.change = replace_in_column(context.model(), column, "default(" + written + ")", "$defaultFn(() => " + written + ")");
    return;
  }
  finding.help = "write .default(" + std::string(cure) + "); rows that have the old default need an update";
  if (is_default_now) finding.change = replace_in_column(context.model(), column, "defaultNow()", "default(" + std::string(cure) + ")");
  else if (column.default_kind == DefaultKind::kSql) finding.change = replace_in_column(context.model(), column, written, cure);
}

void check(const RuleContext& context) {
  if (context.model().dialect != Dialect::kSqlite) return;
  std::set<Span> seen;  // a helper's columns stand in many tables
  for (const Table& table : context.model().tables) {
    for (const Column& column : table.columns) {
      if (column.column_type != "SQLiteTimestamp" || !column.default_text.known() || !column.default_text.value()) continue;
      const std::string_view mode = mode_in(context.model().sources->text(column.span));
      const std::string default_text = normal(*column.default_text.value());
      // drizzle-kit 0.31 writes a Date as JSON text; 1.0 as the number that is meant.
      const bool date = default_text.starts_with("'\"") && column.default_kind == DefaultKind::kLiteral;
      if (date && context.model().orm_v1) continue;
      const Unit unit = date ? Unit::kText : unit_of(default_text);
      if (unit == Unit::kUnknown || mode.empty()) continue;
      const bool reads_milliseconds = mode == "timestamp_ms";
      const bool agrees = unit == (reads_milliseconds ? Unit::kMilliseconds : Unit::kSeconds);
      if (!agrees && seen.insert(column.default_span).second) report(context, table, column, unit, reads_milliseconds);
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "timestamp-unit-mismatch",
    .summary = "A SQLite timestamp reads seconds or milliseconds, and its default counts in the other unit, or is text.",
    .category = "silently-dropped",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::timestamp_unit_mismatch
