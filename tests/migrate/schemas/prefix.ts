import { index, integer, pgTableCreator, serial, text } from 'drizzle-orm/pg-core';

const createTable = pgTableCreator((name) => `app_${name}`);
export const posts = createTable('posts', { id: serial('id').primaryKey(), title: text('title') });
export const comments = createTable('comments', { id: serial('id').primaryKey(), postId: integer('post_id').notNull().references(() => posts.id, { onDelete: 'cascade' }) }, (t) => [
  //+ index().on(t.postId),
]);
export const likes = createTable('likes', {
  id: serial('id').primaryKey(),
  postId: integer('post_id').notNull(), //-
  //+ postId: integer('post_id').notNull().references(() => posts.id, { onDelete: 'cascade' }),
}, (t) => [index('app_likes_post_id_idx').on(t.postId)]);
