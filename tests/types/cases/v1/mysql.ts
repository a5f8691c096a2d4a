// drizzle-orm 1.0: what differs in MySQL.
import { bigint, blob, datetime, decimal, int, json, longblob, mysqlEnum, mysqlTable, serial, text, varbinary, varchar } from 'drizzle-orm/mysql-core';

export const everything = mysqlTable('everything', {
	id: int().autoincrement().primaryKey(),
	running: serial(),
	bigText: bigint({ mode: 'string' }),
	blob: blob().notNull(),
	blobText: longblob({ mode: 'string' }),
	blobBuffer: blob({ mode: 'buffer' }),
	bin: varbinary({ length: 4 }),
	kind: mysqlEnum(['a', 'b']).notNull(),
	name: varchar({ length: 10 }).charSet('utf8mb4').notNull(),
	text: text(),
	price: decimal(),
	at: datetime(),
	json: json().$type<number[]>(),
});
