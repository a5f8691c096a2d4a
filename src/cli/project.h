// From flags to models.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cli/options.h"
#include "cli/output.h"
#include "config/config.h"
#include "config/settings.h"
#include "drizzle_audit/rule.h"
#include "queries/code_search.h"
#include "schema/read_project.h"

namespace drizzle_audit::cli {

struct LoadedProject {
  std::string root;  ///< absolute
  /// Where files are read from, and the search for code in them: begun with the project, used by prepare_audit(). Null: nobody asked.
  std::unique_ptr<workspace::FileSystem> files;
  std::unique_ptr<queries::CodeSearch> code;
  std::vector<std::string> wanted;  ///< paths to report on, relative to the root; empty: everything
  schema::Project project;
  std::vector<TenantModel> tenants;  ///< of every model, in order
  std::vector<Queries> queries;      ///< of every model, in order; empty when nobody asked
  std::vector<DomainTypes> types;    ///< the same
  ForeignKeyPolicy foreign_keys = ForeignKeyPolicy::kAutomatic;

  [[nodiscard]] std::vector<const Model*> models() const;
  /// For the audit; requires `tenants`, `queries` and `types`. Points into this.
  [[nodiscard]] std::vector<RuleInput> rule_inputs() const;
  [[nodiscard]] bool wants(std::string_view path) const;
  /// Whether no model has a table: nothing was analysed.
  [[nodiscard]] bool is_empty() const;
};

/// The project's root, absolute: `--root`, else the nearest folder upward that looks like one.
std::variant<std::string, Error> find_root(const workspace::FileSystem& files, const ProjectOptions& options);

/// What a command reads of a project: each is given what those before it are. All but the first are for prepare_audit().
enum class Purpose : std::uint8_t { kSchema, kAuditOfSchema, kAuditWithCode, kAuditWithTypes };

/// What the rules that are on ask for: code where one says so (Rule::reads_code), the project's own types where one is of the category
/// "types".
[[nodiscard]] Purpose purpose_of(const config::Settings& settings);

/// Finds the root and reads the project from `files`, or from the disk when that is null. Hints go to stderr. An unreadable file is an
/// error: what it holds would be missing without a word.
std::variant<LoadedProject, Error> load_project(const ProjectOptions& options, Purpose purpose,
                                                std::unique_ptr<workspace::FileSystem> files = nullptr);

/// Reads a project that will be audited, for commands that cannot go on without tables: prints what is wrong and returns nothing then.
std::optional<LoadedProject> load_tables(const ProjectOptions& options);

/// Works out what rules are given beside the models.
void prepare_audit(LoadedProject& project, const ProjectOptions& options, const config::Config& config, Purpose purpose);

/// What reading came across, to stderr: for commands whose report has no place for it. `check` reports it as findings.
void print_problems(const Model& model);

/// What to say when `is_empty()`.
Error nothing_found(const LoadedProject& project, const ProjectOptions& options);

}  // namespace drizzle_audit::cli
