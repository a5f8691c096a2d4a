// From flags to models.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/options.h"
#include "cli/output.h"
#include "schema/read_project.h"

namespace drizzle_audit::cli {

struct LoadedProject {
  std::string root;                 ///< absolute
  std::vector<std::string> wanted;  ///< paths to report on, relative to the root; empty: everything
  schema::Project project;

  [[nodiscard]] std::vector<const Model*> models() const;
  [[nodiscard]] bool wants(std::string_view path) const;
  /// Whether no model has a table: nothing was analysed.
  [[nodiscard]] bool is_empty() const;
};

/// Finds the root and reads the project. Hints go to stderr. An unreadable file is an error: what it holds would be missing without a word.
std::variant<LoadedProject, Error> load_project(const ProjectOptions& options);

/// What reading came across, to stderr: for commands whose report has no place for it. `check` reports it as findings.
void print_problems(const Model& model);

/// What to say when `is_empty()`.
Error nothing_found(const LoadedProject& project, const ProjectOptions& options);

}  // namespace drizzle_audit::cli
