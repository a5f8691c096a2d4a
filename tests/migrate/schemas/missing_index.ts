import { index, integer, pgTable, primaryKey, serial, text } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: serial('id').primaryKey(), name: text('name') });
export const teams = pgTable('teams', { id: serial('id').primaryKey(), ownerId: integer('owner_id').notNull().references(() => users.id), name: text('name') }, (t) => [
  //+ index().on(t.ownerId),
]);
export const members = pgTable('members', {
  teamId: integer('team_id').notNull().references(() => teams.id, { onDelete: 'cascade' }),
  userId: integer('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
}, (t) => [
  primaryKey({ columns: [t.teamId, t.userId] }),
  //+ index().on(t.userId),
]);
export const notes = pgTable('notes', { id: serial('id').primaryKey(), teamId: integer('team_id').references(() => teams.id) }, (t) => [
  index('notes_team_id_idx').on(t.teamId),
]);
