// Two foreign keys on the same columns to the same columns. Source of truth: drizzle-kit 0.31 writes both when their names differ and only
// the later one when they are equal; drizzle-kit 1.0 refuses equal names.
#include <algorithm>
#include <string>

#include "_shared/foreign_keys.h"
#include "_shared/keys.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::duplicate_foreign_key {
namespace {

/// The same pairs of columns, in whatever order they are listed.
bool same_reference(const ForeignKey& a, const ForeignKey& b) {
  if (a.foreign_table != b.foreign_table || a.columns.size() != b.columns.size() || a.columns.size() != a.foreign_columns.size() ||
      b.columns.size() != b.foreign_columns.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.columns.size(); ++i) {
    const auto found = std::find(b.columns.begin(), b.columns.end(), a.columns[i]);
    if (found == b.columns.end() || b.foreign_columns[static_cast<std::size_t>(found - b.columns.begin())] != a.foreign_columns[i])
      return false;
  }
  return true;
}

bool same_actions(const ForeignKey& a, const ForeignKey& b) { return a.on_delete == b.on_delete && a.on_update == b.on_update; }
bool has_actions(const ForeignKey& key) { return key.on_delete != "no action" || key.on_update != "no action"; }

std::string actions(const ForeignKey& key) {
  return "on delete " + std::string(key.on_delete) + ", on update " + std::string(key.on_update);
}

std::string name_of(const ForeignKey& key) { return key.name.known() && key.name.value() ? std::string(*key.name.value()) : std::string(); }

std::string outcome(const Model& model, const ForeignKey& first, const ForeignKey& second) {
  const bool one_name = name_of(first) == name_of(second) && !name_of(first).empty();
  if (one_name && model.orm_v1) return "both are called " + name_of(first) + ", so drizzle-kit 1.0 refuses the schema and exits with 1";
  if (one_name) return "both are called " + name_of(first) + ", so drizzle-kit writes only one of them and exits with 0";
  if (!same_actions(first, second)) {
    return "drizzle-kit creates both, and they contradict each other (" + actions(first) + "; " + actions(second) +
           "): which one wins is up to the database";
  }
  return "drizzle-kit creates both, and every write checks the same thing twice";
}

/// Takes `.references(…)` off the column, where the table-level foreign key says at least as much.
void propose(const Model& model, const Table& table, const ForeignKey& inline_key, const ForeignKey& table_key, Finding& finding) {
  if (!inline_key.is_inline || table_key.is_inline || (has_actions(inline_key) && !same_actions(inline_key, table_key))) return;
  const std::string source(model.sources->text(inline_key.columns.front()->span));
  const std::size_t at = source.find(".references(");
  if (at == std::string::npos || source.find(".references(", at + 1) != std::string::npos) return;
  std::size_t end = source.find('(', at);
  for (int depth = 0; end < source.size(); ++end) {
    if (source[end] == '(') ++depth;
    if (source[end] == ')' && --depth == 0) break;
  }
  if (end >= source.size()) return;
  finding.change = ReplaceColumn{table_ref(table), column_name(*inline_key.columns.front()), source.substr(at, end + 1 - at), ""};
}

void report(const RuleContext& context, const Table& table, const ForeignKey& first, const ForeignKey& second) {
  const bool agree = same_actions(first, second);
  Finding& finding =
      context.report(second.span, foreign_key_subject(table, second),
                     qualified(table, second.columns) + " has two foreign keys to " +
                         qualified(*second.foreign_table, second.foreign_columns) + (agree ? "" : ", with different actions"));
  if (agree) finding.severity = Severity::kWarning;
  finding.note = outcome(context.model(), first, second);
  finding.help = agree ? "keep one of them" : "keep one of them, the one whose actions you mean";
  for (const ForeignKey* key : {&first, &second}) {
    finding.evidence.push_back(
        {"declaration", std::string(key->is_inline ? ".references()" : "foreignKey()") + ": " + actions(*key), key->span});
  }
  finding.related.push_back({"the first one", first.span});
  propose(context.model(), table, first.is_inline ? first : second, first.is_inline ? second : first, finding);
}

void check(const RuleContext& context) {
  for (const Table& table : context.model().tables) {
    std::vector<const ForeignKey*> keys;
    for (const ForeignKey& key : table.foreign_keys) {
      if (is_readable(table, key)) keys.push_back(&key);
    }
    std::sort(keys.begin(), keys.end(), [](const ForeignKey* a, const ForeignKey* b) { return a->span < b->span; });
    for (std::size_t i = 1; i < keys.size(); ++i) {
      const auto end = keys.begin() + static_cast<std::ptrdiff_t>(i);
      const auto first = std::find_if(keys.begin(), end, [&](const ForeignKey* key) { return same_reference(*key, *keys[i]); });
      if (first != end) report(context, table, **first, *keys[i]);
    }
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "duplicate-foreign-key",
    .summary = "The same columns have two foreign keys to the same columns.",
    .category = "integrity",
    .severity = Severity::kError,
    .check = check,
};

}  // namespace drizzle_audit::rules::duplicate_foreign_key
