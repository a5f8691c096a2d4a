#include "tenant/infer.h"

namespace drizzle_audit {

const Column* tenant_column(const TenantModel& tenants, const Table& table) {
  for (const Column* column : tenants.columns) {
    if (column->table == &table) return column;
  }
  return nullptr;
}

namespace tenant {

TenantModel infer(const Model& model) {
  static_cast<void>(model);
  return {};
}

}  // namespace tenant
}  // namespace drizzle_audit
