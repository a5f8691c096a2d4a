// Tables of a many-to-many relation: rows that say no more than which two others belong together.
#pragma once

#include <optional>

#include "drizzle_audit/model.h"
#include "drizzle_audit/tenant.h"

namespace drizzle_audit::rules {

struct LinkTable {
  const ForeignKey* first = nullptr;  ///< in the order of the columns
  const ForeignKey* second = nullptr;
  bool by_name = false;  ///< its name or a relation says so as well: product_tags, team_members, `through`
};

/// The two sides of a table that links them and tells nothing more: beside the two foreign keys there are only its own number, the
/// tenant, and remarks about the link (when, by whom, in which order, what has a default).
std::optional<LinkTable> link_table(const Model& model, const TenantModel& tenants, const Table& table);

/// The same, where the schema lets a pair be stored any number of times: link-table-without-key reports it, and the key it asks for is an
/// index, too. Nothing where a unique constraint holds either side, or something could not be read.
std::optional<LinkTable> unbound_link_table(const Model& model, const TenantModel& tenants, const Table& table);

}  // namespace drizzle_audit::rules
