// What zod 4 alone has.
import { z } from 'zod/v4';

const shown = z.object({ note: z.string().nullable().prefault(null), number: z.number().optional().prefault(1) });
const settings = z.looseObject({ theme: z.string(), size: z.number().optional() });
export const four = shown.extend({
	id: z.uuid().check(() => {}),
	status: z.enum(['pending', 'paid']).prefault('paid'),
	paid: z.stringbool(),
	createdAt: z.iso.datetime(),
	tags: z.array(settings),
});
// pair: orders Four
export type Four = z.infer<typeof four>;
export const partOf = z.looseObject({ note: z.string().nullable(), tags: z.array(z.string()) });
export const open = z.object({ number: partOf.shape.tags.element, createdAt: partOf.shape.note, paid: z.object({ ...partOf.shape }).nullable(), id: z.object({ a: z.string() }).loose().extend({ b: z.number() }), note: z.object({ a: z.string() }).passthrough().nullable(), status: z.object({ a: z.string() }).catchall(z.unknown()).strict() });
// pair: orders Open
export type Open = z.infer<typeof open>;
