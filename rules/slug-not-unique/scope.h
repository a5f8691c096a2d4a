// What a natural key must be unique within: its tenant, its parent, or everything. Used by rule.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drizzle_audit/rule.h"
#include "slug-not-unique/code_use.h"
#include "slug-not-unique/natural_key.h"

namespace drizzle_audit::rules::slug_not_unique {

struct Scope {
  std::vector<const Column*> columns;  ///< all members of the unique constraint, the key last unless code says otherwise
  std::string label;                   ///< "its store", "its attribute"; empty for everything
  const Index* index = nullptr;        ///< a plain index on exactly these columns
};

/// Nothing when it cannot be told: the row has parents, and nothing says which of them counts.
std::optional<Scope> scope_of(const TenantModel& tenants, const SchemaIndex& schema, const Column& key, KeyKind kind, const CodeUse& use);

/// Whether a primary key, unique constraint or unique index has the key in it, in whatever scope, or may have.
bool is_bound(const Table& table, const Column& key);

/// Whether an extra that drizzle-orm skips was meant to bind it.
bool is_meant_to_be_bound(const Table& table, const Column& key);

}  // namespace drizzle_audit::rules::slug_not_unique
