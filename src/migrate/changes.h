// What a plan does to a database: the changes that findings propose, completed by what the schema says of their tables. Plain data;
// collect.h
// makes it, the writers of SQL read it. Names only, no pointers: it may outlive the model.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::migrate {

/// What happens to rows that are in the way of a constraint.
enum class Choice : std::uint8_t {
  kAbort,       ///< nothing: the cleanup stops and changes nothing
  kDelete,      ///< orphans: copied to the quarantine, then deleted
  kSetNull,     ///< orphans: copied to the quarantine, then their reference is emptied
  kKeepNewest,  ///< duplicates: all but the newest are copied to the quarantine, then deleted
  kAccept,      ///< differences of a redundant column: its values are copied to the quarantine, then ignored
};
/// "abort", "delete", "set-null", "keep-newest", "accept".
std::string_view to_string(Choice choice);
std::optional<Choice> choice_named(std::string_view name);

/// What becomes of a redundant column.
enum class ColumnFate : std::uint8_t { kKeep /* read-only by a trigger */, kDrop };

struct PlanOptions {
  Choice orphans = Choice::kAbort;
  Choice duplicates = Choice::kAbort;
  Choice differences = Choice::kAbort;
  std::map<std::string, Choice> choices;  ///< by constraint, or by `table.column` for differences; wins over the three above
  std::vector<std::string> follow;        ///< foreign keys of the database whose rows may go with the rows they refer to
  ColumnFate redundant_columns = ColumnFate::kKeep;
  bool drops_redundant_indexes = false;                 ///< the rule redundant-index is on, so that --fix removes them
  std::string quarantine = "drizzle_audit_quarantine";  ///< the schema (PostgreSQL) or the prefix of tables (others)
  std::string lock_timeout = "1s";                      ///< PostgreSQL; how long a statement may keep others waiting behind it
};

struct ForeignKeyChange {
  AddForeignKey key;
  bool nullable = false;             ///< at least one of its columns may be null, so that a reference can be emptied
  std::vector<std::string> row_key;  ///< names a row of the table for people
  Choice choice = Choice::kAbort;
};

/// A unique constraint, a unique index or a primary key.
struct UniqueChange {
  enum class Kind : std::uint8_t { kConstraint, kIndex, kPrimaryKey };
  Kind kind = Kind::kConstraint;
  TableRef table;
  std::vector<std::string> columns;
  std::string name;
  std::vector<std::string> nullable;  ///< kPrimaryKey: its columns that may be null now
  std::vector<std::string> newest;    ///< the newest of several rows is the one with the greatest values here
  std::vector<std::string> row_key;
  Choice choice = Choice::kAbort;
};

struct IndexChange {
  TableRef table;
  std::vector<std::string> columns;
  std::string name;
};

struct CheckChange {
  TableRef table;
  std::string name;
  std::string expression;
  std::vector<std::string> row_key;
};

struct DropIndexChange {
  DropIndex index;
  std::string definition;  ///< what follows `CREATE INDEX name ON table `; for dialects that cannot say it themselves
  bool unique = false;
};

/// How a redundant column is compared with the rows it repeats.
enum class ParityKind : std::uint8_t {
  kIds,    ///< the set of the elements' ids with the set of the rows' ids
  kCount,  ///< the number of elements with the number of rows: the elements have no id that is known
};

struct DropColumnChange {
  DropColumn drop;
  ParityKind parity = ParityKind::kCount;
  bool is_array = false;                                     ///< PostgreSQL's text[] and the like; else json
  std::vector<std::string> referenced;                       ///< columns of drop.table that drop.parity_columns refer to
  std::string id;                                            ///< kIds: the column of parity_table
  std::vector<std::string> id_keys;                          ///< kIds: what an element may call it
  std::vector<std::string> row_key;                          ///< primary key of drop.table
  std::vector<std::string> other_columns;                    ///< of drop.table, in order, without the column
  std::vector<std::pair<std::string, std::string>> element;  ///< what an element holds: key, column of parity_table
  std::vector<std::string> element_order;                    ///< primary key of parity_table
  Choice choice = Choice::kAbort;
  ColumnFate fate = ColumnFate::kKeep;
};

/// A proposed change that the plan does not carry out, and why; printed, never dropped without a word.
struct LeftOut {
  std::string what;
  std::string why;
};

/// Everything for one schema. Sorted by table and name within each list; no change twice.
struct Changes {
  Dialect dialect = Dialect::kPostgresql;
  std::vector<ForeignKeyChange> foreign_keys;
  std::vector<UniqueChange> uniques;
  std::vector<IndexChange> indexes;
  std::vector<CheckChange> checks;
  std::vector<DropIndexChange> dropped_indexes;
  std::vector<DropColumnChange> dropped_columns;
  std::vector<LeftOut> left_out;
  [[nodiscard]] bool empty() const;
};

/// The name that choices and checks of a redundant column go by: `store_customers.orders`.
std::string difference_name(const DropColumnChange& change);

}  // namespace drizzle_audit::migrate
