// From the syntax tree of a file to its queries.
#pragma once

#include <vector>

#include "drizzle_audit/queries.h"
#include "queries/binder.h"
#include "queries/values.h"
#include "syntax/ast.h"

namespace drizzle_audit::queries {

struct FileQueries {
  std::vector<Query> queries;         ///< sorted by offset; spans name no file yet
  std::vector<Span> relational_uses;  ///< `db.query.…`, in order
  bool may_ask_for_relations = false;
  FileValues values;
};

[[nodiscard]] FileQueries extract(Binder& binder, CodeFile& file, const syntax::Node& root);

}  // namespace drizzle_audit::queries
