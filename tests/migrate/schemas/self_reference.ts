import { type AnyPgColumn, index, integer, pgTable, serial, text } from 'drizzle-orm/pg-core';

export const categories = pgTable('categories', {
  id: serial('id').primaryKey(),
  parentId: integer('parent_id').references((): AnyPgColumn => categories.id, { onDelete: 'set null' }),
  name: text('name').notNull(),
}, (t) => [index('categories_parent_id_idx').on(t.parentId)]);
export const products = pgTable('products', {
  id: serial('id').primaryKey(),
  categoryId: integer('category_id'), //-
  //+ categoryId: integer('category_id').references(() => categories.id),
  name: text('name').notNull(),
}, (t) => [index('products_category_id_idx').on(t.categoryId)]);
