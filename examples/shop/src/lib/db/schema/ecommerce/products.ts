import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { id, money, timestamps } from '../columns';
import { categories } from './categories';
import { productStatus } from './enums';

/** Search engine texts of a product page. */
export interface ProductSeo {
  title: string;
  description: string | null;
}

export const products = pgTable(
  'products',
  {
    id: id(),
    storeId: uuid('store_id').notNull(),
    categoryId: uuid('category_id').references(() => categories.id, { onDelete: 'set null' }),
    title: text('title').notNull(),
    slug: text('slug').notNull(),
    description: text('description'),
    status: productStatus('status').notNull().default('draft'),
    basePrice: money('base_price').notNull(),
    seo: jsonb('seo').$type<ProductSeo>(),
    publishedAt: timestamp('published_at', { withTimezone: true }),
    ...timestamps,
  },
  (t) => [
    unique('products_store_id_slug_unique').on(t.storeId, t.slug),
    index('products_category_id_idx').on(t.categoryId),
    index('products_active_idx').on(t.storeId, t.publishedAt.desc()).where(sql`${t.status} = 'active'`),
    check('products_base_price_check', sql`${t.basePrice} >= 0`),
  ],
);
