// The front door: a model and its findings in, the files of a plan out. Nothing here opens a file or a connection.
//
// Used by `drizzle-audit plan` and `drizzle-audit verify`. A plan holds names and text only; it may outlive the model.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "migrate/changes.h"
#include "migrate/checks.h"

namespace drizzle_audit::migrate {

struct PlanFile {
  std::string name;
  std::string text;
};

struct Plan {
  Changes changes;
  PlanOptions options;
  std::vector<DataCheck> checks;
  std::vector<PlanFile> files;  ///< in the order in which a person reads and runs them; README.md first
};

/// Why there is no plan; for people.
struct PlanError {
  std::string message;
  std::string help;
};

/// `findings`: of `model`, those that count. `fixed`: see collect_changes(). An error when the dialect has no plans, or when a choice of
/// the
/// options names a constraint that the plan does not have.
std::variant<Plan, PlanError> make_plan(const Model& model, const std::vector<const Finding*>& findings, const Model* fixed,
                                        const PlanOptions& options);

inline constexpr int kPlanFormatVersion = 1;

}  // namespace drizzle_audit::migrate
