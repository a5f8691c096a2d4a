#include "verify/catalogue.h"

namespace drizzle_audit::verify {

std::string_view to_string(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::kPrimaryKey: return "primary key";
    case ConstraintKind::kForeignKey: return "foreign key";
    case ConstraintKind::kUnique: return "unique constraint";
    case ConstraintKind::kCheck: break;
  }
  return "check";
}

}  // namespace drizzle_audit::verify
