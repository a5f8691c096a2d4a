import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: uuid('id').primaryKey(), email: text('email').notNull().unique() });
export const tasks = pgTable('tasks', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  userId: uuid('user_id'), //-
  //+ userId: uuid('user_id').references(() => users.id),
}, (t) => [index('tasks_author_id_idx').on(t.authorId), index('tasks_user_id_idx').on(t.userId)]);
export const events = pgTable('events', {
  id: uuid('id').primaryKey(),
  taskId: uuid('task_id').notNull().references(() => tasks.id),
  userId: uuid('user_id').notNull().references(() => users.id),
}, (t) => [index('events_task_id_idx').on(t.taskId), index('events_user_id_idx').on(t.userId)]);
