import { bigint, boolean, date, integer, jsonb, numeric, pgEnum, pgTable, serial, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';

export const ORDER_STATUSES = ['pending', 'paid', 'shipped'] as const;
export const orderStatus = pgEnum('order_status', ORDER_STATUSES);
export enum Priority { Low = 'low', High = 'high' }
export const priority = pgEnum('priority', Priority);

export type Theme = { mode: 'light' | 'dark'; accent?: string };
export interface StoreSettings {
	theme: Theme;
	currency: string;
	flags: Record<string, boolean>;
	hours: [number, number];
}

export const orders = pgTable('orders', {
	id: uuid('id').primaryKey(),
	number: integer('number').notNull(),
	status: orderStatus('status').notNull(),
	oldStatus: orderStatus('old_status'),
	priority: priority('priority').notNull(),
	total: numeric('total').notNull(),
	big: bigint('big', { mode: 'bigint' }).notNull(),
	paid: boolean('paid').notNull().default(false),
	note: text('note'),
	createdAt: timestamp('created_at').notNull().defaultNow(),
	day: date('day'),
	tags: text('tags').array().notNull(),
	meta: jsonb('meta'),
	settings: jsonb('settings').$type<StoreSettings>().notNull(),
	theme: jsonb('theme').$type<Theme | null>(),
	code: varchar('code', { length: 5 }),
	seq: serial('seq'),
});

export const users = pgTable('users', {
	id: uuid('id').primaryKey(),
	name: text('name').notNull(),
	email: text('email'),
	role: text('role', { enum: ['admin', 'member'] }).notNull(),
});
