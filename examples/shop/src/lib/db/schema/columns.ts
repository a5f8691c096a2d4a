import { bigint, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Primary key of every table that has one column as its key. */
export const id = () => uuid('id').primaryKey().defaultRandom();

/** An amount in the store's smallest currency unit. */
export const money = (name: string) => bigint(name, { mode: 'bigint' });

export const timestamps = {
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true })
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
};
