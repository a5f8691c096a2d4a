import { defineRelations } from "drizzle-orm";
import * as schema from "./schema";

export const relations = defineRelations(schema, (r) => ({
  organizations: {
    accounts: r.many.accounts(),
    projects: r.many.projects(),
    skills: r.many.skills(),
  },
  accounts: {
    organization: r.one.organizations({ from: r.accounts.organizationId, to: r.organizations.id, optional: false }),
    profile: r.one.profiles({ from: r.accounts.id, to: r.profiles.accountId }),
    ownedProjects: r.many.projects(),
    assignedTasks: r.many.tasks(),
    timeEntries: r.many.timeEntries(),
    skills: r.many.skills({ from: r.accounts.id.through(r.accountSkills.accountId), to: r.skills.id.through(r.accountSkills.skillId) }),
  },
  profiles: {
    account: r.one.accounts({ from: r.profiles.accountId, to: r.accounts.id, optional: false }),
  },
  projects: {
    organization: r.one.organizations({ from: r.projects.organizationId, to: r.organizations.id, optional: false }),
    owner: r.one.accounts({ from: r.projects.ownerId, to: r.accounts.id, optional: false }),
    tasks: r.many.tasks(),
  },
  tasks: {
    project: r.one.projects({ from: r.tasks.projectId, to: r.projects.id, optional: false }),
    assignee: r.one.accounts({ from: r.tasks.assigneeId, to: r.accounts.id }),
    parent: r.one.tasks({ from: r.tasks.parentId, to: r.tasks.id, alias: "tree" }),
    children: r.many.tasks({ from: r.tasks.id, to: r.tasks.parentId, alias: "tree_children" }),
    timeEntries: r.many.timeEntries(),
  },
  skills: {
    organization: r.one.organizations({ from: r.skills.organizationId, to: r.organizations.id, optional: false }),
    accounts: r.many.accounts(),
  },
  timeEntries: {
    task: r.one.tasks({ from: r.timeEntries.taskId, to: r.tasks.id, optional: false }),
    account: r.one.accounts({ from: r.timeEntries.accountId, to: r.accounts.id, optional: false }),
  },
}));
