// The audit engine: all rules over all models of a project, one sorted list of findings out.
//
// Used by the command line, the language server and the rule tests. A result refers to the models' sources and to the rules, which
// must outlive it. Nothing here depends on the number of threads that read the models: the same models give the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "audit/baseline.h"
#include "config/settings.h"
#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::audit {

/// What was looked at. Printed with every report: silence about nothing is not health.
struct Coverage {
  std::uint32_t schemas = 0;
  std::uint32_t files = 0;
  std::uint32_t tables = 0;
  std::uint32_t columns = 0;
  std::uint32_t domain_types = 0;  ///< types that stand for a table
  std::uint32_t unknowns = 0;  ///< expressions that could not be read; rules stay silent about them
};

struct Summary {
  std::uint32_t errors = 0;
  std::uint32_t warnings = 0;
  std::uint32_t infos = 0;
  std::uint32_t suppressed = 0;  ///< by a comment; like the next, in none of the counts above
  std::uint32_t baselined = 0;
  std::uint32_t fixable = 0;         ///< have a fix
  std::uint32_t unsafe_fixable = 0;  ///< of these, one that wants to be looked at
  [[nodiscard]] std::uint32_t total() const { return errors + warnings + infos; }
};

struct AuditResult {
  const Sources* sources = nullptr;
  Coverage coverage;
  Summary summary;
  std::vector<Finding> findings;  ///< sorted by path, offset, rule, message; suppressed ones, too
  std::vector<Unknown> unknowns;  ///< of all models, sorted by path and offset, each place once
};

/// Runs the rules of `settings` over the models of `inputs`, which share one `Sources`. Medium confidence never stays an error. What a
/// comment or the baseline covers is marked as suppressed; comments and entries that cover nothing are findings themselves. `threads`
/// (0: as many as there are cores) changes nothing but the time it takes.
AuditResult run(std::span<const RuleInput> inputs, const config::Settings& settings, const Baseline* baseline = nullptr,
                unsigned threads = 1);

/// Counts again, after findings were given fixes.
void count_again(AuditResult& result);

/// Keeps the findings whose path `keep` accepts, and counts again. Findings without a place stay: they concern the whole schema.
void narrow(AuditResult& result, const std::function<bool(std::string_view path)>& keep);

/// Keeps the findings that `wanted` accepts, and counts again.
void keep(AuditResult& result, const std::function<bool(const Finding& finding)>& wanted);

/// Keeps findings of this severity or a higher one, and counts again.
void keep_severity(AuditResult& result, Severity least);

}  // namespace drizzle_audit::audit
