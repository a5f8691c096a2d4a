// From the config and the flags of a run to its settings.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/config.h"
#include "config/settings.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::config {

/// What flags say about rules, by id and by category. They win over the config.
struct Selection {
  std::optional<Preset> preset = {};
  std::vector<std::string> only = {};  ///< a rule named here is on even when it is off otherwise; a category is only narrowed to
  std::vector<std::string> skip = {};  ///< wins over `only`
};

/// The level of a rule outside of overrides and where it is set; nowhere when the preset or the rule itself decides.
[[nodiscard]] Setting<Level> level_of(const Config& config, const Rule& rule, Preset preset);

/// `root`: the project's, absolute.
[[nodiscard]] Settings resolve(const Config& config, const std::string& root, std::span<const RegisteredRule> rules,
                               const Selection& selection);

/// Whether `ignore` names the file. `path` is relative to `root`.
[[nodiscard]] bool is_ignored(const Config& config, const std::string& root, std::string_view path);

}  // namespace drizzle_audit::config
