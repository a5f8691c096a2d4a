#include "audit/fingerprint.h"

#include <map>

namespace drizzle_audit::audit {

std::string fingerprint(const Finding& finding, Dialect dialect) {
  const Subject& subject = finding.subject;
  std::string text(finding.rule);
  if (!subject.table.empty()) {
    text += ' ';
    if (subject.schema) {
      text += *subject.schema + '.';
    } else if (dialect == Dialect::kPostgresql) {
      text += "public.";
    }
    text += subject.table;
  }
  if (!subject.columns.empty()) {
    text += subject.table.empty() ? " (" : "(";
    for (std::size_t i = 0; i < subject.columns.size(); ++i) {
      if (i > 0) text += ',';
      text += subject.columns[i];
    }
    text += ')';
  }
  if (!subject.type.empty()) text += ' ' + subject.type;
  if (!subject.name.empty()) text += (subject.type.empty() ? ' ' : '.') + subject.name;
  return text;
}

void make_unique(std::vector<Finding>& findings) {
  std::map<std::string, unsigned> seen;
  for (Finding& finding : findings) {
    const unsigned count = ++seen[finding.fingerprint];
    if (count > 1) finding.fingerprint += " #" + std::to_string(count);
  }
}

}  // namespace drizzle_audit::audit
