import { index, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { id, money, timestamps } from '../columns';
import { paymentStatus } from './enums';
import { orders } from './orders';

export const payments = pgTable(
  'payments',
  {
    id: id(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    provider: text('provider', { enum: ['stripe', 'paypal', 'invoice'] }).notNull(),
    // The provider's own key.
    providerReference: text('provider_reference').notNull(),
    amount: money('amount').notNull(),
    status: paymentStatus('status').notNull().default('pending'),
    capturedAt: timestamp('captured_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [
    unique('payments_provider_reference_unique').on(t.provider, t.providerReference),
    index('payments_order_id_idx').on(t.orderId),
  ],
);
