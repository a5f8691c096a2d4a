// Every foreign key of a schema as relations, from both sides, in the files that hold relations or in a new one.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "drizzle_audit/model.h"
#include "fix/propose.h"

namespace drizzle_audit::fix {

struct CompleteRelations {
  std::map<std::string, std::string> texts;    ///< by path relative to the root: every file that holds relations, whole
  std::map<std::string, std::string> changed;  ///< those of them that change
  std::string created;                         ///< the path of a new file; empty without one
  std::vector<std::string> left_out;           ///< clauses for people: foreign keys that could not be added, and why
  std::string error;                           ///< why there is nothing; empty when there is
};

/// `sources` are the model's own: a new file is added to them.
[[nodiscard]] CompleteRelations complete_relations(const Model& model, Sources& sources, const Surroundings& surroundings);

}  // namespace drizzle_audit::fix
