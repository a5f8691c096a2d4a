import { boolean, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
export const orders = pgTable('orders', {
	id: uuid('id').primaryKey(),
	number: integer('number').notNull(),
	status: text('status', { enum: ['pending', 'paid'] }).notNull(),
	note: text('note'),
	paid: boolean('paid').notNull().default(false),
	createdAt: timestamp('created_at').notNull().defaultNow(),
	tags: text('tags').array().notNull(),
});
