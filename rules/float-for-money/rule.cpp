// Amounts of money in binary floating point. The type is a fact, that a column is money is read from names: a word that means money by
// itself, or one that may, in a table that deals in money. Names are one sign, so this stays a warning.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "_shared/column_facts.h"
#include "_shared/keys.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::float_for_money {
namespace {

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& words, const Words& name) {
  return std::any_of(name.begin(), name.end(), [&](const std::string& word) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view each) { return same_noun(each, word); });
  });
}

bool is_money_word(const Words& name) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"price",  "cost", "salary", "wage",    "fee",       "tax",     "vat",   "revenue", "subtotal", "refund",
       "payout", "msrp", "paid",   "payment", "surcharge", "tuition", "rent",  "payroll", "profit",   "debt",
       "mrr",    "arr",  "usd",    "eur",     "dollar",    "euro",    "money", "cash"});
  return holds(kWords, name);
}

/// Words that mean money in an order and something else in a recipe.
bool is_perhaps_money_word(const Words& name) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"amount", "total",   "balance", "budget", "discount", "credit",   "debit",      "charge", "deposit", "earning",
       "income", "expense", "net",     "gross",  "tip",      "shipping", "commission", "spend",  "spent",   "due"});
  return holds(kWords, name);
}

/// Shares, counts and measures, even when the name says money: tax_rate, discount_percent, price_score, cost_weight.
bool is_no_amount(const Words& name) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"rate",       "ratio",       "percent",   "percentage", "pct",    "bps",      "factor",   "multiplier", "coefficient", "score",
       "weight",     "share",       "fraction",  "index",      "rank",   "rating",   "change",   "delta",      "trend",       "volatility",
       "confidence", "probability", "latitude",  "longitude",  "lat",    "lng",      "lon",      "quantity",   "qty",         "count",
       "number",     "point",       "hour",      "minute",     "second", "day",      "token",    "kg",         "gram",        "calorie",
       "distance",   "area",        "volume",    "length",     "width",  "height",   "duration", "size",       "threshold",   "margin",
       "markup",     "similarity",  "usage",     "elasticity", "byte",   "kb",       "mb",       "gb",         "request",     "call",
       "step",       "run",         "event",     "std",        "stddev", "variance", "avg",      "average",    "mean",        "median",
       "estimate",   "estimated",   "predicted", "forecast",   "per"});
  return holds(kWords, name);
}

bool any_column(const Table& table, bool (*test)(const Words&)) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) { return test(split_words(column.key)); });
}

bool is_currency(const Words& name) {
  static constexpr auto kWords = std::to_array<std::string_view>({"currency"});
  return holds(kWords, name);
}

bool is_metering(const Words& name) {
  static constexpr auto kWords = std::to_array<std::string_view>({"token", "model", "llm", "prompt", "completion", "usage"});
  return holds(kWords, name);
}

/// What a call of a language model or of a cloud cost: fractions of a cent, worked out and summed up, never paid one by one.
bool meters_usage(const Table& table) { return is_metering(split_words(table.name.value_or(""))) || any_column(table, is_metering); }

bool is_money_table(const Words& name) {
  static constexpr auto kWords =
      std::to_array<std::string_view>({"payment", "invoice", "order",   "transaction", "bill",       "billing",      "expense", "payroll",
                                       "salary",  "wallet",  "account", "ledger",      "cart",       "purchase",     "quote",   "donation",
                                       "refund",  "payout",  "budget",  "deposit",     "withdrawal", "subscription", "sale",    "loan"});
  return holds(kWords, name);
}

bool is_float(const Column& column) {
  const std::string type = plain_type(column);
  switch (column.table->dialect) {
    case Dialect::kPostgresql: return type == "real" || type == "double precision";
    case Dialect::kSqlite: return type == "real" && column.builder == "real";
    default: return type == "float" || type == "double" || type == "real" || type == "double precision";
  }
}

