#include "cli/config.h"

#include <algorithm>

#include "cli/output.h"
#include "config/load.h"
#include "drizzle_audit/rule.h"
#include "workspace/paths.h"

namespace drizzle_audit::cli {
namespace {

constexpr std::size_t kMaxErrors = 20;

void print_errors(const std::vector<config::ConfigError>& errors) {
  for (std::size_t i = 0; i < std::min(errors.size(), kMaxErrors); ++i) {
    const config::ConfigError& error = errors[i];
    print_error({.message = error.message, .help = error.help, .path = error.path, .line = error.line, .column = error.column});
  }
  if (errors.size() > kMaxErrors) print_hint(std::to_string(errors.size() - kMaxErrors) + " more errors in the config");
}

}  // namespace

std::string config_path(const workspace::FileSystem& files, const std::string& root, const ConfigOptions& options) {
  if (options.none) return {};
  if (!options.file.empty()) return absolute_path(options.file);
  const std::optional<config::FoundConfig> found = config::find_config(files, root);
  if (!found) return {};
  for (const std::string& other : found->ignored) {
    const std::string what =
        workspace::basename(other) == "package.json" ? "the key drizzle-audit of package.json" : std::string(workspace::basename(other));
    print_hint("using " + workspace::relative_path(found->path, root) + "; " + what + " does not count beside it");
  }
  return found->path;
}

std::optional<config::Config> read_config(const workspace::FileSystem& files, const std::string& root, const ConfigOptions& options) {
  const std::string path = config_path(files, root, options);
  if (path.empty()) return config::Config();
  config::LoadedConfig loaded = config::load_config(files, root, path, all_rules());
  print_errors(loaded.errors);
  if (!loaded.errors.empty()) return std::nullopt;
  return std::move(loaded.config);
}

}  // namespace drizzle_audit::cli
