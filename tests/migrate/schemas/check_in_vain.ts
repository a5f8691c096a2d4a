import { sql } from 'drizzle-orm';
import { check, integer, pgTable, serial } from 'drizzle-orm/pg-core';

export const stock = pgTable('stock', { id: serial('id').primaryKey(), amount: integer('amount').notNull() }, (t) => [
  { positive: check('stock_amount_positive', sql`${t.amount} >= 0`) }, //-
  //+ check('stock_amount_positive', sql`${t.amount} >= 0`),
]);
export const moves = pgTable('moves', { id: serial('id').primaryKey(), amount: integer('amount').notNull() }, (t) => [
  check('moves_amount_not_zero', sql`${t.amount} <> 0`),
]);