bool is_exact(const Column& column) {
  const std::string type = plain_type(column);
  return type.starts_with("numeric") || type.starts_with("decimal") || type.starts_with("integer") || type.starts_with("int") ||
         type.starts_with("bigint") || type == "money";
}

/// Columns of that name elsewhere that are exact: the schema's own idea of this value.
std::vector<const Column*> exact_namesakes(const Model& model, const Column& column) {
  std::vector<const Column*> found;
  for (const Table& table : model.tables) {
    for (const Column& other : table.columns) {
      if (&other != &column && other.key == column.key && is_exact(other)) found.push_back(&other);
    }
  }
  return found;
}

/// Why it is money; empty when it may be something else.
std::string reason(const Table& table, const Column& column) {
  const Words name = split_words(column.key);
  if (is_no_amount(name) || meters_usage(table)) return {};
  if (is_money_word(name)) return "the name says money";
  if (!is_perhaps_money_word(name)) return {};
  if (any_column(table, is_currency)) return "the name may say money, and the table has a currency";
  if (is_money_table(split_words(table.name.value_or("")))) return "the name may say money, and the table is one of money";
  const bool with_prices = std::any_of(table.columns.begin(), table.columns.end(), [](const Column& other) {
    const Words words = split_words(other.key);
    return is_money_word(words) && !is_no_amount(words);
  });
  return with_prices ? "the name may say money, and the table has prices" : "";
}

/// `real("price")` → `numeric("price", { precision: 12, scale: 2, mode: "number" })`: the row type stays a number.
std::optional<SchemaChange> propose(const RuleContext& context, const Column& column) {
  if (column.table->dialect != Dialect::kPostgresql && column.table->dialect != Dialect::kMysql) return std::nullopt;
  const std::string_view source = context.model().sources->text(column.span);
  const std::string call = std::string(column.builder) + "(";
  const std::size_t at = source.find(call);
  const std::size_t close = at == std::string_view::npos ? at : source.find(')', at);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string name(source.substr(at + call.size(), close - at - call.size()));
  if (name.find_first_of("{(,") != std::string::npos) return std::nullopt;
  const std::string quote(1, quote_of(source));
  const std::string to = column.table->dialect == Dialect::kMysql ? "decimal(" : "numeric(";
  return replace_in_column(context.model(), column, source.substr(at, close + 1 - at),
                           to + name + (name.empty() ? "" : ", ") + "{ precision: 12, scale: 2, mode: " + quote + "number" + quote + " })");
}

void check(const RuleContext& context) {
  for (const Table& table : context.model().tables) {
    for (const Column& column : table.columns) {
      if (!is_float(column)) continue;
      const std::string why = reason(table, column);
      if (why.empty()) continue;
      const std::vector<const Column*> namesakes = exact_namesakes(context.model(), column);
      Finding& finding = context.report(column.span, column_subject(column),
                                        display_name(table, column) + " holds money as " + std::string(column.sql_type.value()) +
                                            ", which cannot hold most cents exactly");
      finding.confidence = namesakes.empty() ? Confidence::kMedium : Confidence::kHigh;
      finding.note = "0.1 + 0.2 is not 0.3 in binary floating point: sums drift by cents, and comparing totals fails";
      const bool sqlite = table.dialect == Dialect::kSqlite;
      finding.help = sqlite
                         ? "store the smallest unit (cents) in an integer"
                         : "use numeric with a scale, or the smallest unit (cents) in an integer; precision and scale are yours to choose";
      for (std::size_t i = 0; i < std::min<std::size_t>(namesakes.size(), 3); ++i) {
        finding.evidence.push_back(type_evidence(*namesakes[i]->table, *namesakes[i]));
      }
      finding.evidence.push_back({"name", why, column.key_span});
      finding.evidence.push_back(type_evidence(table, column));
      finding.change = propose(context, column);
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "float-for-money",
    .summary = "An amount of money is stored as a binary floating-point number.",
    .category = "types",
    .severity = Severity::kWarning,
    .check = check,
};

}  // namespace drizzle_audit::rules::float_for_money
