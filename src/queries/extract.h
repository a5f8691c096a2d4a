// From the syntax tree of a file to its queries.
#pragma once

#include <vector>

#include "drizzle_audit/queries.h"
#include "queries/binder.h"
#include "syntax/ast.h"

namespace drizzle_audit::queries {

struct FileQueries {
  std::vector<Query> queries;         ///< sorted by offset; spans name no file yet
  std::vector<Span> relational_uses;  ///< `db.query.…`, in order
};

[[nodiscard]] FileQueries extract(Binder& binder, CodeFile& file, const syntax::Node& root);

}  // namespace drizzle_audit::queries
