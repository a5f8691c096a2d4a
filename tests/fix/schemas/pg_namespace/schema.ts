import * as pg from 'drizzle-orm/pg-core';
import { relations, sql } from 'drizzle-orm';

export const stores = pg.pgTable('stores', {
  id: pg.serial('id').primaryKey(),
  slug: pg.text('slug').notNull().unique(),
});

export const customers = pg.pgTable(
  'customers',
  {
    id: pg.serial('id').primaryKey(),
    storeId: pg.integer('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    // what they bought
    orders: pg.jsonb('orders').$type<{ id: number; storeId: number; total: number }[]>(),
  },
  (t) => [pg.index('customers_store_id_idx').on(t.storeId)],
);

export const orders = pg.pgTable(
  'orders',
  {
    id: pg.serial('id').primaryKey(),
    storeId: pg.integer('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    customerId: pg.integer('customer_id').notNull().references(() => customers.id, { onDelete: 'set null' }),
    total: pg.integer('total').notNull(),
    placedAt: pg.timestamp('placed_at').default(new Date()).notNull(),
  },
  (t) => [
    pg.index('orders_store_id_customer_id_idx').on(t.storeId, t.customerId),
    pg.index('orders_store_id_idx').on(t.storeId), // the first column of the other one
  ],
);

export const categories = pg.pgTable(
  'categories',
  {
    id: pg.serial('id').primaryKey(),
    storeId: pg.integer('store_id').notNull(),
    parentId: pg.integer('parent_id'),
    slug: pg.text('slug').notNull(),
  },
  (t) => [sql`UNIQUE(${t.storeId}, ${t.slug})`],
);

export const tags = pg.pgTable('tags', { id: pg.serial('id').primaryKey(), storeId: pg.integer('store_id').notNull() });

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
