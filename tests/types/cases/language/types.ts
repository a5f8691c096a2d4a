// One construct of TypeScript after the other, as properties that are called like columns of orders.
import type { StoreSettings as Settings, Theme } from './schema';
import { type Status as ImportedStatus, Shipping } from './barrel';
import * as barrel from './barrel';
import type DefaultType from './more';

// pair: orders Plain
export interface Plain {
	id: string;
	number: number;
	status: 'pending' | 'paid' | 'shipped';
	oldStatus: 'pending' | 'paid' | 'shipped' | null;
	total: string;
	big: bigint;
	paid: boolean;
	note: string | null;
	createdAt: Date;
	day: string | null;
	tags: string[];
	meta: unknown;
	settings: Settings;
	theme: Theme | null;
	code: string | null;
	seq: number;
}

// pair: orders Wrong
export interface Wrong {
	id: number;
	number: string;
	status: 'pending' | 'paid';
	oldStatus?: 'pending' | 'paid' | 'shipped';
	total: number;
	big: number;
	paid: 'yes' | 'no';
	note?: string;
	createdAt: string;
	day: Date;
	tags: string;
	meta: { a: string };
	settings: { theme: Theme; currency: number };
	theme: Theme;
	code: string;
	seq?: number | null;
}

// pair: orders Optional
export type Optional = {
	id?: string;
	number?: number | undefined;
	status?: string;
	note?: string | null;
	day: string | null | undefined;
	code: undefined;
	seq: null;
	paid: true;
	tags?: readonly string[];
	meta?: any;
};

// pair: orders Unions
export type Unions = {
	status: 'paid' | 'shipped' | 'pending' | 'lost';
	oldStatus: ImportedStatus | null;
	number: 1 | 2 | 3;
	total: string | number;
	paid: true | false;
	note: string | number | null;
	id: 'a';
	big: 1n | 2n;
	createdAt: Date | string;
	day: `${number}-${number}-${number}` | null;
	code: 'A' | 'B' | (string & {}) | null;
};

// pair: orders Extended
interface Base { id: string; createdAt: Date; status: string }
interface Named<T> { note: T; code?: T }
export interface Extended extends Base, Named<string | null> { status: 'paid'; number: number }

// pair: orders Merged
export interface Merged { id: string; number: number }
export interface Merged { number: number; note: string | null }

// pair: orders Intersected
export type Intersected = Base & { status: ImportedStatus; note: string } & Partial<{ code: string; seq: number }>;

// pair: orders Utilities
export type Utilities = Readonly<Pick<Plain, 'id' | 'number'>> & Omit<Plain, 'id' | 'number' | 'status'> & Required<{ status?: Plain['status'] | null }>;

// pair: orders AllOptional
export type AllOptional = Partial<Plain>;
// pair: orders AllRequired
export type AllRequired = Required<Wrong>;

// pair: orders Records
export type Records = {
	meta: Record<string, unknown>;
	settings: Record<string, unknown>;
	theme: Record<'mode' | 'accent', string> | null;
	status: keyof Record<ImportedStatus, number>;
	oldStatus: Exclude<ImportedStatus, 'paid'> | null;
	note: NonNullable<string | null | undefined>;
	code: Extract<'A' | 'B' | 3, string>;
	tags: Array<string>;
	number: Awaited<Promise<number>>;
	id: Uppercase<'a' | 'b'>;
};

// pair: orders Indexed
export type Indexed = {
	status: Plain['status'];
	number: Plain['number' | 'seq'];
	settings: { theme: Settings['theme']; currency: Settings['currency']; flags: Settings['flags']; hours: [number, number] };
	theme: Settings['theme']['mode'];
	note: Plain['tags'][number];
	day: [string, number][0];
	code: [string, number][number];
	id: { [K in 'x' | 'y']: K }['x'];
};

// pair: orders MappedAll
export type MappedAll = { [K in keyof Plain]: Plain[K] };
// pair: orders Nullable
type Nullish<T> = { [K in keyof T]: T[K] | null };
export type Nullable = Nullish<Plain>;
// pair: orders Stripped
export type Stripped = { -readonly [K in keyof Optional]-?: Optional[K] };
// pair: orders Renamed
export type Renamed = { [K in 'tatus' | 'ote' as K extends 'tatus' ? 'status' : 'note']: string };
// pair: orders Serialized
type Json<T> = T extends Date ? string : T extends bigint ? string : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
export type Serialized = { id: Json<string>; createdAt: Json<Date>; big: Json<bigint>; note: Json<string | null>; settings: Json<Settings> };
type MyPick<T, K extends keyof T> = { [P in K]: T[P] };
// pair: orders MyPicked
export type MyPicked = MyPick<Optional, 'id' | 'note'>;

// pair: orders Templates
type Size = 's' | 'l';
export type Templates = {
	status: `${Size}-${1 | 2}`;
	id: `order-${string}`;
	note: `a${'b' | 'c'}`;
	code: `${Size}` | null;
};

// pair: orders Lists
export type Lists = {
	tags: ReadonlyArray<string>;
	settings: { theme: { mode: 'light' | 'dark'; accent: string }; currency: string; flags: { [key: string]: boolean }; hours: readonly [number, number] };
	meta: [a: string, b?: number];
	note: string[];
	theme: (Theme | null)[];
	day: [string, ...number[]];
};

// pair: orders Recursive
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
interface Category { name: string; parent?: Category; children: Category[]; short: Pick<Category, 'name'> }
export type Recursive = { meta: JsonValue; settings: Category; theme: Omit<Category, 'children'> | null };

