import { sql } from 'drizzle-orm';
import { bigint, char, check, index, integer, jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { storeCustomers } from '../core/store-customers';
import { stores } from '../core/stores';
import { id, money, timestamps } from '../columns';
import { coupons } from './coupons';
import { orderStatus, paymentStatus } from './enums';
import { productVariants } from './product-variants';
import { products } from './products';

/** The address as it was when the order was placed. */
export interface AddressSnapshot {
  line1: string;
  line2: string | null;
  city: string;
  postcode: string;
  country: string;
}

export const orders = pgTable(
  'orders',
  {
    id: id(),
    storeId: uuid('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    customerId: uuid('customer_id').references(() => storeCustomers.id, { onDelete: 'set null' }),
    couponId: uuid('coupon_id').references(() => coupons.id, { onDelete: 'set null' }),
    orderNumber: bigint('order_number', { mode: 'bigint' }).notNull(),
    status: orderStatus('status').notNull().default('pending'),
    paymentStatus: paymentStatus('payment_status').notNull().default('pending'),
    currency: char('currency', { length: 3 }).notNull(),
    subtotal: money('subtotal').notNull(),
    total: money('total').notNull(),
    shippingAddressSnapshot: jsonb('shipping_address_snapshot').$type<AddressSnapshot>().notNull(),
    note: text('note'),
    placedAt: timestamp('placed_at', { withTimezone: true }).notNull().defaultNow(),
    ...timestamps,
  },
  (t) => [
    unique('orders_store_id_order_number_unique').on(t.storeId, t.orderNumber),
    index('orders_customer_id_placed_at_idx').on(t.customerId, t.placedAt.desc()),
    index('orders_coupon_id_idx').on(t.couponId),
    index('orders_open_idx').on(t.storeId, t.placedAt).where(sql`${t.status} in ('pending', 'confirmed')`),
    check('orders_total_check', sql`${t.total} >= 0`),
  ],
);

export const orderItems = pgTable(
  'order_items',
  {
    id: id(),
    orderId: uuid('order_id')
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'restrict' }),
    variantId: uuid('variant_id').references(() => productVariants.id, { onDelete: 'set null' }),
    title: text('title').notNull(),
    quantity: integer('quantity').notNull(),
    unitPrice: money('unit_price').notNull(),
    ...timestamps,
  },
  (t) => [
    index('order_items_product_id_idx').on(t.productId),
    check('order_items_quantity_check', sql`${t.quantity} > 0`),
  ],
);
