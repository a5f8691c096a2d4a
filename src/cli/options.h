// What the flags say, as plain data. Filled by app.cpp, read by the commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"

namespace drizzle_audit::cli {

enum class ColorChoice { kAuto, kAlways, kNever };

/// Flags of every command that reads a project.
struct ProjectOptions {
  std::string root;
  std::string drizzle_config;
  std::vector<std::string> schema_globs;
  std::optional<Dialect> dialect;
  unsigned threads = 0;  ///< 0: as many as there are cores
  bool verbose = false;
  std::vector<std::string> paths;  ///< what is reported; the project is looked for around them
};

/// Flags of every command that writes a document.
struct OutputOptions {
  std::string format;
  std::string file;  ///< empty: stdout
  ColorChoice color = ColorChoice::kAuto;
};

struct CheckOptions {
  ProjectOptions project;
  OutputOptions output;
  bool quiet = false;
  std::optional<Severity> fail_on = Severity::kError;
  bool exit_zero = false;
  std::optional<std::uint32_t> max_warnings;
  std::optional<std::uint32_t> max_diagnostics = 50;
  std::vector<std::string> only;  ///< rule ids and categories
  std::vector<std::string> skip;
};

struct SchemaOptions {
  ProjectOptions project;
  OutputOptions output;
};

struct RuleOptions {
  std::string rule;
  OutputOptions output;
};

}  // namespace drizzle_audit::cli
