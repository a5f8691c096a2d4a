import { boolean, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { id, timestamps } from '../columns';
import { stores } from './stores';

export const pages = pgTable(
  'pages',
  {
    id: id(),
    storeId: uuid('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull().default(''),
    published: boolean('published').notNull().default(false),
    ...timestamps,
  },
  (t) => [unique('pages_store_id_slug_unique').on(t.storeId, t.slug)],
);