// pair: orders Enums
export enum Local { Pending = 'pending', Paid = 'paid' }
enum Count { One = 1, Two }
export type Enums = { status: Local; oldStatus: Local.Paid | null; number: Count; seq: Count.One; priority: import('./schema').Priority; note: Local | null };

// pair: orders Values
const STATES = ['pending', 'paid'] as const;
const LIMITS = { small: 10, large: 20 } as const;
const LABELS = { pending: 'Pending', paid: 'Paid' };
const names = ['x', 'y'];
const one = 'one';
let two = 'two';
export type Values = {
	status: (typeof STATES)[number];
	number: (typeof LIMITS)[keyof typeof LIMITS];
	oldStatus: keyof typeof LABELS | null;
	note: (typeof LABELS)['paid'];
	tags: typeof names;
	id: typeof one;
	code: typeof two;
	day: (typeof STATES)[0];
	settings: typeof LABELS;
	seq: typeof LIMITS.small;
	priority: keyof typeof Local;
	theme: typeof LIMITS;
};

// pair: orders Derived
import type { orders, users, orderStatus, ORDER_STATUSES } from './schema';
import type { InferSelectModel, InferInsertModel } from 'drizzle-orm';
type Row = typeof orders.$inferSelect;
export type Derived = Omit<Row, 'status' | 'note'> & { status: (typeof orderStatus.enumValues)[number]; note: Row['code'] };
// pair: orders DerivedInterface
export interface DerivedInterface extends Row { number: 1 }
// pair: orders Model
export type Model = InferSelectModel<typeof orders>;
// pair: orders Insert
export type Insert = InferInsertModel<typeof orders>;
// pair: orders NewOrder
export type NewOrder = typeof orders.$inferInsert;
// pair: orders Parts
export type Parts = {
	status: (typeof ORDER_STATUSES)[number];
	oldStatus: Row['status'];
	note: Pick<Row, 'note'>['note'];
	settings: Row['settings'];
	theme: NonNullable<Row['theme']>;
	meta: Partial<Pick<Row, 'id'>>;
	id: (typeof users.$inferSelect)['role'];
	code: InferSelectModel<typeof users>['email'];
	createdAt: Row['createdAt'];
};
// pair: users Person
export type Person = { id: string; name: string; email: string; role: 'admin' | 'member' | 'guest' };
// pair: users PersonRow
export type PersonRow = Required<typeof users.$inferInsert>;

// pair: orders Imported
export type Imported = {
	status: barrel.Status;
	settings: barrel.Everything;
	theme: import('./more').Inner | null;
	note: DefaultType;
	number: Shipping;
};

// pair: orders Generic
type Page<T, Extra = { more: boolean }> = { items: T[]; extra: Extra };
type Maybe<T> = T | null;
export type Generic = { meta: Page<Plain>; settings: Page<string, number>; note: Maybe<string>; code: Maybe<Maybe<string>>; theme: Maybe<Theme> };

// pair: orders Functions
export type Functions = { note: () => void; meta: (a: string, b?: number) => Promise<string>; id(): string; settings: { save(): void; name: string } };

// pair: orders Objects
export type Objects = {
	meta: {};
	settings: object;
	theme: { mode: 'light' | 'dark' } | null;
	note: { mode?: string };
	createdAt: {};
	tags: object;
	code: Map<string, number>;
	id: string & { readonly brand: 'Id' };
	day: Date | null;
};

// pair: orders Weak
export type Weak = { settings: { nothing?: string }; theme: { accent?: string } | null; createdAt: { other?: string }; tags: { other?: number } };

// pair: orders Anything
export type Anything = { [K in 'id' | 'number' | 'status' | 'settings' | 'createdAt']: any };
// pair: orders Unknowns
export type Unknowns = { id: unknown; number: never; status: void; settings: unknown; note: undefined | null };
// pair: orders Looser
export type Looser = { status: string; settings: { theme: { mode: string; accent?: string }; currency: string; flags: Record<string, boolean>; hours: number[] }; theme: { mode: string } | null };
// pair: orders Nested
export type Nested = { settings: { theme: { mode: 'light' }; currency: string; flags: Record<string, boolean>; hours: [number, number] }; theme: { mode: 'light' | 'dark'; accent: string | null } | null };
// pair: orders Casts
const CONFIG = { a: 'x', list: [1, 2], inner: { deep: true } };
const TYPED: { mode: 'light' | 'dark' } = { mode: 'light' };
export type Casts = { meta: typeof CONFIG; theme: typeof TYPED; note: (typeof CONFIG)['a']; number: (typeof CONFIG.list)[number] };
// pair: orders Cases
type Event = { kind: 'a'; a: string } | { kind: 'b'; b: number };
export type Cases = { meta: Event; settings: Extract<Event, { kind: 'a' }>; status: Event['kind'] };
// pair: orders Aliased
type State = (typeof STATES)[number];
type Which = Plain['status'];
export type Aliased = { tags: State[]; meta: { a: State | null; b: Which } };

// pair: orders Uuids
type Uuid = ReturnType<typeof crypto.randomUUID>;
type Load = () => Promise<{ mode: 'light' | 'dark' }>;
export type Uuids = { id: Uuid; note: Uuid | null; theme: Awaited<ReturnType<Load>> | null; number: ReturnType<() => number>; tags: Uuid[] };

// pair: orders Satisfying
const WORDINGS = { pending: 'Pending', paid: 'Paid', shipped: { long: 'Shipped', short: 'S' as string } } satisfies Record<string, unknown>;
export type Satisfying = { status: keyof typeof WORDINGS; note: (typeof WORDINGS)['shipped']['short']; tags: (keyof (typeof WORDINGS)['shipped'])[]; oldStatus: Exclude<keyof typeof WORDINGS, 'paid'> | null };
