import { sql } from 'drizzle-orm'; //-
import { index, integer, pgTable, serial, text, unique } from 'drizzle-orm/pg-core';

export const authors = pgTable('authors', { id: serial('id').primaryKey(), email: text('email').notNull() }, (t) => [
  sql`UNIQUE(${t.email})`, //-
  //+ unique().on(t.email),
]);
export const books = pgTable('books', {
  id: serial('id').primaryKey(),
  authorId: integer('author_id').notNull().references(() => authors.id),
  title: text('title').notNull(),
}, (t) => [
  { byAuthor: index('books_author_idx').on(t.authorId) }, //-
  [[unique('books_title').on(t.authorId, t.title)]], //-
  //+ unique('books_title').on(t.authorId, t.title),
]);
