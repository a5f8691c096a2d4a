import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
export const orders = pgTable('orders', { id: uuid('id').primaryKey(), status: text('status').notNull(), note: text('note') });
