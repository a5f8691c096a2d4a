import { index, jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { stores } from '../core/stores';
import { id } from '../columns';

export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: id(),
    storeId: uuid('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    provider: text('provider').notNull(),
    eventReference: text('event_reference').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
    handledAt: timestamp('handled_at', { withTimezone: true }),
  },
  (t) => [
    unique('webhook_events_provider_event_reference_unique').on(t.provider, t.eventReference),
    index('webhook_events_store_id_received_at_idx').on(t.storeId, t.receivedAt),
  ],
);
