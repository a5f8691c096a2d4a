// drizzle-orm 1.0: what differs in PostgreSQL.
import { bigint, bytea, customType, geometry, integer, jsonb, numeric, pgEnum, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['sad', 'ok']);
const money = customType<{ data: bigint }>({ dataType: () => 'bigint' });

export const everything = pgTable('everything', {
	id: uuid().primaryKey().defaultRandom(),
	bigText: bigint({ mode: 'string' }).notNull(),
	bigNumber: bigint({ mode: 'number' }),
	bytes: bytea().notNull(),
	place: geometry({ type: 'point', mode: 'xy', srid: 4326 }),
	price: numeric({ mode: 'number' }).notNull(),
	tags: text().array().notNull(),
	keptNotNull: text().notNull().array(),
	matrix: integer().array('[][]'),
	typedFirst: text().$type<'a' | 'b'>().array().notNull(),
	typedLast: text().array().$type<'a' | 'b'>(),
	moods: mood().array(),
	mood: mood().notNull(),
	kind: varchar({ length: 5, enum: ['x', 'y'] }),
	settings: jsonb().$type<{ on: boolean }>(),
	loose: jsonb(),
	at: timestamp({ withTimezone: true }).notNull(),
	atText: timestamp({ mode: 'string' }),
	money: money(),
});
