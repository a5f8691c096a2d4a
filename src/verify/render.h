// What was found, as text and as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "verify/database.h"
#include "verify/document.h"
#include "verify/drift.h"

namespace drizzle_audit::verify {

struct CheckResult {
  Check check;
  std::int64_t count = 0;
  Rows sample;
};

struct Outcome {
  std::string dialect;
  std::string stage;
  std::vector<CheckResult> checks;
  bool compared = false;  ///< the schema with the database
  std::vector<Drift> drift;
  [[nodiscard]] bool is_clean() const;
};

std::string render_text(const Outcome& outcome);
std::string render_json(const Outcome& outcome);

}  // namespace drizzle_audit::verify
