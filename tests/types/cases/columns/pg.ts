// Every builder and mode of PostgreSQL.
import { bigint, bigserial, bit, boolean, char, cidr, customType, date, doublePrecision, geometry, halfvec, inet, integer, interval, json,
	jsonb, line, macaddr, macaddr8, numeric, pgEnum, pgSchema, pgTable, point, primaryKey, real, serial, smallint, smallserial, sparsevec,
	text, time, timestamp, uuid, varchar, vector } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { Settings } from './shapes';

export enum Level { Low = 'low', High = 'high' }
export const SIZES = ['s', 'm', 'l'] as const;
const wide = ['a', 'b'];
export const mood = pgEnum('mood', ['sad', 'ok', 'happy']);
export const size = pgEnum('size', SIZES);
export const level = pgEnum('level', Level);
export const other = pgEnum('other', [...SIZES, 'xl']);
export const shop = pgSchema('shop');
export const flavour = shop.enum('flavour', ['sweet', 'sour']);

export const money = customType<{ data: number; driverData: string }>({ dataType: () => 'numeric(12, 2)' });
const stamp = customType<{ data: Date; notNull: true; default: true }>({ dataType: () => 'timestamp' });
const cents = (name: string) => money(name);

export const everything = pgTable('everything', {
	id: uuid('id').primaryKey().defaultRandom(),
	bigNumber: bigint('big_number', { mode: 'number' }).notNull(),
	bigBig: bigint('big_big', { mode: 'bigint' }),
	bigSerialNumber: bigserial('big_serial_number', { mode: 'number' }),
	bigSerialBig: bigserial('big_serial_big', { mode: 'bigint' }),
	bits: bit('bits', { dimensions: 3 }).notNull(),
	flag: boolean('flag').notNull().default(false),
	letter: char('letter', { length: 2 }),
	letterEnum: char('letter_enum', { length: 1, enum: ['x', 'y'] }).notNull(),
	network: cidr('network'),
	dayText: date('day_text').notNull(),
	dayDate: date('day_date', { mode: 'date' }),
	double: doublePrecision('double').notNull(),
	place: geometry('place', { type: 'point', mode: 'tuple' }).notNull(),
	placeXy: geometry('place_xy', { type: 'point', mode: 'xy' }),
	half: halfvec('half', { dimensions: 3 }),
	host: inet('host').notNull(),
	count: integer('count').notNull().default(0),
	always: integer('always').generatedAlwaysAsIdentity(),
	byDefault: integer('by_default').generatedByDefaultAsIdentity(),
	period: interval('period'),
	loose: json('loose'),
	looseSet: jsonb('loose_set').notNull(),
	settings: jsonb('settings').$type<Settings>().notNull(),
	settingsOrNull: jsonb('settings_or_null').$type<Settings>(),
	inlineShape: jsonb('inline_shape').$type<{ a: string; b?: number }>().notNull(),
	imported: jsonb('imported').$type<import('./shapes').Settings>(),
	lineTuple: line('line_tuple').notNull(),
	lineAbc: line('line_abc', { mode: 'abc' }),
	mac: macaddr('mac'),
	mac8: macaddr8('mac8'),
	price: numeric('price', { precision: 10, scale: 2 }).notNull(),
	priceNumber: numeric('price_number', { mode: 'number' }),
	priceBig: numeric('price_big', { mode: 'bigint' }).notNull(),
	pointTuple: point('point_tuple').notNull(),
	pointXy: point('point_xy', { mode: 'xy' }),
	ratio: real('ratio'),
	number: serial('number'),
	small: smallint('small').notNull(),
	smallSerial: smallserial('small_serial'),
	sparse: sparsevec('sparse', { dimensions: 3 }),
	title: text('title').notNull(),
	state: text('state', { enum: ['draft', 'live'] }).notNull(),
	stateConst: text('state_const', { enum: SIZES }),
	stateSpread: varchar('state_spread', { length: 9, enum: [...SIZES, 'none'] }).notNull(),
	stateWide: text('state_wide', { enum: wide as [string, ...string[]] }),
	typed: text('typed').$type<'one' | 'two'>().notNull(),
	clock: time('clock'),
	createdAt: timestamp('created_at').notNull().defaultNow(),
	createdText: timestamp('created_text', { mode: 'string', withTimezone: true }),
	updatedAt: timestamp('updated_at', { withTimezone: true }).$onUpdate(() => new Date()),
	computed: text('computed').generatedAlwaysAs(sql`'x'`),
	mood: mood('mood').notNull().default('ok'),
	size: size('size'),
	level: level('level').notNull(),
	levelOrNull: level('level_or_null'),
	other: other('other'),
	flavour: flavour('flavour').notNull(),
	tags: text('tags').array().notNull(),
	tagsOrNull: text('tags_or_null').array(),
	matrix: integer('matrix').array().array().notNull(),
	moods: mood('moods').array(),
	lostNotNull: text('lost_not_null').notNull().array(),
	typedArray: text('typed_array').array().$type<['a', 'b']>().notNull(),
	money: money('money').notNull(),
	cents: cents('cents'),
	stamp: stamp('stamp'),
	lazily: varchar('lazily').$defaultFn(() => 'x').notNull(),
	embedding: vector('embedding', { dimensions: 3 }).notNull(),
});

export const members = pgTable('members', {
	userId: integer('user_id'),
	groupId: integer('group_id'),
	role: text('role', { enum: ['owner', 'member'] }).notNull().default('member'),
}, (t) => [primaryKey({ columns: [t.userId, t.groupId] })]);

export const inCallback = pgTable('in_callback', (t) => ({
	id: t.serial().primaryKey(),
	kind: t.text({ enum: ['a', 'b'] }).notNull(),
	meta: t.jsonb().$type<Record<string, string>>(),
}));
