import { index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

export const stores = sqliteTable('stores', { id: integer('id').primaryKey(), name: text('name').notNull() });
export const pages = sqliteTable('pages', {
  id: integer('id').primaryKey(),
  storeId: integer('store_id').notNull().references(() => stores.id, { onDelete: 'cascade' }),
  slug: text('slug').notNull(),
}, (t) => [unique('pages_store_id_slug').on(t.storeId, t.slug)]);
export const products = sqliteTable('products', {
  id: integer('id').primaryKey(),
  storeId: integer('store_id').notNull(), //-
  //+ storeId: integer('store_id').notNull().references(() => stores.id, { onDelete: 'cascade' }),
  slug: text('slug').notNull(),
  price: integer('price').notNull().default(0),
  createdAt: integer('created_at', { mode: 'timestamp' }).notNull(),
}, (t) => [
  index('products_store_id_idx').on(t.storeId), //-
  { slug: unique('products_store_id_slug').on(t.storeId, t.slug) }, //-
  //+ unique('products_store_id_slug').on(t.storeId, t.slug),
]);
export const reviews = sqliteTable('reviews', {
  id: integer('id').primaryKey(),
  productId: integer('product_id').notNull().references(() => products.id, { onDelete: 'cascade' }),
  text: text('text'),
}, (t) => [index('reviews_product_id_idx').on(t.productId)]);
export const wishes = sqliteTable('wishes', {
  id: integer('id').primaryKey(),
  productId: integer('product_id').references(() => products.id, { onDelete: 'set null' }),
}, (t) => [index('wishes_product_id_idx').on(t.productId)]);
