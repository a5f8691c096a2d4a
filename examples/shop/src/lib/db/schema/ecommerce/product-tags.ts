import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { products } from './products';
import { tags } from './tags';

export const productTags = pgTable(
  'product_tags',
  {
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    tagId: uuid('tag_id')
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.productId, t.tagId] }), index('product_tags_tag_id_idx').on(t.tagId)],
);
