import { bigint, index, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';

export const organizations = pgTable('organizations', { id: bigint('id', { mode: 'number' }).primaryKey(), slug: text('slug').notNull().unique() });
export const projects = pgTable('projects', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
  organizationId: bigint('organization_id', { mode: 'number' }).notNull().references(() => organizations.id),
}, (t) => [index().on(t.organizationId)]);
export const documents = pgTable('documents', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
  organizationId: bigint('organization_id', { mode: 'number' }).notNull(), //-
  //+ organizationId: bigint('organization_id', { mode: 'number' }).notNull().references(() => organizations.id),
  slug: text('slug').notNull(),
  createdAt: timestamp('created_at').notNull(),
}, (t) => [
  { slug: unique('documents_slug').on(t.organizationId, t.slug) }, //-
  { created: index('documents_created_at').on(t.createdAt) }, //-
  //+ unique('documents_slug').on(t.organizationId, t.slug),
  //+ index('documents_created_at').on(t.createdAt),
]);
