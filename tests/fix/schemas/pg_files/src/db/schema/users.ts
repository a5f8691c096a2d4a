import { index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { stores } from './stores';

export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  storeId: uuid('store_id').notNull().references(() => stores.id, { onDelete: 'cascade' }),
}, (t) => [index('users_store_id_idx').on(t.storeId)]);
