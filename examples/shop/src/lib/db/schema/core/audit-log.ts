import { index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { id } from '../columns';
import { stores } from './stores';
import { users } from './users';

export const auditLog = pgTable(
  'audit_log',
  {
    id: id(),
    storeId: uuid('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    actorUserId: uuid('actor_user_id').references(() => users.id, { onDelete: 'set null' }),
    action: text('action').notNull(),
    // Which row was touched: its table is in entityType, so no foreign key can say it.
    entityType: text('entity_type').notNull(),
    entityId: uuid('entity_id').notNull(),
    changes: jsonb('changes').$type<Record<string, unknown>>(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    index('audit_log_store_id_at_idx').on(t.storeId, t.at.desc()),
    index('audit_log_actor_user_id_idx').on(t.actorUserId),
    index('audit_log_entity_idx').on(t.entityType, t.entityId),
  ],
);
