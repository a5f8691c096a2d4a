// The constraint that raw SQL in a table's third argument was meant to be: `UNIQUE (store_id, slug)`, `INDEX slug_idx (slug)`,
// `CONSTRAINT x CHECK (price > 0)`, `FOREIGN KEY (…) REFERENCES …`, `CREATE INDEX … ON …`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drizzle_audit::rules::ineffective_table_extra {

enum class ConstraintKind { kUnique, kPrimaryKey, kForeignKey, kCheck, kIndex, kUniqueIndex };

struct SqlColumn {
  std::string name;  ///< without quotes and without its table
  bool descending = false;
};

struct SqlConstraint {
  ConstraintKind kind = ConstraintKind::kUnique;
  std::string name;                ///< empty when the SQL gives none
  std::vector<SqlColumn> columns;  ///< empty when a member is more than a column
  bool nulls_not_distinct = false;
  std::string method;         ///< USING gin, lower case
  std::string expression;     ///< of a check, as written between its parentheses
  std::string foreign_table;  ///< without its schema
  std::vector<std::string> foreign_columns;
  std::string on_delete;  ///< lower case; empty when not said
  std::string on_update;
};

/// None when the text is something else, or holds more than this can say (a partial index, an expression, EXCLUDE).
std::optional<SqlConstraint> parse_constraint(std::string_view sql);

}  // namespace drizzle_audit::rules::ineffective_table_extra
