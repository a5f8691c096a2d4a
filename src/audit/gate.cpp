#include "audit/gate.h"

namespace drizzle_audit::audit {

bool fails(const Summary& summary, const Gate& gate) {
  if (gate.max_warnings && summary.warnings > *gate.max_warnings) return true;
  if (!gate.fail_on) return false;
  std::uint32_t count = summary.errors;
  if (*gate.fail_on <= Severity::kWarning) count += summary.warnings;
  if (*gate.fail_on <= Severity::kInfo) count += summary.infos;
  return count > 0;
}

}  // namespace drizzle_audit::audit
