// The config: what `drizzle-audit.json` and the files it extends say, and where each of them says it.
//
// The command line loads it before the project is read (load.h) and makes the settings of the run from it (resolve.h). Plain data; spans
// point into `sources`, which the config owns.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.h"
#include "drizzle_audit/finding.h"
#include "drizzle_audit/rule.h"
#include "drizzle_audit/source.h"
#include "tenant/infer.h"
#include "types/setting.h"

namespace drizzle_audit::config {

/// A value and the place that sets it; nowhere when it is the default.
template <class T>
struct Setting {
  T value{};
  Span span{};
};

/// Paths and globs are relative to the folder of the file that they stand in.
struct Located {
  std::string folder;  ///< absolute
  std::string text;
};

struct RuleConfig {
  std::optional<Setting<Level>> level;
  std::map<std::string, Setting<OptionValue>, std::less<>> options;
};

struct Override {
  Span span;
  std::string folder;  ///< absolute; what `files` are relative to
  std::vector<std::string> files;
  std::vector<std::string> tables;
  std::vector<std::string> schemas;
  std::map<std::string, Setting<Level>, std::less<>> levels;
};

struct Config {
  std::unique_ptr<Sources> sources = std::make_unique<Sources>();
  std::vector<FileId> files;  ///< that were read: what is extended comes before what extends it; empty without a config

  Setting<Preset> preset;
  std::map<std::string, RuleConfig, std::less<>> rules;  ///< by id
  std::vector<Override> overrides;
  std::optional<Setting<tenant::TenantSetting>> tenant;
  std::optional<Setting<types::DomainTypeSetting>> domain_types;
  Setting<ForeignKeyPolicy> foreign_keys;
  Setting<std::optional<Severity>> fail_on{Severity::kError, {}};  ///< none: nothing fails
  std::vector<Setting<Located>> ignore;
  std::optional<Setting<Located>> baseline;
};

/// Something that is wrong with a config. `path` is relative to the project root.
struct ConfigError {
  std::string message;
  std::string help;
  std::string path;
  std::uint32_t line = 0;  ///< 1-based; 0 when no place is to blame
  std::uint32_t column = 0;
};

/// The paths of `files`, for people.
[[nodiscard]] std::string file_list(const Config& config);

/// The words of the config: "recommended", "auto".
[[nodiscard]] std::string_view to_string(Preset preset);
[[nodiscard]] std::string_view to_string(ForeignKeyPolicy policy);
/// "error" … "off".
[[nodiscard]] std::string_view to_string(const Level& level);
[[nodiscard]] std::optional<Preset> preset_named(std::string_view name);

}  // namespace drizzle_audit::config
