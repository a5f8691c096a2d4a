// The gate: whether what was found makes the run fail. The command line turns the answer into the exit status.
#pragma once

#include <cstdint>
#include <optional>

#include "audit/audit.h"

namespace drizzle_audit::audit {

struct Gate {
  std::optional<Severity> fail_on = Severity::kError;  ///< none: nothing fails
  std::optional<std::uint32_t> max_warnings;           ///< more warnings than this fail too
};

/// Whether `summary` holds anything at or above the gate.
bool fails(const Summary& summary, const Gate& gate);

}  // namespace drizzle_audit::audit
