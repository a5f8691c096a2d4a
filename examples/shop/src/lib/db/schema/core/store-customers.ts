import { boolean, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, timestamps } from '../columns';
import { stores } from './stores';

export const storeCustomers = pgTable(
  'store_customers',
  {
    id: id(),
    storeId: uuid('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    name: text('name'),
    acceptsMarketing: boolean('accepts_marketing').notNull().default(false),
    // The customer's past orders, as the account page lists them.
    orders: jsonb('orders')
      .$type<{ id: string; orderNumber: string; status: string; total: string; placedAt: string }[]>()
      .notNull()
      .default([]),
    metadata: jsonb('metadata').$type<Record<string, unknown>>(),
    ...timestamps,
  },
  (t) => [unique('store_customers_store_id_email_unique').on(t.storeId, t.email)],
);
