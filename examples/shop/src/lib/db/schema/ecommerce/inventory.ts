import { sql } from 'drizzle-orm';
import { check, integer, pgTable, uuid } from 'drizzle-orm/pg-core';
import { timestamps } from '../columns';
import { productVariants } from './product-variants';

/** At most one row for a variant: its key is the foreign key. */
export const inventoryLevels = pgTable(
  'inventory_levels',
  {
    variantId: uuid('variant_id')
      .primaryKey()
      .references(() => productVariants.id, { onDelete: 'cascade' }),
    onHand: integer('on_hand').notNull().default(0),
    reserved: integer('reserved').notNull().default(0),
    ...timestamps,
  },
  (t) => [check('inventory_levels_reserved_check', sql`${t.reserved} between 0 and ${t.onHand}`)],
);
