// Without a drizzle.config: the files that define tables, one group for each package. Used by entries.cpp.
#pragma once

#include <string>
#include <vector>

#include "workspace/resolver.h"

namespace drizzle_audit::project {

struct TableFileGroups {
  std::vector<std::vector<std::string>> groups;  ///< each absolute and sorted
  std::vector<std::string> hints;
};

/// `sources` are the project's files. Tests, examples and migrations count only when there is nothing else.
[[nodiscard]] TableFileGroups group_table_files(const workspace::Resolver& resolver, const std::string& root,
                                                const std::vector<std::string>& sources, unsigned threads);

}  // namespace drizzle_audit::project
