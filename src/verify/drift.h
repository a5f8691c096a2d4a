// What the schema has that the database lacks, and the reverse.
#pragma once

#include <string>
#include <vector>

#include "verify/database.h"
#include "verify/document.h"

namespace drizzle_audit::verify {

struct Drift {
  std::string kind;    ///< "missing" in the database, "unexpected" there, "different", "invalid"
  std::string object;  ///< "table", "column", "index", "foreign key", …
  std::string table;   ///< with its schema, where it is not the default one
  std::string name;
  std::string detail;
};

/// `expected`: Document::schema or Document::planned. `known`: what may be there without being expected; the other one of the two.
std::vector<Drift> find_drift(const Document& document, const Catalogue& expected, const Catalogue& known, const Catalogue& actual,
                              Database& database);

}  // namespace drizzle_audit::verify
