// A plan as one migration of drizzle-kit 0.x: SQL, snapshot and journal entry, as `drizzle-kit generate --custom` lays them out, with a
// snapshot that already has the changes. For teams that only deploy with `drizzle-kit migrate`; PostgreSQL only.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "drizzle_audit/model.h"
#include "migrate/plan.h"

namespace drizzle_audit::migrate {

/// What is in drizzle-kit's folder now.
struct MigrationFolder {
  std::string journal;   ///< text of meta/_journal.json
  std::string snapshot;  ///< text of the snapshot that its last entry names
};

/// The tag of the last migration, "0003_tame_hulk", whose snapshot is to be read; empty when there is none or the journal cannot be read.
std::string last_tag(const std::string& journal);

struct MigrationId {
  std::string name;         ///< what follows the number in the file's name
  std::string uuid;         ///< of the new snapshot
  std::int64_t now_ms = 0;  ///< milliseconds since 1970; the journal's times only grow
};

/// Files relative to drizzle-kit's folder; the journal is the last one, so that an interrupted write leaves no migration without its SQL.
std::variant<std::vector<PlanFile>, PlanError> drizzle_migration(const Plan& plan, const MigrationFolder& folder, const MigrationId& id);

}  // namespace drizzle_audit::migrate
