import { index, pgTable, uuid } from 'drizzle-orm/pg-core';
import { stores } from './stores';
import { users } from './users';

export const carts = pgTable('carts', {
  id: uuid('id').primaryKey(),
  storeId: uuid('store_id').notNull().references(() => stores.id, { onDelete: 'cascade' }),
  userId: uuid('user_id').references(() => users.id, { onDelete: 'set null' }),
}, (t) => [index('carts_store_id_idx').on(t.storeId)]);
