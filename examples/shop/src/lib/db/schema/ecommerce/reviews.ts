import { sql } from 'drizzle-orm';
import { check, index, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core';
import { storeCustomers } from '../core/store-customers';
import { id, timestamps } from '../columns';
import { products } from './products';

export const reviews = pgTable(
  'reviews',
  {
    id: id(),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => storeCustomers.id, { onDelete: 'cascade' }),
    rating: smallint('rating').notNull(),
    comment: text('comment'),
    ...timestamps,
  },
  (t) => [
    index('reviews_product_id_created_at_idx').on(t.productId, t.createdAt.desc()),
    index('reviews_customer_id_idx').on(t.customerId),
    check('reviews_rating_check', sql`${t.rating} between 1 and 5`),
    { onePerCustomer: unique('reviews_product_id_customer_id_unique').on(t.productId, t.customerId) },
  ],
);
