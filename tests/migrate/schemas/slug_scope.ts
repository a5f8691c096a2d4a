import { index, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';

export const organizations = pgTable('organizations', { id: uuid('id').primaryKey(), slug: text('slug').notNull().unique() });
export const projects = pgTable('projects', {
  id: uuid('id').primaryKey(),
  organizationId: uuid('organization_id').notNull().references(() => organizations.id),
  slug: text('slug').notNull(),
  createdAt: timestamp('created_at').notNull(),
}, (t) => [unique('projects_slug_per_organization').on(t.organizationId, t.slug)]);
export const boards = pgTable('boards', {
  id: uuid('id').primaryKey(),
  organizationId: uuid('organization_id').notNull().references(() => organizations.id),
  slug: text('slug').notNull(),
  createdAt: timestamp('created_at').notNull(),
}); //-
//+ }, (t) => [unique().on(t.organizationId, t.slug)]);
