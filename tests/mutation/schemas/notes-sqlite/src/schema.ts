import { sql } from "drizzle-orm";
import { type AnySQLiteColumn, index, integer, primaryKey, sqliteTable, text, unique, uniqueIndex } from "drizzle-orm/sqlite-core";

const createdAt = integer("created_at", { mode: "timestamp" }).notNull().default(sql`(unixepoch())`);

export const workspaces = sqliteTable("workspaces", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  slug: text("slug").notNull().unique(),
  createdAt,
});

export const members = sqliteTable(
  "members",
  {
    id: text("id").primaryKey(),
    workspaceId: text("workspace_id").notNull().references(() => workspaces.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    role: text("role", { enum: ["owner", "editor", "reader"] }).notNull(),
    createdAt,
  },
  (t) => [unique("members_workspace_id_email_key").on(t.workspaceId, t.email)],
);

export const folders = sqliteTable(
  "folders",
  {
    id: text("id").primaryKey(),
    workspaceId: text("workspace_id").notNull().references(() => workspaces.id, { onDelete: "cascade" }),
    parentId: text("parent_id").references((): AnySQLiteColumn => folders.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    createdAt,
  },
  (t) => [index("folders_workspace_id_idx").on(t.workspaceId), index("folders_parent_id_idx").on(t.parentId)],
);

export const notes = sqliteTable(
  "notes",
  {
    id: text("id").primaryKey(),
    workspaceId: text("workspace_id").notNull().references(() => workspaces.id, { onDelete: "cascade" }),
    folderId: text("folder_id").references(() => folders.id, { onDelete: "set null" }),
    authorId: text("author_id").notNull().references(() => members.id),
    title: text("title").notNull(),
    slug: text("slug").notNull(),
    pinned: integer("pinned", { mode: "boolean" }).notNull().default(false),
    createdAt,
  },
  (t) => [
    uniqueIndex("notes_workspace_id_slug_key").on(t.workspaceId, t.slug),
    index("notes_folder_id_idx").on(t.folderId),
    index("notes_author_id_idx").on(t.authorId),
  ],
);

export const labels = sqliteTable(
  "labels",
  {
    id: text("id").primaryKey(),
    workspaceId: text("workspace_id").notNull().references(() => workspaces.id, { onDelete: "cascade" }),
    slug: text("slug").notNull(),
  },
  (t) => [unique("labels_workspace_id_slug_key").on(t.workspaceId, t.slug)],
);

export const noteLabels = sqliteTable(
  "note_labels",
  {
    noteId: text("note_id").notNull().references(() => notes.id, { onDelete: "cascade" }),
    labelId: text("label_id").notNull().references(() => labels.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.noteId, t.labelId] }), index("note_labels_label_id_idx").on(t.labelId)],
);

export const comments = sqliteTable(
  "comments",
  {
    id: text("id").primaryKey(),
    noteId: text("note_id").notNull().references(() => notes.id, { onDelete: "cascade" }),
    memberId: text("member_id").notNull().references(() => members.id),
    body: text("body").notNull(),
    createdAt,
  },
  (t) => [index("comments_note_id_idx").on(t.noteId), index("comments_member_id_idx").on(t.memberId)],
);

export const attachments = sqliteTable(
  "attachments",
  {
    id: text("id").primaryKey(),
    noteId: text("note_id").notNull().references(() => notes.id, { onDelete: "cascade" }),
    url: text("url").notNull(),
    size: integer("size").notNull(),
  },
  (t) => [index("attachments_note_id_idx").on(t.noteId)],
);

export const shares = sqliteTable(
  "shares",
  {
    id: text("id").primaryKey(),
    noteId: text("note_id").notNull().references(() => notes.id, { onDelete: "cascade" }),
    memberId: text("member_id").notNull().references(() => members.id, { onDelete: "cascade" }),
    expiresAt: integer("expires_at", { mode: "timestamp" }),
  },
  (t) => [unique("shares_note_id_member_id_key").on(t.noteId, t.memberId), index("shares_member_id_idx").on(t.memberId)],
);
