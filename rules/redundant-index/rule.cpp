// Indexes that another index of the same table makes superfluous: copies, and those whose columns another one starts with.
#include "drizzle_audit/rule.h"

#include <algorithm>
#include <string>
#include <utility>

#include "_shared/access_path.h"
#include "_shared/keys.h"

namespace drizzle_audit::rules::redundant_index {
namespace {

bool is_btree(const AccessPath& path) { return path.index == nullptr || !path.index->method || *path.index->method == "btree"; }

/// How a part of an index sorts, with the defaults that PostgreSQL has.
struct Order {
  bool descending = false;
  bool nulls_first = false;
};

Order order_of(const IndexColumn& part) {
  Order order;
  order.descending = part.order == "desc";
  order.nulls_first = part.nulls.empty() ? order.descending : part.nulls == "first";
  return order;
}

bool same_options(const Index& a, const Index& b) {
  return std::equal(a.with.begin(), a.with.end(), b.with.begin(), b.with.end(),
                    [](const Option& x, const Option& y) { return x.name == y.name && x.json == y.json; });
}

bool same_condition(const AccessPath& a, const AccessPath& b) {
  const auto where = [](const AccessPath& path) {
    return path.index == nullptr ? nullptr : path.index->where ? &*path.index->where : nullptr;
  };
  const Fact<SqlText>* first = where(a);
  const Fact<SqlText>* second = where(b);
  if (first == nullptr || second == nullptr) return first == second;
  if (!first->known() || !second->known()) return false;
  const SqlText& x = first->value();
  const SqlText& y = second->value();
  return x.text == y.text && std::equal(x.params.begin(), x.params.end(), y.params.begin(), y.params.end());
}

/// Whether `b` starts with the columns of `a`: the same expressions and operator classes, sorted alike or all the other way round.
bool starts_with(const AccessPath& b, const AccessPath& a) {
  if (a.columns.empty() || a.columns.size() > b.columns.size()) return false;
  bool alike = true;
  bool reversed = true;
  for (std::size_t i = 0; i < a.columns.size(); ++i) {
    const IndexColumn plain;
    const IndexColumn& x = a.index == nullptr ? plain : a.index->columns[i];
    const IndexColumn& y = b.index == nullptr ? plain : b.index->columns[i];
    if (a.columns[i] != b.columns[i] || x.op_class != y.op_class) return false;
    if (a.columns[i] == nullptr && (!x.expression.known() || !y.expression.known() || x.expression.value() != y.expression.value()))
      return false;
    const Order p = order_of(x);
    const Order q = order_of(y);
    alike = alike && p.descending == q.descending && p.nulls_first == q.nulls_first;
    reversed = reversed && p.descending != q.descending && p.nulls_first != q.nulls_first;
  }
  return alike || reversed;
}

bool nulls_not_distinct(const Table& table, const AccessPath& path) {
  return std::any_of(table.uniques.begin(), table.uniques.end(), [&](const Unique& unique) {
    return path.kind == AccessKind::kUnique && unique.span == path.span && unique.nulls_not_distinct;
  });
}

/// Whether everything `a` does, `b` does too.
bool replaces(const Table& table, const AccessPath& b, const AccessPath& a) {
  if (!same_condition(a, b) || !starts_with(b, a)) return false;
  const bool is_copy = a.columns.size() == b.columns.size();
  const auto method = [](const AccessPath& path) { return is_btree(path) ? std::string_view("btree") : *path.index->method; };
  if (method(a) != method(b) || (!is_copy && !is_btree(a))) return false;
  if (a.index != nullptr && b.index != nullptr && !same_options(*a.index, *b.index)) return false;
  if (a.index != nullptr && b.index == nullptr && !a.index->with.empty()) return false;
  // SQL Server's primary key is the table itself; an index beside it is smaller.
  if (table.dialect == Dialect::kMssql && b.kind == AccessKind::kPrimaryKey) return false;
  if (a.unique) return is_copy && b.unique && nulls_not_distinct(table, a) == nulls_not_distinct(table, b);
  return true;
}

std::string label(const Table& table, const AccessPath& path) {
  const std::string name = path.name.empty() ? std::string() : " " + std::string(path.name);
  switch (path.kind) {
    case AccessKind::kPrimaryKey: return "the primary key of " + display_name(table);
    case AccessKind::kUnique: return "the unique constraint" + name;
    case AccessKind::kIndex: break;
  }
  return (path.unique ? "the unique index" : "the index") + name;
}

std::string list(const AccessPath& path) {
  std::string text;
  for (std::size_t i = 0; i < path.columns.size(); ++i) {
    text += text.empty() ? "" : ", ";
    text += path.columns[i] != nullptr ? column_name(*path.columns[i]) : std::string(path.index->columns[i].expression.value_or("…"));
  }
  return "(" + text + ")";
}

void report(const RuleContext& context, const Table& table, const AccessPath& a, const AccessPath& b) {
  const bool is_copy = a.columns.size() == b.columns.size();
  Subject subject = table_subject(a.kind == AccessKind::kUnique ? SubjectKind::kUnique : SubjectKind::kIndex, table);
  for (const Column* column : a.columns) {
    if (column != nullptr) subject.columns.push_back(column_name(*column));
  }
  subject.name = a.name;
  std::vector<std::string> columns = subject.columns;
  const std::string mine = label(table, a);
  const std::string other = label(table, b) + " " + list(b);
  Finding& finding = context.report(
      a.span, std::move(subject),
      mine + " " + list(a) + " of " + display_name(table) + " is " + (is_copy ? "a copy of " + other : "the beginning of " + other));
  finding.confidence = is_copy ? Confidence::kCertain : Confidence::kHigh;
  finding.note = is_copy ? "both do the same, and every write has to keep both"
                         : "whatever it finds the longer one finds as well, and every write has to keep both";
  finding.help = "remove " + mine;
  finding.evidence.push_back({"declaration", other, b.span});
  finding.related.push_back({other, b.span});
  if (a.kind == AccessKind::kIndex && !a.name.empty())
    finding.change = DropIndex{table_ref(table), std::move(columns), std::string(a.name)};
}

/// Of two copies the plainer one goes, or the later one.
bool yields(const AccessPath& a, const AccessPath& b) {
  if (a.columns.size() != b.columns.size() || a.unique != b.unique) return true;
  if (a.kind != b.kind) return a.kind > b.kind;
  return b.span < a.span;
}

void check_table(const RuleContext& context, const Table& table) {
  const std::vector<AccessPath> paths = access_paths(table);
  for (const AccessPath& a : paths) {
    if (a.kind == AccessKind::kPrimaryKey) continue;
    const AccessPath* best = nullptr;
    for (const AccessPath& b : paths) {
      if (&a == &b || !replaces(table, b, a) || (replaces(table, a, b) && !yields(a, b))) continue;
      if (best == nullptr || b.columns.size() < best->columns.size()) best = &b;
    }
    if (best != nullptr) report(context, table, a, *best);
  }
}

void check(const RuleContext& context) {
  // SingleStore's keys are not b-trees that a prefix could use.
  if (context.model().dialect == Dialect::kSinglestore) return;
  for (const Table& table : context.model().tables) {
    if (table.name.known()) check_table(context, table);
  }
}

}  // namespace

extern const Rule kRule;
constinit const Rule kRule = {
    .id = "redundant-index",
    .summary = "Another index of the table does all that this one does.",
    .category = "performance",
    .severity = Severity::kWarning,
    .check = check,
};

}  // namespace drizzle_audit::rules::redundant_index
