// Reads how the project's code uses the tables of a model. Used by the command line and the tests, once for every model.
#pragma once

#include <string>

#include "drizzle_audit/queries.h"
#include "workspace/file_system.h"

namespace drizzle_audit::queries {

struct ReadOptions {
  std::string root;      ///< absolute path of the project root
  unsigned threads = 0;  ///< 0: as many as there are cores
};

/// Adds the files it reads to `sources`, which, like `model`, outlives the result.
Queries read_queries(const workspace::FileSystem& files, const ReadOptions& options, const Model& model, Sources& sources);

}  // namespace drizzle_audit::queries
