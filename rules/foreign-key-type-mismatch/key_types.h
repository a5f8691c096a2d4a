// Whether a database accepts a foreign key between columns of two types, and what becomes of it where it does. Used by rule.cpp.
#pragma once

#include "drizzle_audit/model.h"

namespace drizzle_audit::rules::foreign_key_type_mismatch {

enum class Fit {
  kSame,      ///< or different in nothing that matters
  kWider,     ///< the referencing column holds more than its target ever will
  kNarrower,  ///< the target's values may outgrow the referencing column
  kLoose,     ///< accepted, and compared by conversion
  kRefused,   ///< the database refuses the foreign key, or every row
  kUnknown,
};

/// `child` references `parent`; both in tables of the dialect.
Fit fit_of(Dialect dialect, const Column& child, const Column& parent);

}  // namespace drizzle_audit::rules::foreign_key_type_mismatch
