// From an audited project to a fixed one: fixes are applied in memory, the result is audited again, and only what was proved to help is
// written.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "audit/audit.h"
#include "cli/baseline.h"
#include "cli/options.h"
#include "cli/project.h"
#include "config/config.h"
#include "fix/propose.h"
#include "workspace/overlay_file_system.h"

namespace drizzle_audit::cli {

/// A project and what was found in it. The findings point into the project.
struct Audited {
  LoadedProject project;
  std::optional<BaselineFile> baseline;
  audit::AuditResult result;
};

/// Reads and audits what `files` hold (null: the disk) at `where`.
std::variant<Audited, Error> audit_project(std::unique_ptr<workspace::FileSystem> files, const ProjectOptions& where,
                                           const CheckOptions& options, const config::Config& config);

/// Leaves what is in the paths that the user named and that the config does not ignore.
void narrow_to_paths(Audited& audited, const config::Config& config);

/// Which files fixes may change: those that nobody ignores.
fix::Surroundings surroundings_of(const LoadedProject& project, const config::Config& config);

/// Says of every finding how the source would cure it.
void propose_fixes(Audited& audited, const config::Config& config, unsigned threads);

/// A file before and after.
struct FixedFile {
  std::string path;  ///< relative to the root
  std::string before, after;
  bool created = false;
};

struct Fixed {
  Audited audited;               ///< the project as it is with the fixes
  std::vector<FixedFile> files;  ///< sorted by path
  std::size_t applied = 0;       ///< fixes
  std::string patch;             ///< as a unified diff
};

/// Applies fixes until none is left that helps. Nothing is written.
std::variant<Fixed, Error> apply_fixes(const CheckOptions& options, const config::Config& config, Audited first);

/// Writes the files. When one has changed since it was read, nothing is written; when one cannot be written, the error says which were.
std::optional<Error> write_sources(const Fixed& fixed);
std::optional<Error> write_sources(const std::string& root, const std::vector<FixedFile>& files);

/// "applied 12 fixes in 5 files: a.ts, …"
std::string fixed_text(const Fixed& fixed);

}  // namespace drizzle_audit::cli
