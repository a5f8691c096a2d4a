// What a fix wants to do to the source, before it is known whether it may.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drizzle_audit/finding.h"

namespace drizzle_audit::fix {

/// A name that a file has to import.
struct ImportNeed {
  FileId file = kNoFile;
  std::string specifier;
  std::string name;   ///< as the module exports it
  std::string local;  ///< the same unless it is taken
  bool type_only = false;
  friend bool operator==(const ImportNeed&, const ImportNeed&) = default;
};

/// Edits that belong together. `claims` are places that nothing else may be changed in at the same time: the edits there count on what they
/// have seen.
struct Plan {
  std::vector<Edit> edits;
  std::vector<ImportNeed> imports;
  std::vector<Span> claims;
};

inline void append(Plan& plan, Plan other) {
  plan.edits.insert(plan.edits.end(), other.edits.begin(), other.edits.end());
  plan.imports.insert(plan.imports.end(), other.imports.begin(), other.imports.end());
  plan.claims.insert(plan.claims.end(), other.claims.begin(), other.claims.end());
}

}  // namespace drizzle_audit::fix
