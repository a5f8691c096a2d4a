// The front door: how the project's code uses the tables of its models. Used by the command line and the tests, once a run.
#pragma once

#include <string>
#include <vector>

#include "drizzle_audit/queries.h"
#include "queries/code_search.h"
#include "workspace/file_system.h"

namespace drizzle_audit::queries {

struct ReadOptions {
  std::string root;        ///< absolute path of the project root
  unsigned threads = 0;    ///< 0: as many as there are cores
  OtherReader other = {};  ///< so that the project's code is read once for all
};

/// One entry for every model, in order. Adds the files with uses to `sources`, which, like the models, outlives the result. `wanted` is
/// given the paths of the files that `options.other` wants, sorted. `search` may have been started before; it is used up.
std::vector<Queries> read_queries(const workspace::FileSystem& files, const ReadOptions& options, const std::vector<const Model*>& models,
                                  Sources& sources, std::vector<std::string>* wanted = nullptr, CodeSearch* search = nullptr);

}  // namespace drizzle_audit::queries
