import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, money, timestamps } from '../columns';
import { products } from './products';

export const productVariants = pgTable(
  'product_variants',
  {
    id: id(),
    storeId: uuid('store_id').notNull(),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    sku: text('sku').notNull(),
    price: money('price').notNull(),
    compareAtPrice: money('compare_at_price'),
    weightGrams: integer('weight_grams'),
    options: jsonb('options').$type<Record<string, string>>().notNull().default({}),
    available: boolean('available').notNull().default(true),
    ...timestamps,
  },
  (t) => [
    unique('product_variants_store_id_sku_unique').on(t.storeId, t.sku),
    index('product_variants_product_id_idx').on(t.productId),
    check('product_variants_price_check', sql`${t.price} >= 0`),
  ],
);
