import { index, integer, jsonb, pgSchema, serial, text, timestamp } from 'drizzle-orm/pg-core';
import { relations, sql } from 'drizzle-orm';

export const app = pgSchema('app');

export const stores = app.table('stores', {
  id: serial('id').primaryKey(),
  slug: text('slug').notNull().unique(),
});

export const customers = app.table(
  'customers',
  {
    id: serial('id').primaryKey(),
    storeId: integer('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    // what they bought
    orders: jsonb('orders').$type<{ id: number; storeId: number; total: number }[]>(),
  },
  (t) => [index('customers_store_id_idx').on(t.storeId)],
);

export const orders = app.table(
  'orders',
  {
    id: serial('id').primaryKey(),
    storeId: integer('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    customerId: integer('customer_id').notNull().references(() => customers.id, { onDelete: 'set null' }),
    total: integer('total').notNull(),
    placedAt: timestamp('placed_at').default(new Date()).notNull(),
  },
  (t) => [
    index('orders_store_id_customer_id_idx').on(t.storeId, t.customerId),
    index('orders_store_id_idx').on(t.storeId), // the first column of the other one
  ],
);

export const categories = app.table(
  'categories',
  {
    id: serial('id').primaryKey(),
    storeId: integer('store_id').notNull(),
    parentId: integer('parent_id'),
    slug: text('slug').notNull(),
  },
  (t) => [sql`UNIQUE(${t.storeId}, ${t.slug})`],
);

export const tags = app.table('tags', { id: serial('id').primaryKey(), storeId: integer('store_id').notNull() });

export const storesRelations = relations(stores, ({ many }) => ({ customers: many(customers), orders: many(orders) }));
export const customersRelations = relations(customers, ({ one, many }) => ({
  store: one(stores, { fields: [customers.storeId], references: [stores.id] }),
  orders: many(orders),
}));
export const ordersRelations = relations(orders, ({ one }) => ({
  store: one(stores, { fields: [orders.storeId], references: [stores.id] }),
  customer: one(customers, { fields: [orders.customerId], references: [customers.id] }),
}));
export const categoriesRelations = relations(categories, ({ one, many }) => ({
  parent: one(categories, { fields: [categories.parentId], references: [categories.id], relationName: 'tree' }),
  children: many(categories, { relationName: 'tree' }),
}));
