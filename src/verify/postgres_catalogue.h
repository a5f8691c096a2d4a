// PostgreSQL's catalogue.
#pragma once

#include "verify/database.h"

namespace drizzle_audit::verify {

std::variant<Catalogue, DatabaseError> postgres_catalogue(Database& database, const std::vector<std::string>& schemas);

}  // namespace drizzle_audit::verify
