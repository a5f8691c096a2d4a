// casing: snake_case
import { index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';

export const workspaces = pgTable('workspaces', { id: uuid().primaryKey(), displayName: text().notNull() });
export const apiKeys = pgTable('api_keys', { id: uuid().primaryKey(), workspaceId: uuid().notNull().references(() => workspaces.id, { onDelete: 'cascade' }), keyHash: text().notNull() }, (t) => [
  index('api_keys_workspace_id_idx').on(t.workspaceId),
]);
export const webhooks = pgTable('webhooks', {
  id: uuid().primaryKey(),
  workspaceId: uuid().notNull(), //-
  //+ workspaceId: uuid().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  targetUrl: text().notNull(),
}, (t) => [
  index('webhooks_workspace_id_idx').on(t.workspaceId), //-
  { url: unique('webhooks_url').on(t.workspaceId, t.targetUrl) }, //-
  //+ unique('webhooks_url').on(t.workspaceId, t.targetUrl),
]);
