import { pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** What a store sells. */
export const products = pgTable('products', {
  id: uuid('id').primaryKey(),
  storeId: uuid('store_id').notNull(),
  title: text('title').notNull(),
});
