// A list in a json column that another table holds row by row. Two signs are needed: that table references this one, and the column bears
// its name or its elements have its columns. Where the authors call it a copy, they know.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "_shared/comments.h"
#include "_shared/keys.h"
#include "_shared/references/missing.h"
#include "drizzle_audit/names.h"
#include "drizzle_audit/rule.h"
#include "redundant-json-column/element_type.h"

namespace drizzle_audit::rules::redundant_json_column {
namespace {

/// A table whose rows belong to another one's, and the columns that say so.
struct Child {
  const Table* table = nullptr;
  std::vector<const Column*> columns;
  Span span;  ///< where that is said
};

using Children = std::map<const Table*, std::vector<Child>>;

Children children_of(const RuleContext& context) {
  const Model& model = context.model();
  Children children;
  for (const Table& table : model.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.error || key.foreign_table == nullptr || key.foreign_table == &table) continue;
      children[key.foreign_table].push_back({&table, {key.columns.begin(), key.columns.end()}, key.span});
    }
  }
  for (const references::Link& link : references::missing_links(context)) {
    if (link.table != link.target) children[link.target].push_back({link.table, link.columns, link.columns.front()->span});
  }
  return children;
}

template <std::size_t Size>
bool has_noun(const Words& words, const std::array<std::string_view, Size>& nouns) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::any_of(nouns.begin(), nouns.end(), [&](std::string_view noun) { return same_noun(word, noun); });
  });
}

constexpr std::array<std::string_view, 18> kOwnWords = {"snapshot", "setting",     "metadata", "meta",       "config", "preference",
                                                        "payload",  "translation", "i18n",     "cache",      "cached", "copy",
                                                        "raw",      "draft",       "default",  "permission", "event",  "log"};
constexpr std::array<std::string_view, 11> kRecords = {"history", "audit",    "archive", "log",    "snapshot", "event",
                                                       "version", "revision", "backup",  "outbox", "webhook"};

bool is_json(const Column& column) {
  const std::string_view type = column.sql_type.value_or("");
  return type.starts_with("json") || column.column_type.find("Json") != std::string_view::npos;
}

bool is_list_of_text(const Column& column) { return column.dimensions == 1 && !is_json(column); }

/// What the comments at the column say: a copy that is meant as one is no mistake.
bool is_meant_as_copy(const Comments& comments, const Column& column) {
  std::vector<std::string> texts = comments.inside(column.span);
  texts.push_back(comments.above(column.span));
  texts.push_back(comments.behind(column.span));
  static constexpr std::string_view kMarks[] = {"denormali", "snapshot",  "cache",       "copy",       "copied",
                                                "frozen",    "as of",     "at the time", "legacy",     "deprecated",
                                                "immutable", "materiali", "derived",     "projection", "mirror"};
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    return std::any_of(std::begin(kMarks), std::end(kMarks), [&](std::string_view mark) { return text.find(mark) != std::string::npos; });
  });
}

/// orders, or what this table's name comes before: order_items for the items of orders.
bool is_called(const Table& child, const Table& table, const Words& column) {
  const Words words = split_words(child.name.value_or(""));
  if (same_name(words, column)) return true;
  const Words own = split_words(table.name.value_or(""));
  if (own.empty() || words.size() <= column.size() || !same_noun(words.front(), own.back())) return false;
  return same_name({words.end() - static_cast<std::ptrdiff_t>(column.size()), words.end()}, column);
}

bool is_plural(const std::string& word) { return noun_forms(word).size() > 1 || word.ends_with("s"); }

/// Of the keys, those that are columns of the table, by either name.
std::vector<std::string> shared_keys(const std::vector<std::string>& keys, const Table& table) {
  std::vector<std::string> shared;
  for (const std::string& key : keys) {
    const Words words = split_words(key);
    const bool found = std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
      return column.key == key || split_words(column.name.value_or(column.key)) == words;
    });
    if (found) shared.push_back(key);
  }
  return shared;
}

struct Copy {
  const Column* column = nullptr;
  const Child* child = nullptr;
  const Table* listed = nullptr;  ///< what a link table's rows lead to, when the column lists ids
  bool by_name = false;
  std::vector<std::string> keys;  ///< of the elements, that the child has too
};

/// Every column of the child that is not how it is stored: ids and timestamps are in every table.
std::size_t own_columns(const Child& child) {
  return static_cast<std::size_t>(std::count_if(child.table->columns.begin(), child.table->columns.end(), [&](const Column& column) {
    const Words words = split_words(column.name.value_or(column.key));
    return words.back() != "id" && words.back() != "at" &&
           std::find(child.columns.begin(), child.columns.end(), &column) == child.columns.end();
  }));
}

