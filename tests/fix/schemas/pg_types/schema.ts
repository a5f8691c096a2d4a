import { bigint, boolean, index, integer, jsonb, numeric, pgEnum, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const orderStatus = pgEnum('order_status', ['pending', 'paid', 'shipped', 'refunded']);
export const orders = pgTable('orders', {
  id: uuid('id').primaryKey(),
  orderNumber: bigint('order_number', { mode: 'bigint' }).notNull(),
  total: numeric('total').notNull(),
  quantity: integer('quantity').notNull(),
  note: text('note'),
  gift: boolean('gift').notNull(),
  status: orderStatus('status').notNull(),
  address: jsonb('address').$type<{ street: string; city: string; country: string }>().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});
export const tickets = pgTable('tickets', {
  id: uuid('id').primaryKey(),
  orderId: uuid('order_id').references(() => orders.id),
  subject: text('subject').notNull(),
  priority: text('priority', { enum: ['low', 'normal', 'high'] }).notNull(),
}, (t) => [index('tickets_order_id_idx').on(t.orderId)]);
