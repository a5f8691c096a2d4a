import { foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { relations } from "drizzle-orm";

export const tenants = pgTable("tenants", { id: integer("id").primaryKey() });
export const projects = pgTable("projects", {
  tenantId: integer("tenant_id").notNull().references(() => tenants.id),
  id: integer("id").notNull(),
  name: text("name"),
}, (t) => [primaryKey({ columns: [t.tenantId, t.id] })]);
export const tasks = pgTable("tasks", {
  tenantId: integer("tenant_id").notNull().references(() => tenants.id),
  id: integer("id").notNull(),
  projectId: integer("project_id").notNull(),
}, (t) => [primaryKey({ columns: [t.tenantId, t.id] })]);
export const notes = pgTable("notes", {
  tenantId: integer("tenant_id").notNull().references(() => tenants.id),
  id: integer("id").primaryKey(),
  projectId: integer("project_id").notNull(),
}, (t) => [
  foreignKey({ columns: [t.tenantId, t.projectId], foreignColumns: [projects.tenantId, projects.id] }),
  index("notes_tenant_id_project_id_idx").on(t.tenantId, t.projectId),
]);
export const tasksRelations = relations(tasks, ({ one }) => ({
  project: one(projects, { fields: [tasks.tenantId, tasks.projectId], references: [projects.tenantId, projects.id] }),
}));
