import { index, integer, pgTable, serial, text, unique } from 'drizzle-orm/pg-core';

export const tenants = pgTable('tenants', { id: serial('id').primaryKey() });
export const documents = pgTable('documents', {
  id: serial('id').primaryKey(),
  tenantId: integer('tenant_id').notNull().references(() => tenants.id),
  path: text('path').notNull(),
}, (t) => [
  unique('documents_tenant_id_path').on(t.tenantId, t.path),
  index('documents_tenant_id_idx').on(t.tenantId), //-
]);
