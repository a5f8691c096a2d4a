import { relations } from "drizzle-orm";
import { integer, pgEnum, pgTable } from "drizzle-orm/pg-core";

const role = pgEnum("role", ["owner", "guest"]);

export const users = pgTable("users", {
  id: integer("id").primaryKey(),
  teamId: integer("team_id").references(() => teams.id),
  bossId: integer("boss_id"),
  role: role("role").notNull(),
});

export const teams = pgTable("teams", {
  id: integer("id").primaryKey(),
  ownerId: integer("owner_id"),
});

export const usersRelations = relations(users, ({ one, many }) => ({
  team: one(teams, { fields: [users.teamId], references: [teams.id], relationName: "members" }),
  boss: one(users, { fields: [users.bossId], references: [users.id], relationName: "boss" }),
  staff: many(users, { relationName: "boss" }),
  owned: many(teams, { relationName: "owner" }),
}));

export const teamsRelations = relations(teams, ({ one, many }) => ({
  owner: one(users, { fields: [teams.ownerId], references: [users.id], relationName: "owner" }),
  members: many(users, { relationName: "members" }),
}));
