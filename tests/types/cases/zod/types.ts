// Types that zod schemas yield.
import { z } from 'zod';
import { createInsertSchema, createSelectSchema } from 'drizzle-zod';
import { orders } from './schema';

const STATES = ['pending', 'paid', 'lost'] as const;
enum Colour { Red = 'red', Blue = 'blue' }
export const order = z.object({
	id: z.string().uuid(),
	number: z.number().int().min(1),
	status: z.enum(STATES),
	note: z.string().nullable(),
	paid: z.boolean().default(false),
	createdAt: z.coerce.date(),
	tags: z.array(z.string()).optional(),
});
// pair: orders Order
export type Order = z.infer<typeof order>;
// unread: what functions return
export type Partially = z.infer<ReturnType<typeof order.partial>>;
export const partial = order.partial();
// pair: orders PartialOrder
export type PartialOrder = z.infer<typeof partial>;
export const picked = order.pick({ id: true, note: true }).extend({ number: z.string(), status: z.union([z.literal('a'), z.literal('b')]) });
// pair: orders Picked
export type Picked = z.infer<typeof picked>;
export const omitted = order.omit({ note: true }).merge(z.object({ paid: z.literal(true), tags: z.record(z.string(), z.number()) }));
// pair: orders Omitted
export type Omitted = z.output<typeof omitted>;
export const odd = z.object({
	id: z.nativeEnum(Colour),
	number: z.bigint(),
	status: z.string().nullish(),
	note: z.string().or(z.number()),
	paid: z.null(),
	createdAt: z.string().datetime().array(),
	tags: z.tuple([z.string(), z.number()]),
});
// pair: orders Odd
export type Odd = z.infer<typeof odd>;
export const nested = z.object({ id: z.object({ a: z.string(), b: z.number().optional() }), number: z.string().transform(Number), status: z.enum(['pending', 'paid']) }).strict();
// pair: orders Nested
export type Nested = z.TypeOf<typeof nested>;
export const row = createSelectSchema(orders);
// pair: orders FromTable
export type FromTable = z.infer<typeof row>;
export const given = createInsertSchema(orders);
// pair: orders ForInsert
export type ForInsert = z.infer<typeof given>;
type Tree = { name: string; children?: Tree[] };
export const tree: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string(), children: z.array(tree).optional() }));
export const more = z.object({
	id: z.custom<'a' | 'b'>(),
	number: z.number().nullable().array(),
	status: z.lazy(() => z.enum(['pending', 'paid'])),
	note: tree,
	paid: order.shape.paid.optional().catch(undefined),
	createdAt: z.instanceof(Date),
	tags: z.array(z.string().nonempty()).readonly(),
});
// pair: orders More
export type More = z.infer<typeof more>;
export const spread = z.object({ ...order.shape, status: order.keyof(), number: z.string().transform(Number).pipe(z.number()), note: more.shape.tags, tags: order.shape.note.unwrap() }).omit({ tags: true });
// pair: orders Spread
export type Spread = z.infer<typeof spread>;
