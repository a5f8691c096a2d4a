// The bodies behind finding.h, rule.h and types.h.
#include "drizzle_audit/finding.h"

#include <utility>

#include "drizzle_audit/rule.h"

namespace drizzle_audit {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::kInfo: return "info";
    case Severity::kWarning: return "warning";
    case Severity::kError: break;
  }
  return "error";
}

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::kMedium: return "medium";
    case Confidence::kHigh: return "high";
    case Confidence::kCertain: break;
  }
  return "certain";
}

std::string_view to_string(Applicability applicability) { return applicability == Applicability::kSafe ? "safe" : "unsafe"; }

std::string_view to_string(MappingKind kind) {
  switch (kind) {
    case MappingKind::kDeclared: return "declared";
    case MappingKind::kDerived: return "derived";
    case MappingKind::kInferred: break;
  }
  return "inferred";
}

std::string_view to_string(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::kTable: return "table";
    case SubjectKind::kColumn: return "column";
    case SubjectKind::kIndex: return "index";
    case SubjectKind::kUnique: return "unique";
    case SubjectKind::kForeignKey: return "foreignKey";
    case SubjectKind::kRelation: return "relation";
    case SubjectKind::kEnum: return "enum";
    case SubjectKind::kType: return "type";
    case SubjectKind::kProperty: return "property";
    case SubjectKind::kFile: return "file";
    case SubjectKind::kExtra: break;
  }
  return "extra";
}

TableRef table_ref(const Table& table) {
  TableRef ref{.schema = std::nullopt, .table = std::string(table.name.value_or(""))};
  if (table.schema.known() && table.schema.value()) ref.schema = std::string(*table.schema.value());
  return ref;
}

Finding& RuleContext::report(Span span, Subject subject, std::string message) const {
  Finding& finding = findings_.emplace_back();
  finding.rule = rule_;
  finding.severity = severity_;
  finding.subject = std::move(subject);
  finding.message = std::move(message);
  finding.span = span;
  return finding;
}

const DomainTypes& RuleContext::types() const {
  static const DomainTypes kNone;
  return input_.types == nullptr ? kNone : *input_.types;
}

}  // namespace drizzle_audit
