import { index, integer, jsonb, pgTable, serial, text, timestamp } from 'drizzle-orm/pg-core';
import { relations } from 'drizzle-orm';

export const stores = pgTable('stores', {
  id: serial('id').primaryKey(),
  slug: text('slug').notNull().unique(),
});

export const customers = pgTable(
  'customers',
  {
    id: serial('id').primaryKey(),
    storeId: integer('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    // what they bought
    orders: jsonb('orders').$type<{ id: number; storeId: number; total: number }[]>(),
  },
  (table) => ({
    storeIdx: index('customers_store_id_idx').on(table.storeId),
  }),
);

export const orders = pgTable(
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
  (table) => {
    return {
      storeCustomerIdx: index('orders_store_id_customer_id_idx').on(table.storeId, table.customerId),
      storeIdx: index('orders_store_id_idx').on(table.storeId),
    };
  },
);

export const categories = pgTable(
  'categories',
  {
    id: serial('id').primaryKey(),
    storeId: integer('store_id').notNull(),
    parentId: integer('parent_id'),
    slug: text('slug').notNull(),
  },
  ({ storeId }) => ({
    byStore: index('categories_store_id_idx').on(storeId),
  }),
);

export const tags = pgTable('tags', { id: serial('id').primaryKey(), storeId: integer('store_id').notNull() });

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
