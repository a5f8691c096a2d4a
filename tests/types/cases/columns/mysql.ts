// Every builder and mode of MySQL.
import { bigint, binary, boolean, char, customType, date, datetime, decimal, double, float, int, json, longtext, mediumint, mediumtext,
	mysqlEnum, mysqlTable, real, serial, smallint, text, time, timestamp, tinyint, tinytext, varbinary, varchar, year } from 'drizzle-orm/mysql-core';
import { sql } from 'drizzle-orm';

enum Colour { Red = 'red', Blue = 'blue' }
const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'blob' });

export const everything = mysqlTable('everything', {
	id: int('id').autoincrement().primaryKey(),
	bigNumber: bigint('big_number', { mode: 'number', unsigned: true }).notNull(),
	bigBig: bigint('big_big', { mode: 'bigint' }),
	bin: binary('bin', { length: 16 }).notNull(),
	flag: boolean('flag').default(true),
	letter: char('letter', { length: 2 }),
	dayDate: date('day_date').notNull(),
	dayText: date('day_text', { mode: 'string' }),
	at: datetime('at').notNull(),
	atText: datetime('at_text', { mode: 'string', fsp: 3 }),
	price: decimal('price', { precision: 10, scale: 2 }).notNull(),
	priceNumber: decimal('price_number', { mode: 'number' }),
	priceBig: decimal('price_big', { mode: 'bigint' }),
	double: double('double'),
	float: float('float').notNull(),
	json: json('json'),
	jsonTyped: json('json_typed').$type<string[]>().notNull(),
	long: longtext('long'),
	mediumNumber: mediumint('medium_number'),
	medium: mediumtext('medium', { enum: ['a', 'b'] }),
	kind: mysqlEnum('kind', ['one', 'two']).notNull(),
	colour: mysqlEnum('colour', Colour),
	real: real('real'),
	running: serial('running'),
	small: smallint('small'),
	text: text('text', { enum: ['x', 'y'] }).notNull(),
	time: time('time'),
	stamp: timestamp('stamp').defaultNow().onUpdateNow(),
	stampText: timestamp('stamp_text', { mode: 'string' }).notNull(),
	tiny: tinyint('tiny'),
	tinyText: tinytext('tiny_text'),
	varBin: varbinary('var_bin', { length: 8 }),
	name: varchar('name', { length: 100 }).notNull(),
	nameEnum: varchar('name_enum', { length: 10, enum: ['p', 'q'] }),
	year: year('year'),
	computed: varchar('computed', { length: 10 }).generatedAlwaysAs(sql`'x'`),
	bytes: bytes('bytes'),
});
