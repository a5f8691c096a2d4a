// From flags to the config of a project.
#pragma once

#include <optional>
#include <string>

#include "cli/options.h"
#include "config/config.h"
#include "workspace/file_system.h"

namespace drizzle_audit::cli {

/// The config's absolute path; empty when there is none, or when it shall not be used.
std::string config_path(const workspace::FileSystem& files, const std::string& root, const ConfigOptions& options);

/// The config of the project at `root` (absolute), all defaults when it has none. Prints what is wrong with it and returns nothing then.
std::optional<config::Config> read_config(const workspace::FileSystem& files, const std::string& root, const ConfigOptions& options);

}  // namespace drizzle_audit::cli
