// The foreign keys that the migrations of a drizzle-kit out folder make. See drizzle_audit/migrations.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/migrations.h"
#include "workspace/file_system.h"

namespace drizzle_audit::project {

/// Reads `folder` (absolute): its `*.sql`, and one level down, where drizzle-kit 1.0 keeps `migration.sql`, in the order of their names.
/// What cannot be read is left out: these keys only ever soften a finding.
std::vector<MigratedKey> read_migrated_keys(const workspace::FileSystem& files, const std::string& folder, const std::string& root);

/// The same, read when first called; `files` outlives it.
MigratedKeys migrated_keys_of(const workspace::FileSystem& files, std::string folder, std::string root);

/// Adds what one migration makes and takes out what it drops.
void apply_migration(std::string_view sql, const std::string& path, std::vector<MigratedKey>& keys);

}  // namespace drizzle_audit::project
