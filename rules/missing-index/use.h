// What shows that rows are looked for by a reference: deletions that follow it, queries, relations, tenants. Used by rule.cpp.
#pragma once

#include <unordered_map>
#include <vector>

#include "_shared/access_path.h"
#include "_shared/references/all.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::rules::missing_index {

using references::Reference;

/// Places where code looks for rows by a column, and no index of another column serves the same query. One for a run.
class Lookups {
 public:
  explicit Lookups(const Queries& queries);
  [[nodiscard]] const std::vector<Span>& of(const Column& column) const;

 private:
  std::unordered_map<const Column*, std::vector<Span>> places_;
};

struct Use {
  std::vector<Evidence> evidence;  ///< strongest first
  bool is_read = false;            ///< queries look for rows by it
  bool is_followed = false;        ///< deleting the referenced row changes these rows
  bool has_relation = false;       ///< a relation of the referenced table reads them
  bool is_behind_tenant = false;   ///< an index holds it, after the tenant
  bool is_strong = false;          ///< one sign or more besides the reference itself
};

/// Whether an index holds the column right after the tenant.
bool is_behind_tenant(const Table& table, const Column* tenant, const Column* column);

Use use_of(const RuleContext& context, const Lookups& lookups, const Reference& reference);

}  // namespace drizzle_audit::rules::missing_index
