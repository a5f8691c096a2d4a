// Foreign keys that SQL in drizzle-kit's out folder makes, whatever the schema says: hand-written migrations add what drizzle-kit cannot
// write. Read by src/project when a rule asks, never before.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace drizzle_audit {

/// One that no later migration drops, with the names of the database.
struct MigratedKey {
  std::string table;
  std::vector<std::string> columns;  ///< of `in_block`: the one of them that the block names
  std::string name;                  ///< empty when the SQL gives none
  std::string path;                  ///< of the migration, relative to the root
  std::uint32_t line = 0;            ///< 1-based
  bool in_block = false;             ///< a block of code makes it with EXECUTE, from a list of tables and columns
  bool in_snapshot = false;          ///< drizzle-kit's last snapshot has it: the next migration drops it unless the schema declares it
};

/// Reads them when first called; safe from several threads. Empty: there is nothing to read.
using MigratedKeys = std::function<const std::vector<MigratedKey>&()>;

}  // namespace drizzle_audit
