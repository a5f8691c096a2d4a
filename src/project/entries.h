// Which schemas a project has: from its drizzle.config files, or without one from the files that define tables.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "drizzle_audit/model.h"
#include "workspace/file_system.h"
#include "workspace/resolver.h"

namespace drizzle_audit::project {

struct EntryOptions {
  std::string root;                       ///< absolute
  std::string drizzle_config;             ///< absolute path of the one to read; empty: find them
  std::vector<std::string> schema_globs;  ///< relative to the root; instead of drizzle.config's `schema`
  std::optional<Dialect> dialect;         ///< instead of drizzle.config's
  unsigned threads = 0;
};

/// One schema to read.
struct Entry {
  std::string config_path;         ///< absolute; empty without a drizzle.config
  std::optional<Dialect> dialect;  ///< none: to be seen from the tables
  std::string out_folder;          ///< absolute; empty without a config
  Casing casing = Casing::kNone;
  std::vector<std::string> files;  ///< absolute, sorted: what drizzle-kit would load
  std::string orm_version;         ///< as the project pins it; empty when it says nothing
  bool orm_v1 = false;
};

struct Entries {
  std::vector<Entry> entries;
  std::vector<std::string> hints;  ///< for people, on standard error
};

/// Nothing can be read. `path` is relative to the root; empty when no file is to blame.
struct EntryError {
  std::string message;
  std::string help;
  std::string path;
  std::uint32_t line = 0;  ///< 1-based; 0 when unknown
  std::uint32_t column = 0;
};

/// `resolver` is for options.root. A config that cannot be used is an error when it was asked for or is the only one, else a hint.
std::variant<Entries, EntryError> find_entries(const workspace::FileSystem& files, const workspace::Resolver& resolver,
                                               const EntryOptions& options);

}  // namespace drizzle_audit::project
