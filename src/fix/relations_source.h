// Relations as source: relations() of drizzle-orm 0.x, defineRelations() of 1.0. Used for the fix of one finding and for the command that
// completes all of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"
#include "fix/table_source.h"

namespace drizzle_audit::fix {

/// A many-to-many relation of 1.0, which leads through a link table.
struct ThroughRelation {
  const Table* table = nullptr;
  const Table* link = nullptr;
  const Table* target = nullptr;
  const ForeignKey* near = nullptr;  ///< of the link table to `table`
  const ForeignKey* far = nullptr;   ///< of the link table to `target`
  std::string key;
  std::string alias;
};

/// What is to be declared of one table.
struct TableRelations {
  const Table* table = nullptr;
  std::vector<RelationDeclaration> relations;
  std::vector<ThroughRelation> through;
};

/// The change table by table; none when a table or column of it cannot be found.
[[nodiscard]] std::optional<std::vector<TableRelations>> tables_of(const Project& project, const AddRelations& change);

/// Whether the project writes defineRelations().
[[nodiscard]] bool uses_define_relations(const Project& project);

/// Edits that declare them. Where tables have no relations yet, the statement goes to `home`; kNoFile: to where the other relations are.
[[nodiscard]] std::optional<Plan> plan_tables(const Project& project, const std::vector<TableRelations>& tables, FileId home);

/// The file that new relations belong to; kNoFile: each table's to its own.
[[nodiscard]] FileId home_of_relations(const Project& project);

}  // namespace drizzle_audit::fix
