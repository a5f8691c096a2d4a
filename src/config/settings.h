// What the audit is run with: which rules, how grave their findings are where, and their options. The config and the flags end up here.
//
// Made once before a run by the command line, the language server or a test; read by `audit`. Refers to rules, which live for ever.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drizzle_audit/rule.h"
#include "workspace/glob.h"

namespace drizzle_audit::config {

/// How grave a rule's findings are; none: it is off.
using Level = std::optional<Severity>;
using Levels = std::map<std::string, Level, std::less<>>;

struct RuleSetting {
  const Rule* rule = nullptr;
  Level level;  ///< where no override says otherwise
  OptionValues options;
};

/// Other levels in a part of the schema: where every list that is not empty has a pattern that matches.
struct OverrideSetting {
  std::string folder = "/";             ///< what `files` are relative to; absolute
  std::vector<workspace::Glob> files;   ///< match the path of a finding
  std::vector<workspace::Glob> tables;  ///< match the table's name, or "schema.table"
  std::vector<workspace::Glob> schemas;
  Levels levels;  ///< by rule id
};

struct Settings {
  std::string root = "/";          ///< of the project; absolute
  std::vector<RuleSetting> rules;  ///< those that are on somewhere
  std::vector<const Rule*> known = {};  ///< all there are, on or off: what comments and a baseline may name
  std::vector<OverrideSetting> overrides;
};

/// What a level is asked for: the object a finding is about. Empty parts match no pattern.
struct Place {
  std::string_view path;    ///< relative to the project root
  std::string_view schema;  ///< of the database
  std::string_view table;
};

/// The level of `rule` at `place`: the last override that speaks of it, else the rule's own.
Level level_at(const Settings& settings, const RuleSetting& rule, const Place& place);

/// These rules as they are without any config.
Settings default_settings(std::span<const Rule* const> rules);

}  // namespace drizzle_audit::config
