// Suppressions: comments in the source that say why a finding does not count.
//
//   // drizzle-audit-ignore missing-foreign-key: the record outlives the account      the next line of code, or the line it stands behind
//   // drizzle-audit-ignore-table missing-index: ten rows                             the table that follows, with all its columns
//   // drizzle-audit-ignore-file float-for-money: cents are divided by design         the whole file
//   // drizzle-audit-ignore-start missing-index: …   // drizzle-audit-ignore-end      what stands between
//
// Used by audit.cpp, which marks what they cover and reports those that are mistaken or cover nothing. Spans and text point into the
// models' sources.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "drizzle_audit/finding.h"
#include "drizzle_audit/model.h"
#include "drizzle_audit/rule.h"

namespace drizzle_audit::audit {

/// One rule of one comment. The places it covers are worked out: a stretch of the comment's file, or certain lines.
struct InlineSuppression {
  std::string_view rule;
  std::string_view reason;  ///< may be empty
  Span comment;
  /// Findings that start in here are covered.
  Span covered;
  /// A comment behind code also covers what ends on its line: the last line of a column's chain.
  bool covers_ends = false;
  bool used = false;
};

/// A comment that starts like a suppression and is none.
struct SuppressionMistake {
  Span comment;
  std::string message;
  std::string help;
};

struct SuppressionComments {
  std::vector<InlineSuppression> suppressions;  ///< by path and offset
  std::vector<SuppressionMistake> mistakes;
};

/// Reads the comments of all models and of the domain types' files; a file that two of them share counts once.
SuppressionComments read_suppressions(std::span<const RuleInput> inputs, const std::vector<std::string>& known_rules);

/// Marks the findings that a comment covers. Returns what is wrong with the comments themselves, as findings of `unused-suppression` and
/// `invalid-suppression`; a comment for a rule that did not run is not unused.
std::vector<Finding> suppress(std::vector<Finding>& findings, std::span<const RuleInput> inputs, const config::Settings& settings);

}  // namespace drizzle_audit::audit