std::optional<Copy> copy_of_rows(const Column& column, const Words& words, const ElementType& type, const std::vector<Child>& children) {
  constexpr std::size_t kFewest = 3;
  std::optional<Copy> best;
  for (const Child& child : children) {
    if (!child.table->name.known() || has_noun(split_words(child.table->name.value()), kRecords)) continue;
    // Who made a row does not own it.
    if (split_words(child.columns.front()->name.value_or("")).back() == "by") continue;
    Copy copy{&column, &child, nullptr, is_called(*child.table, *column.table, words), shared_keys(type.keys, *child.table)};
    const bool same_shape =
        copy.keys.size() >= kFewest && 2 * copy.keys.size() >= own_columns(child) && 2 * copy.keys.size() >= type.keys.size();
    if (type.shape == Shape::kObjects && !same_shape && 2 * copy.keys.size() < type.keys.size()) continue;  // other things of that name
    if (!copy.by_name && !same_shape) continue;
    if (type.shape == Shape::kPlain) continue;
    if (!best || copy.keys.size() > best->keys.size() || (copy.by_name && !best->by_name)) best = std::move(copy);
  }
  return best;
}

/// `tag_ids` beside product_tags: the ids of what a link table leads to.
std::optional<Copy> copy_of_links(const Column& column, Words words, const ElementType& type, const std::vector<Child>& children,
                                  const Children& all) {
  const bool ids = words.size() > 1 && (words.back() == "ids" || words.back() == "id");
  if (ids) words.pop_back();
  if (!ids && type.shape != Shape::kPlain && !is_list_of_text(column)) return std::nullopt;
  constexpr std::size_t kFewColumns = 8;
  for (const auto& [target, referring] : all) {
    if (target == column.table || !same_name(split_words(target->name.value_or("")), words)) continue;
    for (const Child& child : children) {
      const bool links = child.table->columns.size() <= kFewColumns &&
                         std::any_of(referring.begin(), referring.end(), [&](const Child& other) { return other.table == child.table; });
      if (links) return Copy{&column, &child, target, true, {}};
    }
  }
  return std::nullopt;
}

void report(const RuleContext& context, const Copy& copy) {
  const Table& table = *copy.column->table;
  const Table& owner = *copy.child->table;
  Subject subject = table_subject(SubjectKind::kColumn, table);
  subject.columns = {column_name(*copy.column)};
  const std::string label = display_name(table) + "." + column_name(*copy.column);
  std::string by;
  for (const Column* column : copy.child->columns) by += (by.empty() ? "" : ", ") + column_name(*column);
  Finding& finding = context.report(
      copy.column->span, std::move(subject),
      copy.listed == nullptr ? label + " repeats rows of " + display_name(owner) + ", which reference " + display_name(table) + " by " + by
                             : label + " lists " + display_name(*copy.listed) + ", as the link table " + display_name(owner) + " does");
  finding.confidence = !copy.keys.empty() ? Confidence::kHigh : Confidence::kMedium;
  finding.note = "the same is stored twice: whoever forgets to write both shows an old state, and nothing in the database notices";
  finding.help = "read it from " + display_name(owner) + " instead; then drop the column, after comparing the two";
  finding.evidence.push_back({"reference", display_name(owner) + "." + by + " references " + display_name(table), copy.child->span});
  if (!copy.keys.empty()) {
    std::string keys;
    for (const std::string& key : copy.keys) keys += (keys.empty() ? "" : ", ") + key;
    finding.evidence.push_back({"type", "its elements have columns of " + display_name(owner) + ": " + keys, *copy.column->type_argument});
  }
  if (copy.by_name) {
    const Table& named = copy.listed == nullptr ? owner : *copy.listed;
    finding.evidence.push_back({"name", column_name(*copy.column) + " names " + display_name(named), named.name_span});
  }
  finding.related.push_back({display_name(owner), owner.name_span});
  DropColumn change;
  change.table = table_ref(table);
  change.column = column_name(*copy.column);
  change.parity_table = table_ref(owner);
  for (const Column* column : copy.child->columns) change.parity_columns.push_back(column_name(*column));
  finding.change = std::move(change);
}

void check_column(const RuleContext& context, const Column& column, const std::vector<Child>& children, const Children& all,
                  const Comments& comments) {
  if (!column.name.known() || !column.sql_type.known() || column.generated || column.unread_chain) return;
  if (!is_json(column) && !is_list_of_text(column)) return;
  const Words words = split_words(column.name.value());
  if (words.empty() || has_noun(words, kOwnWords)) return;
  const ElementType type = column.type_argument ? element_type(context.model().sources->text(*column.type_argument)) : ElementType{};
  if (type.shape == Shape::kNoList || !is_plural(words.back())) return;
  std::optional<Copy> copy;
  if (is_json(column)) copy = copy_of_rows(column, words, type, children);
  if (!copy) copy = copy_of_links(column, words, type, children, all);
  if (copy && !is_meant_as_copy(comments, column)) report(context, *copy);
}

void check(const RuleContext& context) {
  const Model& model = context.model();
  const Children children = children_of(context);
  const Comments comments(model);
  for (const Table& table : model.tables) {
    const auto own = children.find(&table);
    if (own == children.end() || !table.name.known() || has_noun(split_words(table.name.value()), kRecords)) continue;
    for (const Column& column : table.columns) check_column(context, column, own->second, children, comments);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "redundant-json-column",
    .summary = "A json column repeats rows that another table holds.",
    .category = "integrity",
    .severity = Severity::kWarning,
    .check = check,
};

}  // namespace drizzle_audit::rules::redundant_json_column
