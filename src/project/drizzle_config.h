// One drizzle.config file, read without running it: https://orm.drizzle.team/docs/drizzle-config-file .
//
// The evaluator computes the default export (or `module.exports`); `defineConfig` hands its argument through, what comes from packages is
// Unknown. Unknown credentials are no harm; an Unknown `schema` is an error that says why.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "project/entries.h"

namespace drizzle_audit::project {

/// One text of `schema` and where it stands in the config; 1-based, 0 when not known.
struct SchemaPattern {
  std::string text;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct DrizzleConfig {
  std::string path;                   ///< absolute
  std::vector<SchemaPattern> schema;  ///< at least one, unless it was not asked for
  std::optional<Dialect> dialect;     ///< none when the config does not say, or only at run time
  std::string out = "drizzle";        ///< as written
  Casing casing = Casing::kNone;
  bool uses_working_folder = false;  ///< another working folder may give other values
  std::vector<std::string> hints;
};

struct ConfigRequest {
  std::string root;            ///< absolute; what paths in messages are relative to
  std::string path;            ///< absolute
  std::string working_folder;  ///< what process.cwd() returns
  bool needs_schema = true;    ///< false: `schema` does not count, whatever it is
  bool needs_dialect = true;   ///< the same for `dialect`
};

std::variant<DrizzleConfig, EntryError> read_drizzle_config(const workspace::FileSystem& files, const workspace::Resolver& resolver,
                                                            const ConfigRequest& request);

}  // namespace drizzle_audit::project
