// A proposed change, as one line for people and as JSON for programs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "drizzle_audit/finding.h"

namespace drizzle_audit::report {

/// "add foreign key products_store_id_stores_id_fk: products(store_id) → stores(id), on delete cascade"
std::string change_text(const SchemaChange& change);

/// {"kind": "AddForeignKey", "table": …}
nlohmann::ordered_json change_json(const SchemaChange& change);

}  // namespace drizzle_audit::report
