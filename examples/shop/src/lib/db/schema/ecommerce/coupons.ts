import { integer, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { stores } from '../core/stores';
import { id, money, timestamps } from '../columns';
import { couponKind } from './enums';

export const coupons = pgTable(
  'coupons',
  {
    id: id(),
    storeId: uuid('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    code: text('code').notNull(),
    kind: couponKind('kind').notNull(),
    percentage: integer('percentage'),
    amount: money('amount'),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [unique('coupons_store_id_code_unique').on(t.storeId, t.code)],
);
