#include "queries/read_queries.h"

namespace drizzle_audit::queries {

Queries read_queries(const workspace::FileSystem& files, const ReadOptions& options, const Model& model, Sources& sources) {
  static_cast<void>(files);
  static_cast<void>(options);
  static_cast<void>(model);
  static_cast<void>(sources);
  return {};
}

}  // namespace drizzle_audit::queries
