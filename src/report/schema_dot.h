// The model as DOT, for `schema --format dot`: tables, columns, keys and the foreign keys between them, as a picture.
#pragma once

#include <string>

#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

/// The tables of `model` as a Graphviz digraph of HTML-like tables. Names that could not be read show the TypeScript ones.
std::string schema_dot(const Model& model);

}  // namespace drizzle_audit::report
