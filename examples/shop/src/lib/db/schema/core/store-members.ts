import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { timestamps } from '../columns';
import { memberRole } from './enums';
import { stores } from './stores';
import { users } from './users';

export const storeMembers = pgTable(
  'store_members',
  {
    storeId: uuid('store_id')
      .notNull()
      .references(() => stores.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: memberRole('role').notNull().default('viewer'),
    ...timestamps,
  },
  (t) => [primaryKey({ columns: [t.storeId, t.userId] }), index('store_members_user_id_idx').on(t.userId)],
);
