// Every builder and mode of SQLite.
import { blob, customType, int, integer, numeric, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const everything = sqliteTable('everything', {
	id: integer('id').primaryKey({ autoIncrement: true }),
	count: int('count').notNull(),
	seconds: integer('seconds', { mode: 'timestamp' }).notNull(),
	milliseconds: integer('milliseconds', { mode: 'timestamp_ms' }),
	flag: integer('flag', { mode: 'boolean' }).notNull().default(false),
	plain: integer('plain', { mode: 'number' }),
	name: text('name').notNull(),
	kind: text('kind', { enum: ['a', 'b'] }),
	json: text('json', { mode: 'json' }),
	jsonTyped: text('json_typed', { mode: 'json' }).$type<{ on: boolean }[]>().notNull(),
	buffer: blob('buffer', { mode: 'buffer' }).notNull(),
	blob: blob('blob'),
	blobJson: blob('blob_json', { mode: 'json' }).$type<number[]>(),
	blobBig: blob('blob_big', { mode: 'bigint' }),
	decimal: numeric('decimal').notNull(),
	decimalNumber: numeric('decimal_number', { mode: 'number' }),
	decimalBig: numeric('decimal_big', { mode: 'bigint' }),
	real: real('real'),
	custom: customType<{ data: 'x' | 'y' }>({ dataType: () => 'text' })('custom').notNull(),
});
