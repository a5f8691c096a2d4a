// The baseline: findings a project has decided to live with for now, so that only new ones count.
//
// Kept by rule and database object, never by line: an edit elsewhere cannot hide a finding, nor can a finding on another object hide
// behind an entry. An entry whose finding is gone is stale and is reported. The file is sorted, one entry a line, so that it merges well:
//
//   { "formatVersion": 1, "findings": { "missing-foreign-key": ["public.products(store_id)"] } }
//
// Read and written by the command line; audit.cpp holds findings against it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/settings.h"
#include "drizzle_audit/finding.h"
#include "drizzle_audit/source.h"

namespace drizzle_audit::audit {

inline constexpr int kBaselineFormatVersion = 1;
inline constexpr std::string_view kDefaultBaselinePath = ".drizzle-audit-baseline.json";

struct BaselineEntry {
  std::string rule;
  std::string object;  ///< the fingerprint without the rule
  Span span;           ///< the entry in the baseline file
};

struct Baseline {
  std::vector<BaselineEntry> entries;
};

/// Why a file is no baseline. `line` and `column` are 1-based; 0 when no place is to blame.
struct BaselineError {
  std::string message;
  std::string help;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// `file` is in `sources`.
std::variant<Baseline, BaselineError> read_baseline(const Sources& sources, FileId file);

/// The file for these entries: sorted, each once. Ends with a line feed.
std::string baseline_text(std::vector<BaselineEntry> entries);

/// What a baseline remembers a finding by.
BaselineEntry baseline_entry(const Finding& finding);

/// Whether findings of the rule, one of `known`, may be kept in a baseline. Those that say that the project cannot be read may not.
bool may_be_baselined(std::string_view rule, std::span<const Rule* const> known);

/// Marks the findings that an entry knows. Returns the entries that know none as findings of `stale-baseline`; an entry of a rule that did
/// not run is not stale.
std::vector<Finding> apply_baseline(const Baseline& baseline, std::vector<Finding>& findings, const config::Settings& settings);

}  // namespace drizzle_audit::audit
