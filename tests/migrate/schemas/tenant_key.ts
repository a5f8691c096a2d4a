import { pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';

export const stores = pgTable('stores', { id: uuid('id').primaryKey().defaultRandom(), name: text('name').notNull() });
export const pages = pgTable('pages', {
  id: uuid('id').primaryKey().defaultRandom(),
  storeId: uuid('store_id').notNull().references(() => stores.id, { onDelete: 'cascade' }),
  slug: text('slug').notNull(),
}, (t) => [unique().on(t.storeId, t.slug)]);
export const products = pgTable('products', {
  id: uuid('id').primaryKey().defaultRandom(),
  storeId: uuid('store_id').notNull(), //-
  //+ storeId: uuid('store_id').notNull().references(() => stores.id, { onDelete: 'cascade' }),
  slug: text('slug').notNull(),
  createdAt: timestamp('created_at').notNull().defaultNow(),
}, (t) => [unique().on(t.storeId, t.slug)]);
