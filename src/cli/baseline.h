// Which baseline a project has, and reading it.
#pragma once

#include <string>
#include <variant>

#include "audit/baseline.h"
#include "cli/output.h"
#include "cli/project.h"

namespace drizzle_audit::cli {

struct BaselineFile {
  std::string path;   ///< absolute
  std::string shown;  ///< relative to the project root
  bool exists = false;
  audit::Baseline baseline;
};

/// Where the project's baseline is or would be: the flag's, else the config's, else the default one in the root. Nothing is read.
BaselineFile locate_baseline(const LoadedProject& project, const BaselineOptions& options, const config::Config& config);

/// Reads it where it exists; its text goes to the project's sources. One that somebody asked for by name must exist.
std::variant<BaselineFile, Error> read_baseline(LoadedProject& project, const BaselineOptions& options, const config::Config& config);

}  // namespace drizzle_audit::cli
