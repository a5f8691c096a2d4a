import { integer, pgTable, serial, text, unique } from 'drizzle-orm/pg-core';

export const users = pgTable('user', { id: serial('id').primaryKey(), select: text('select') });
export const orders = pgTable('order', {
  id: serial('id').primaryKey(),
  userId: integer('userId').notNull().references(() => users.id, { onDelete: 'cascade' }),
  group: text('group').notNull(),
}, (t) => [
  unique('Order group').on(t.userId, t.group),
]);
export const table = pgTable('table', {
  id: serial('Primary Key').primaryKey(),
  userId: integer('userId').notNull(), //-
  //+ userId: integer('userId').notNull().references(() => users.id, { onDelete: 'cascade' }),
  weird: text('Weird Name').notNull(),
}, (t) => [
  { u: unique('Table unique').on(t.userId, t.weird) }, //-
  //+ unique('Table unique').on(t.userId, t.weird),
]);
