// drizzle-orm 1.0: SQLite.
import { blob, integer, numeric, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const everything = sqliteTable('everything', {
	id: integer().primaryKey(),
	at: integer({ mode: 'timestamp' }).notNull(),
	flag: integer({ mode: 'boolean' }),
	buffer: blob({ mode: 'buffer' }),
	plainBlob: blob(),
	bigBlob: blob({ mode: 'bigint' }),
	json: text({ mode: 'json' }).$type<string[]>(),
	kind: text({ enum: ['a', 'b'] }).notNull(),
	price: numeric(),
});
