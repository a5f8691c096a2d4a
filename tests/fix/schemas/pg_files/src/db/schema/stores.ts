import { pgTable, text, uuid } from 'drizzle-orm/pg-core';

export const stores = pgTable('stores', { id: uuid('id').primaryKey(), slug: text('slug').notNull().unique() });
