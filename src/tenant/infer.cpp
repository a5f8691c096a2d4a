// The decision. Wrong is worse than none: every class of names has its own bar, and what passes none is no tenant.
#include "tenant/infer.h"

#include <algorithm>
#include <functional>

#include "tenant/candidate.h"

namespace drizzle_audit {

const Column* tenant_column(const TenantModel& tenants, const Table& table) {
  // The columns are in the order of the tables, and the tables lie in one array.
  const std::less<const Table*> before;
  const auto at = std::lower_bound(tenants.columns.begin(), tenants.columns.end(), &table,
                                   [&](const Column* column, const Table* wanted) { return before(column->table, wanted); });
  return at != tenants.columns.end() && (*at)->table == &table ? *at : nullptr;
}

namespace tenant {
namespace {

/// How much of the schema the candidate must hold: a part of the other tables, and of its columns a part that is NOT NULL.
struct Bar {
  std::size_t tables;
  double share;
  double set;
};

constexpr Bar kTenantBar{2, 0.15, 0.5};         // nothing else is called a tenant or a workspace
constexpr Bar kWithMembersBar{2, 0.2, 0.5};     // organizations with users in them
constexpr Bar kWithoutMembersBar{2, 0.5, 0.8};  // stores, but no sign of who belongs to them
constexpr Bar kProjectBar{5, 0.5, 0.8};
constexpr Bar kUserBar{5, 0.4, 0.8};

double share(const Candidate& candidate, const Model& model) {
  return model.tables.size() < 2 ? 0.0 : static_cast<double>(candidate.columns.size()) / static_cast<double>(model.tables.size() - 1);
}

bool clears(const Candidate& candidate, const Model& model, const Bar& bar) {
  const std::size_t count = candidate.columns.size();
  return count >= bar.tables && share(candidate, model) >= bar.share &&
         static_cast<double>(candidate.set) >= bar.set * static_cast<double>(count);
}

bool is_text(const Column& column) {
  const std::string_view type = column.sql_type.value_or("");
  return type.starts_with("text") || type.starts_with("varchar") || type.starts_with("char") || type.starts_with("citext");
}

/// UNIQUE (user_id, name): the names are each user's own.
bool scopes_names(const Candidate& candidate) {
  const auto scopes = [](const Column& tenant, const std::vector<const Column*>& columns) {
    if (columns.size() < 2 || std::find(columns.begin(), columns.end(), &tenant) == columns.end()) return false;
    return std::all_of(columns.begin(), columns.end(), [&](const Column* column) {
      if (column == &tenant) return true;
      const Words words = split_words(column->name.value_or(column->key));
      static constexpr std::string_view kNames[] = {"name", "slug", "title", "key", "label", "code", "handle", "path", "number"};
      return is_text(*column) && !words.empty() && std::find(std::begin(kNames), std::end(kNames), words.back()) != std::end(kNames);
    });
  };
  return std::any_of(candidate.columns.begin(), candidate.columns.end(), [&](const Column* tenant) {
    const Table& table = *tenant->table;
    for (const Unique& unique : table.uniques) {
      if (scopes(*tenant, {unique.columns.begin(), unique.columns.end()})) return true;
    }
    return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
      std::vector<const Column*> columns;
      for (const IndexColumn& part : index.columns) {
        if (part.column != nullptr) columns.push_back(part.column);
      }
      return index.unique && scopes(*tenant, columns);
    });
  });
}

bool is_tenant(const Candidate& candidate, const Model& model) {
  const bool declared = 2 * candidate.declared >= candidate.columns.size();
  switch (candidate.noun) {
    case Noun::kTenant: return clears(candidate, model, kTenantBar);
    case Noun::kOrganization:
      if (candidate.between > 0) return false;
      return clears(candidate, model, candidate.members != nullptr || candidate.has_owner ? kWithMembersBar : kWithoutMembersBar);
    case Noun::kProject:
      return candidate.between == 0 && declared && (candidate.members != nullptr || candidate.has_owner || candidate.is_inside) &&
             clears(candidate, model, kProjectBar);
    case Noun::kUser: return candidate.between == 0 && declared && scopes_names(candidate) && clears(candidate, model, kUserBar);
    case Noun::kOther: break;
  }
  return false;
}

/// The best of those that are tenants. One with more tables is nearer to the rows, but a project must hold twice as many as a workspace to
/// be preferred to it, and users are the tenants only where nothing else is.
const Candidate* best_of(const std::vector<Candidate>& candidates, const Model& model) {
  const auto weight = [](const Candidate& candidate) -> std::size_t {
    if (candidate.noun == Noun::kUser) return 1;
    return candidate.columns.size() * (candidate.noun == Noun::kProject ? 2 : 4);
  };
  const Candidate* best = nullptr;
  for (const Candidate& candidate : candidates) {
    if (is_tenant(candidate, model) && (best == nullptr || weight(candidate) > weight(*best))) best = &candidate;
  }
  return best;
}

std::vector<std::string> reasons_for(const Candidate& candidate, const Model& model) {
  const std::size_t count = candidate.columns.size();
  std::vector<std::string> reasons;
  reasons.push_back(std::to_string(count) + " of " + std::to_string(model.tables.size() - 1) + " other tables have a column such as " +
                    column_name(*candidate.columns.front()) + ", NOT NULL in " + std::to_string(candidate.set));
  reasons.push_back(std::to_string(candidate.declared) + " of these reference " + display_name(*candidate.table) +
                    " by a foreign key or a relation");
  if (candidate.members != nullptr && candidate.noun != Noun::kUser)
    reasons.push_back("users belong to it through " + display_name(*candidate.members));
  if (candidate.noun == Noun::kProject && candidate.is_inside) reasons.emplace_back("it belongs to a wider scope itself");
  if (candidate.has_owner) reasons.push_back("it names the user who owns it");
  if (candidate.noun == Noun::kUser) reasons.push_back("a unique constraint makes names each user's own, and no other table holds tenants");
  return reasons;
}

const Table* find_table(const Model& model, const std::string& name) {
  const auto at = std::find_if(model.tables.begin(), model.tables.end(), [&](const Table& table) {
    return table.name.is(name) || table.export_name == name || display_name(table) == name;
  });
  return at == model.tables.end() ? nullptr : &*at;
}

TenantModel to_model(const Candidate& candidate) {
  TenantModel tenants;
  tenants.root = candidate.table;
  tenants.key = candidate.key;
  tenants.columns = candidate.columns;
  return tenants;
}

TenantModel configured(const Model& model, const TenantSetting& setting) {
  TenantModel tenants;
  tenants.configured = true;
  if (setting.none) {
    tenants.reasons.emplace_back("the config says that there are none");
    return tenants;
  }
  Limits limits;
  limits.columns = setting.columns;
  if (setting.table) {
    limits.root = find_table(model, *setting.table);
    if (limits.root == nullptr) {
      tenants.reasons.push_back("the schema has no table " + *setting.table + ", which the config names");
      return tenants;
    }
  }
  const std::vector<Candidate> candidates = find_candidates(model, limits);
  const auto best = std::max_element(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.declared != b.declared ? a.declared < b.declared : a.noun > b.noun;
  });
  if (best == candidates.end()) {
    tenants.root = limits.root;
    tenants.reasons.push_back(limits.root != nullptr ? "the config names it, but no table refers to it"
                                                     : "no table has a column that the config names");
    return tenants;
  }
  tenants = to_model(*best);
  tenants.configured = true;
  tenants.reasons = reasons_for(*best, model);
  tenants.reasons.insert(tenants.reasons.begin(), setting.table ? "the config names it" : "the config names its columns");
  return tenants;
}

}  // namespace

TenantModel infer(const Model& model, const TenantSetting& setting) {
  if (setting.none || setting.table || !setting.columns.empty()) return configured(model, setting);
  const std::vector<Candidate> candidates = find_candidates(model, {});
  const Candidate* best = best_of(candidates, model);
  if (best == nullptr) return {};
  TenantModel tenants = to_model(*best);
  tenants.reasons = reasons_for(*best, model);
  return tenants;
}

}  // namespace tenant
}  // namespace drizzle_audit
