// The model as Mermaid, for `schema --format mermaid`: tables, columns, keys and the foreign keys between them, as a picture.
#pragma once

#include <string>

#include "drizzle_audit/model.h"

namespace drizzle_audit::report {

/// The tables of `model` as an `erDiagram`. Names that could not be read show the TypeScript ones.
std::string schema_mermaid(const Model& model);

}  // namespace drizzle_audit::report
