// plan.json as drizzle-audit-verify reads it: checks to run, and the tables that should be there.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "verify/catalogue.h"

namespace drizzle_audit::verify {

struct Check {
  std::string kind;
  std::string name;
  std::string table;
  std::string what;
  std::string count;
  std::string sample;
};

struct Document {
  std::string dialect;
  std::string quarantine;
  std::vector<Check> checks;
  Catalogue schema;         ///< as the schema declares it
  Catalogue planned;        ///< the same with the plan carried out
  bool incomplete = false;  ///< there may be more tables than these
};

/// An error is a sentence for people.
std::variant<Document, std::string> read_document(const std::string& text);

}  // namespace drizzle_audit::verify
