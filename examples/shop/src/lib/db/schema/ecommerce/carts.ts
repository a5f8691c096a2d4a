import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { storeCustomers } from '../core/store-customers';
import { stores } from '../core/stores';
import { id, timestamps } from '../columns';
import { productVariants } from './product-variants';

export const carts = pgTable(
  'carts',
  {
    id: id(),
    storeId: uuid('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    customerId: uuid('customer_id').references(() => storeCustomers.id, { onDelete: 'cascade' }),
    // The visitor's cookie; there is no table of sessions.
    sessionId: text('session_id').notNull().unique(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    ...timestamps,
  },
  (t) => [
    index('carts_store_id_expires_at_idx').on(t.storeId, t.expiresAt),
    index('carts_customer_id_idx').on(t.customerId).where(sql`${t.customerId} is not null`),
  ],
);

export const cartItems = pgTable(
  'cart_items',
  {
    id: id(),
    cartId: uuid('cart_id')
      .notNull()
      .references(() => carts.id, { onDelete: 'cascade' }),
    variantId: uuid('variant_id')
      .notNull()
      .references(() => productVariants.id, { onDelete: 'cascade' }),
    quantity: integer('quantity').notNull().default(1),
    ...timestamps,
  },
  (t) => [
    unique('cart_items_cart_id_variant_id_unique').on(t.cartId, t.variantId),
    index('cart_items_variant_id_idx').on(t.variantId),
    check('cart_items_quantity_check', sql`${t.quantity} > 0`),
  ],
);
