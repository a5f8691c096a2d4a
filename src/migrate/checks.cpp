// See checks.h.
#include "migrate/checks.h"

#include <algorithm>

#include "migrate/parity.h"
#include "migrate/sql_text.h"

namespace drizzle_audit::migrate {
namespace {

using Names = std::vector<std::string>;

class Writer {
 public:
  explicit Writer(const Changes& changes) : changes_(changes), dialect_(changes.dialect) {}

  std::vector<DataCheck> write() {
    for (const ForeignKeyChange& change : changes_.foreign_keys) orphans(change);
    for (const UniqueChange& change : changes_.uniques) duplicates(change);
    for (const UniqueChange& change : changes_.uniques) {
      if (!change.nullable.empty()) nulls(change);
    }
    for (const CheckChange& change : changes_.checks) violations(change);
    for (const DropColumnChange& change : changes_.dropped_columns) differences(change);
    return std::move(checks_);
  }

 private:
  [[nodiscard]] std::string filled(const Names& names) const {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "t." : " AND t.") + quoted(dialect_, name) + " IS NOT NULL";
    return out;
  }
  /// `rows`: FROM and WHERE. `shown`: what a sample shows, the first `ordered` of them sort it.
  DataCheck& add(CheckKind kind, std::string name, const TableRef& table, std::string what, const std::string& rows, const Names& shown) {
    DataCheck& check = checks_.emplace_back();
    check.kind = kind;
    check.name = std::move(name);
    check.table = label(table);
    check.what = std::move(what);
    check.count = "SELECT count(*) " + rows;
    const std::string tail = ' ' + rows + " ORDER BY " + columns(dialect_, shown, "t") + " LIMIT " + std::to_string(kSampleSize);
    check.sample = "SELECT " + columns(dialect_, shown, "t") + tail;
    check.sample_key = "SELECT " + shown_as_text(shown) + " AS key" + tail;
    return check;
  }
  /// `'(id=' || t."id"::text || …`, PostgreSQL: NULL shows as null.
  [[nodiscard]] std::string shown_as_text(const Names& names) const {
    std::string out = "concat('('";
    for (std::size_t i = 0; i < names.size(); ++i) {
      out +=
          ", " + literal(dialect_, (i > 0 ? ", " : "") + names[i] + '=') + ", coalesce(t." + quoted(dialect_, names[i]) + "::text, 'null')";
    }
    return out + ", ')')";
  }
  static Names with(Names key, const Names& others) {
    for (const std::string& name : others) {
      if (std::find(key.begin(), key.end(), name) == key.end()) key.push_back(name);
    }
    return key;
  }

  void orphans(const ForeignKeyChange& change) {
    const AddForeignKey& key = change.key;
    std::string match;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      match += (i > 0 ? " AND p." : "p.") + quoted(dialect_, key.foreign_columns[i]) + " = t." + quoted(dialect_, key.columns[i]);
    }
    add(CheckKind::kOrphans, key.name, key.table,
        label(key.table, key.columns) + " refers to " + label(key.foreign_table, key.foreign_columns),
        "FROM " + qualified(dialect_, key.table) + " t WHERE " + filled(key.columns) + " AND NOT EXISTS (SELECT 1 FROM " +
            qualified(dialect_, key.foreign_table) + " p WHERE " + match + ')',
        with(change.row_key, key.columns));
  }

  void duplicates(const UniqueChange& change) {
    const std::string list = columns(dialect_, change.columns, "t");
    const std::string groups =
        "FROM " + qualified(dialect_, change.table) + " t WHERE " + filled(change.columns) + " GROUP BY " + list + " HAVING count(*) > 1";
    DataCheck& check = checks_.emplace_back();
    check.kind = CheckKind::kDuplicates;
    check.name = change.name;
    check.table = label(change.table);
    check.what = label(change.table, change.columns) + " is unique";
    check.count = "SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n " + groups + ") g";
    const std::string tail = ' ' + groups + " ORDER BY count(*) DESC, " + list + " LIMIT " + std::to_string(kSampleSize);
    check.sample = "SELECT " + list + ", count(*) AS " + quoted(dialect_, "rows") + tail;
    check.sample_key = "SELECT " + shown_as_text(change.columns) + " || ' × ' || count(*) AS key" + tail;
  }

  void nulls(const UniqueChange& change) {
    std::string where;
    for (const std::string& name : change.nullable) where += (where.empty() ? "t." : " OR t.") + quoted(dialect_, name) + " IS NULL";
    add(CheckKind::kNulls, change.name, change.table, label(change.table, change.nullable) + " is never null",
        "FROM " + qualified(dialect_, change.table) + " t WHERE " + where, change.columns);
  }

  void violations(const CheckChange& change) {
    // The expression names the table itself, so a row is shown by all of it where there is no key.
    DataCheck& check = checks_.emplace_back();
    check.kind = CheckKind::kViolations;
    check.name = change.name;
    check.table = label(change.table);
    check.what = label(change.table) + ": " + change.expression;
    const std::string table = qualified(dialect_, change.table);
    const std::string rows = "FROM " + table + " WHERE NOT (" + change.expression + ')';
    check.count = "SELECT count(*) " + rows;
    check.sample = "SELECT " + (change.row_key.empty() ? "*" : columns(dialect_, change.row_key)) + ' ' + rows + " LIMIT " +
                   std::to_string(kSampleSize);
    std::string key;
    for (const std::string& name : change.row_key) key += (key.empty() ? "" : ", ") + quoted(dialect_, name) + "::text";
    check.sample_key = "SELECT concat_ws(', ', " + (key.empty() ? "'a row without a key'" : key) + ") AS key " + rows + " LIMIT " +
                       std::to_string(kSampleSize);
  }

  void differences(const DropColumnChange& change) {
    add(CheckKind::kDifferences, difference_name(change), change.drop.table,
        difference_name(change) + " holds the same as " + label(change.drop.parity_table),
        "FROM " + qualified(dialect_, change.drop.table) + " t WHERE " + differs(dialect_, change), change.row_key);
  }

  const Changes& changes_;
  Dialect dialect_;
  std::vector<DataCheck> checks_;
};

}  // namespace

std::string_view to_string(CheckKind kind) {
  switch (kind) {
    case CheckKind::kOrphans: return "orphans";
    case CheckKind::kDuplicates: return "duplicates";
    case CheckKind::kNulls: return "nulls";
    case CheckKind::kViolations: return "violations";
    case CheckKind::kDifferences: break;
  }
  return "differences";
}

std::vector<DataCheck> data_checks(const Changes& changes) { return Writer(changes).write(); }

}  // namespace drizzle_audit::migrate
