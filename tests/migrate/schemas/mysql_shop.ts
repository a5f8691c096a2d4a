import { index, int, mysqlTable, timestamp, unique, varchar } from 'drizzle-orm/mysql-core';

export const stores = mysqlTable('stores', { id: int('id').primaryKey(), name: varchar('name', { length: 190 }).notNull() });
export const pages = mysqlTable('pages', {
  id: int('id').primaryKey(),
  storeId: int('store_id').notNull().references(() => stores.id, { onDelete: 'cascade' }),
  slug: varchar('slug', { length: 190 }).notNull(),
}, (t) => [unique('pages_store_id_slug').on(t.storeId, t.slug)]);
export const products = mysqlTable('products', {
  id: int('id').primaryKey(),
  storeId: int('store_id').notNull(), //-
  //+ storeId: int('store_id').notNull().references(() => stores.id, { onDelete: 'cascade' }),
  slug: varchar('slug', { length: 190 }).notNull(),
  price: int('price').notNull().default(0),
  createdAt: timestamp('created_at').notNull(),
}, (t) => [
  index('products_store_id_idx').on(t.storeId), //-
  { slug: unique('products_store_id_slug').on(t.storeId, t.slug) }, //-
  //+ unique('products_store_id_slug').on(t.storeId, t.slug),
]);
export const reviews = mysqlTable('reviews', {
  id: int('id').primaryKey(),
  productId: int('product_id').notNull().references(() => products.id, { onDelete: 'cascade' }),
  text: varchar('text', { length: 190 }),
}, (t) => [index('reviews_product_id_idx').on(t.productId)]);
export const wishes = mysqlTable('wishes', {
  id: int('id').primaryKey(),
  productId: int('product_id').references(() => products.id, { onDelete: 'set null' }),
}, (t) => [index('wishes_product_id_idx').on(t.productId)]);
