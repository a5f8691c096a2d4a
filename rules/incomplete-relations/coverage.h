// Which tables and foreign keys the relations reach. Used by rule.cpp and declarations.cpp.
#pragma once

#include <unordered_map>
#include <vector>

#include "drizzle_audit/model.h"

namespace drizzle_audit::rules::incomplete_relations {

struct Coverage {
  std::vector<const Table*> connected;  ///< exported tables that a foreign key connects with another exported one, in the model's order
  std::vector<const Table*> missing;    ///< those of them that no relation starts from, leads to or goes through
};

Coverage coverage_of(const Model& model);

/// A foreign key between two exported tables that could be read, and of columns that do not reference themselves.
bool can_be_related(const Model& model, const ForeignKey& key);

/// Relations by every table that they start from, lead to or go through.
using RelationsByTable = std::unordered_map<const Table*, std::vector<const Relation*>>;
RelationsByTable relations_by_table(const Model& model);

/// Whether a relation joins the two tables by a column of the foreign key, in either direction, or goes through its table.
bool is_related(const RelationsByTable& relations, const Table& table, const ForeignKey& key);

}  // namespace drizzle_audit::rules::incomplete_relations
