import { relations } from "drizzle-orm";
import {
  attachments,
  comments,
  folders,
  labels,
  members,
  noteLabels,
  notes,
  shares,
  workspaces,
} from "./schema";

export const workspacesRelations = relations(workspaces, ({ many }) => ({
  members: many(members),
  folders: many(folders),
  notes: many(notes),
  labels: many(labels),
}));

export const membersRelations = relations(members, ({ one, many }) => ({
  workspace: one(workspaces, { fields: [members.workspaceId], references: [workspaces.id] }),
  notes: many(notes),
  comments: many(comments),
  shares: many(shares),
}));

export const foldersRelations = relations(folders, ({ one, many }) => ({
  workspace: one(workspaces, { fields: [folders.workspaceId], references: [workspaces.id] }),
  parent: one(folders, { fields: [folders.parentId], references: [folders.id], relationName: "tree" }),
  children: many(folders, { relationName: "tree" }),
  notes: many(notes),
}));

export const notesRelations = relations(notes, ({ one, many }) => ({
  workspace: one(workspaces, { fields: [notes.workspaceId], references: [workspaces.id] }),
  folder: one(folders, { fields: [notes.folderId], references: [folders.id] }),
  author: one(members, { fields: [notes.authorId], references: [members.id] }),
  noteLabels: many(noteLabels),
  comments: many(comments),
  attachments: many(attachments),
  shares: many(shares),
}));

export const labelsRelations = relations(labels, ({ one, many }) => ({
  workspace: one(workspaces, { fields: [labels.workspaceId], references: [workspaces.id] }),
  noteLabels: many(noteLabels),
}));

export const noteLabelsRelations = relations(noteLabels, ({ one }) => ({
  note: one(notes, { fields: [noteLabels.noteId], references: [notes.id] }),
  label: one(labels, { fields: [noteLabels.labelId], references: [labels.id] }),
}));

export const commentsRelations = relations(comments, ({ one }) => ({
  note: one(notes, { fields: [comments.noteId], references: [notes.id] }),
  member: one(members, { fields: [comments.memberId], references: [members.id] }),
}));

export const attachmentsRelations = relations(attachments, ({ one }) => ({
  note: one(notes, { fields: [attachments.noteId], references: [notes.id] }),
}));

export const sharesRelations = relations(shares, ({ one }) => ({
  note: one(notes, { fields: [shares.noteId], references: [notes.id] }),
  member: one(members, { fields: [shares.memberId], references: [members.id] }),
}));
