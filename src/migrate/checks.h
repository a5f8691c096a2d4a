// The questions a plan asks of the data before it changes anything: how many rows are in the way, and which. Read-only SQL, one statement
// each; preflight and verify files are made of it, and so is plan.json, which drizzle-audit-verify runs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migrate/changes.h"

namespace drizzle_audit::migrate {

enum class CheckKind : std::uint8_t { kOrphans, kDuplicates, kNulls, kViolations, kDifferences };
/// "orphans", "duplicates", "nulls", "violations", "differences".
std::string_view to_string(CheckKind kind);

inline constexpr int kSampleSize = 25;

struct DataCheck {
  CheckKind kind = CheckKind::kOrphans;
  std::string name;        ///< the constraint's, or `table.column` for differences
  std::string table;       ///< as label() has it
  std::string what;        ///< "products.store_id refers to stores.id": for people
  std::string count;       ///< a SELECT of one number
  std::string sample;      ///< a SELECT of up to kSampleSize rows
  std::string sample_key;  ///< a SELECT of one text column that shows such a row; PostgreSQL only
};

/// Sorted as the changes are: orphans, duplicates, nulls, violations, differences.
std::vector<DataCheck> data_checks(const Changes& changes);

}  // namespace drizzle_audit::migrate
