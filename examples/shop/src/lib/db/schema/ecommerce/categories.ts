import { sql } from 'drizzle-orm';
import { type AnyPgColumn, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, timestamps } from '../columns';

export const categories = pgTable(
  'categories',
  {
    id: id(),
    storeId: uuid('store_id').notNull(),
    parentId: uuid('parent_id').references((): AnyPgColumn => categories.id, { onDelete: 'set null' }),
    name: text('name').notNull(),
    slug: text('slug').notNull(),
    position: integer('position').notNull().default(0),
    ...timestamps,
  },
  (t) => [
    index('categories_store_id_position_idx').on(t.storeId, t.position),
    index('categories_parent_id_idx').on(t.parentId),
    sql`UNIQUE(${t.storeId}, ${t.slug})`,
  ],
);
