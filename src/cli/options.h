// What the flags say, as plain data. Filled by app.cpp, read by the commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"
#include "drizzle_audit/rule.h"
#include "migrate/changes.h"

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
  bool hints = true;               ///< to stderr, while reading
  std::vector<std::string> paths;  ///< what is reported; the project is looked for around them
};

/// Flags of every command that writes a document.
struct OutputOptions {
  std::string format;
  std::string file;  ///< empty: stdout
  ColorChoice color = ColorChoice::kAuto;
};

/// Which config holds.
struct ConfigOptions {
  std::string file;   ///< empty: look for one
  bool none = false;  ///< all defaults
};

/// Which baseline holds.
struct BaselineOptions {
  std::string file;   ///< relative to the working directory; empty: the config's, or the default one
  bool none = false;  ///< all findings count
};

/// Which findings are reported: those of a change. At most one is given.
struct ChangeOptions {
  bool staged = false;
  bool changed = false;
  std::optional<std::string> since;  ///< a commit of git, as given
};

struct CheckOptions {
  ProjectOptions project;
  ChangeOptions change;
  ConfigOptions config;
  BaselineOptions baseline;
  OutputOptions output;              ///< `format` is not used
  std::vector<std::string> formats;  ///< NAME or NAME=PATH
  bool quiet = false;
  std::optional<std::optional<Severity>> fail_on;  ///< none: as the config says; none inside: nothing fails
  bool exit_zero = false;
  std::optional<std::uint32_t> max_warnings;
  std::optional<std::uint32_t> max_diagnostics = 50;
  std::optional<Preset> preset;   ///< instead of the config's
  std::vector<std::string> only;  ///< rule ids and categories
  std::vector<std::string> skip;
  bool fix = false;
  bool unsafe_fixes = false;
  bool diff = false;
};

struct RelationsOptions {
  ProjectOptions project;
  ConfigOptions config;
  OutputOptions output;
  bool write = false;
};

struct SchemaOptions {
  ProjectOptions project;
  OutputOptions output;
};

struct TypesOptions {
  ProjectOptions project;
  ConfigOptions config;
  OutputOptions output;
};

struct DoctorOptions {
  ProjectOptions project;
  ConfigOptions config;
  OutputOptions output;
};

struct ConfigCommandOptions {
  std::string action;      ///< print, path, verify, schema
  ProjectOptions project;  ///< only where the project is
  ConfigOptions config;
  OutputOptions output;
};

struct BaselineCommandOptions {
  std::string action;  ///< create, update, prune, show
  ProjectOptions project;
  ConfigOptions config;
  BaselineOptions baseline;
  OutputOptions output;
  bool force = false;
};

struct InitOptions {
  ProjectOptions project;
  bool force = false;
  bool to_stdout = false;
};

struct CompletionOptions {
  std::string shell;  ///< bash, zsh, fish
  OutputOptions output;
};

struct PlanCommandOptions {
  ProjectOptions project;
  ConfigOptions config;
  BaselineOptions baseline;
  OutputOptions output;  ///< format: text, json
  migrate::PlanOptions plan;
  std::vector<std::string> only;
  std::vector<std::string> skip;
  std::string out;       ///< folder to write; empty: print
  bool force = false;    ///< write into a folder that is there
  bool drizzle = false;  ///< one migration in drizzle-kit's folder instead
  std::string name = "drizzle_audit";
};

struct VerifyOptions {
  ProjectOptions project;
  ConfigOptions config;
  BaselineOptions baseline;
  OutputOptions output;  ///< format: text, json
  std::string url;       ///< empty: DATABASE_URL
  std::string plan;      ///< plan.json of an earlier run, instead of the project
  std::string stage = "before";
  unsigned timeout = 0;  ///< seconds a statement may take; 0: the default of drizzle-audit-verify
  bool no_drift = false;
};

struct RuleOptions {
  std::string rule;
  OutputOptions output;
};

}  // namespace drizzle_audit::cli
