import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, timestamps } from '../columns';

export const tags = pgTable(
  'tags',
  {
    id: id(),
    storeId: uuid('store_id').notNull(),
    name: text('name').notNull(),
    slug: text('slug').notNull(),
    ...timestamps,
  },
  (t) => [index('tags_store_id_name_idx').on(t.storeId, t.name), index('tags_slug_idx')],
);
