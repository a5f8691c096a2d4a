// What every format of findings is given, and small questions that several formats ask of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "audit/audit.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::report {

/// How much of it, and for what kind of terminal: `pretty`, and `markdown` for the number shown.
struct PrettyOptions {
  bool color = false;
  unsigned width = 0;                            ///< columns of the terminal; 0: unknown, nothing is wrapped
  std::optional<std::uint32_t> max_diagnostics;  ///< findings shown; none: all of them
  bool verbose = false;                          ///< all evidence, and every expression that could not be read
};

/// A finished audit. Everything it refers to outlives it.
struct Report {
  const audit::AuditResult& result;
  std::span<const RegisteredRule> rules;    ///< for their summaries and pages
  std::span<const Model* const> models;     ///< for the diagram, and for a file to name where a finding has none
  std::string from_working_directory = {};  ///< the project root seen from there, "" when it is there: for editors and terminals
  std::string from_repository = {};         ///< the same seen from the top of the git work tree: for forges
  std::string project = {};                 ///< what the project is called: its folder
  /// The repository's files at this commit in a browser, with a slash at the end: "https://…/blob/<commit>/"; empty when nobody knows.
  std::string source_url = {};
  bool has_baseline = false;
  unsigned threads = 1;  ///< that may write it
  PrettyOptions pretty = {};
};

/// `path`, which is relative to the project root, seen from the folder that `prefix` leads from.
std::string path_from(std::string_view prefix, std::string_view path);

/// Where a finding is; formats that insist on a file get the config or the first schema file for what concerns the whole schema.
struct Place {
  std::string path;   ///< with the prefix asked for
  Location location;  ///< line 0 when the finding has no place; its `path` is without prefix
  [[nodiscard]] bool somewhere() const { return location.line != 0; }
};
Place place_of(const Report& report, const Finding& finding, std::string_view prefix);

/// "path:line:column", printable.
std::string place_text(const Report& report, Span span, std::string_view prefix);

/// "4 errors, 9 warnings, 1 info"; "nothing to report" when there is none.
std::string counts_text(const audit::Summary& summary);

/// "1 table", "2 tables".
std::string counted(std::uint32_t count, std::string_view noun);

/// The rule with this id, or null.
const RegisteredRule* find_rule(const Report& report, std::string_view id);

/// Where a rule's page is to be read in a browser; empty when this build does not know (CMake's DRZ_RULE_PAGES).
std::string rule_url(std::string_view id);

}  // namespace drizzle_audit::report
