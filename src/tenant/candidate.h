// What speaks for and against a table as the tenant root: who refers to it, through which column, and what it is called. Used by infer.cpp,
// which decides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/model.h"
#include "drizzle_audit/names.h"

namespace drizzle_audit::tenant {

/// What a table's name says about it.
enum class Noun : std::uint8_t {
  kTenant,        ///< tenants, workspaces: means nothing else
  kOrganization,  ///< organizations, stores, teams: may also be what the rows are about (the teams of a league)
  kProject,       ///< projects, sites: the scope of some products, a mere parent in most
  kUser,          ///< users, accounts: the tenant only where everything is one user's own
  kOther,
};

struct Candidate {
  const Table* table = nullptr;
  const Column* key = nullptr;  ///< what the others refer to: its primary key, or another unique column
  Noun noun = Noun::kOther;
  std::vector<const Column*> columns;  ///< the column of every other table that holds its key, in the model's order
  std::size_t declared = 0;            ///< of these: by a foreign key or a relation
  std::size_t set = 0;                 ///< of these: NOT NULL
  std::size_t between = 0;             ///< tables without such a column that refer to it by two others: sender and receiver
  const Table* members = nullptr;      ///< a table that links it to users
  bool has_owner = false;              ///< it names the user who owns it
  bool is_inside = false;              ///< it belongs to a workspace or an organization itself
};

/// What the config leaves to choose from.
struct Limits {
  const Table* root = nullptr;       ///< the only table in question; null: any with a noun for it, or any at all when columns are given
  std::vector<std::string> columns;  ///< the only names a tenant column may have; empty: those that spell the table
};

/// The tables in question that some other table refers to, with what was found about them.
std::vector<Candidate> find_candidates(const Model& model, const Limits& limits);

}  // namespace drizzle_audit::tenant
