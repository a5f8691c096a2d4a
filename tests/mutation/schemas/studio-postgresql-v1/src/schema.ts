import { sql } from "drizzle-orm";
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";

export const studio = pgSchema("studio");
export const projectState = studio.enum("project_state", ["draft", "active", "done"]);

const createdAt = timestamp({ withTimezone: true }).notNull().defaultNow();
const id = () => bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity();

export const organizations = studio.table("organizations", {
  id: id(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  createdAt,
});

export const accounts = studio.table(
  "accounts",
  {
    id: id(),
    organizationId: bigint({ mode: "bigint" }).notNull().references(() => organizations.id, { onDelete: "cascade" }),
    email: text().notNull(),
    createdAt,
  },
  (t) => [unique().on(t.organizationId, t.email)],
);

export const profiles = studio.table("profiles", {
  accountId: bigint({ mode: "bigint" }).primaryKey().references(() => accounts.id, { onDelete: "cascade" }),
  bio: text(),
  preferences: jsonb().$type<{ theme: string }>().notNull(),
});

export const projects = studio.table(
  "projects",
  {
    id: id(),
    organizationId: bigint({ mode: "bigint" }).notNull().references(() => organizations.id, { onDelete: "cascade" }),
    ownerId: bigint({ mode: "bigint" }).notNull().references(() => accounts.id),
    slug: text().notNull(),
    state: projectState().notNull().default("draft"),
    budget: numeric({ precision: 14, scale: 2 }).notNull(),
    createdAt,
  },
  (t) => [
    uniqueIndex("projects_slug_key").on(t.organizationId, t.slug),
    index("projects_owner_idx").on(t.ownerId),
    index("projects_active_idx").on(t.organizationId, t.createdAt).where(sql`${t.state} = 'active'`),
  ],
);

export const tasks = studio.table(
  "tasks",
  {
    id: id(),
    projectId: bigint({ mode: "bigint" }).notNull(),
    assigneeId: bigint({ mode: "bigint" }).references(() => accounts.id, { onDelete: "set null" }),
    parentId: bigint({ mode: "bigint" }),
    title: text().notNull(),
    position: integer().notNull(),
    createdAt,
  },
  (t) => [
    foreignKey({ columns: [t.projectId], foreignColumns: [projects.id], name: "tasks_project_fk" }).onDelete("cascade"),
    foreignKey({ columns: [t.parentId], foreignColumns: [t.id], name: "tasks_parent_fk" }),
    index("tasks_project_idx").on(t.projectId, t.position),
    index("tasks_assignee_idx").on(t.assigneeId),
    index("tasks_parent_idx").on(t.parentId),
  ],
);

export const skills = studio.table(
  "skills",
  {
    id: id(),
    organizationId: bigint({ mode: "bigint" }).notNull().references(() => organizations.id, { onDelete: "cascade" }),
    name: text().notNull(),
    slug: text().notNull(),
  },
  (t) => [unique().on(t.organizationId, t.slug)],
);

export const accountSkills = studio.table(
  "account_skills",
  {
    accountId: bigint({ mode: "bigint" }).notNull().references(() => accounts.id, { onDelete: "cascade" }),
    skillId: bigint({ mode: "bigint" }).notNull().references(() => skills.id, { onDelete: "cascade" }),
    level: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.skillId] }), index("account_skills_skill_idx").on(t.skillId)],
);

export const timeEntries = studio.table(
  "time_entries",
  {
    id: id(),
    taskId: bigint({ mode: "bigint" }).notNull().references(() => tasks.id, { onDelete: "cascade" }),
    accountId: bigint({ mode: "bigint" }).notNull().references(() => accounts.id),
    minutes: integer().notNull(),
    createdAt,
  },
  (t) => [index("time_entries_task_idx").on(t.taskId), index("time_entries_account_idx").on(t.accountId)],
);
