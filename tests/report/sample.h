// One set of findings for all formats: every shape a finding can have, and text that breaks what does not escape it.
#pragma once

#include <string>

#include "report/report.h"

namespace drizzle_audit::report_tests {

/// Owns what a report refers to.
class Sample {
 public:
  Sample();
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;

  [[nodiscard]] report::Report report() const;
  /// A report of the same schema without findings.
  [[nodiscard]] report::Report clean_report() const;

 private:
  void add_plain_findings();
  void add_hostile_findings();
  void add_findings_that_do_not_count();

  Sources sources_;
  FileId plain_ = kNoFile;
  FileId hostile_ = kNoFile;
  Model model_;
  audit::AuditResult result_;
  audit::AuditResult clean_;
};

}  // namespace drizzle_audit::report_tests
