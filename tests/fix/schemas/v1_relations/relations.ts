import { defineRelations } from "drizzle-orm";
import * as schema from "./schema";

export const relations = defineRelations(schema, (r) => ({
  users: { posts: r.many.posts() },
  posts: { user: r.one.users({ from: r.posts.userId, to: r.users.id }) },
}));
