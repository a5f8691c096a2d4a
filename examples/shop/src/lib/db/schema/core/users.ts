import { pgTable, text } from 'drizzle-orm/pg-core';
import { id, timestamps } from '../columns';

export const users = pgTable('users', {
  id: id(),
  // The key of the login provider, not of a table here.
  clerkUserId: text('clerk_user_id').notNull().unique(),
  email: text('email').notNull().unique(),
  name: text('name'),
  ...timestamps,
});
