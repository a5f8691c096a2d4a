import { relations } from 'drizzle-orm/relations';
import { addresses, auditLog, pages, storeCustomers, storeMembers, stores, users } from '../src/lib/db/schema';

export const storesRelations = relations(stores, ({ many }) => ({
  storeMembers: many(storeMembers),
  storeCustomers: many(storeCustomers),
  pages: many(pages),
  auditLogs: many(auditLog),
}));

export const usersRelations = relations(users, ({ many }) => ({
  storeMembers: many(storeMembers),
  auditLogs: many(auditLog),
}));

export const storeMembersRelations = relations(storeMembers, ({ one }) => ({
  store: one(stores, {
    fields: [storeMembers.storeId],
    references: [stores.id],
  }),
  user: one(users, {
    fields: [storeMembers.userId],
    references: [users.id],
  }),
}));

export const storeCustomersRelations = relations(storeCustomers, ({ one, many }) => ({
  store: one(stores, {
    fields: [storeCustomers.storeId],
    references: [stores.id],
  }),
  addresses: many(addresses),
}));

export const addressesRelations = relations(addresses, ({ one }) => ({
  storeCustomer: one(storeCustomers, {
    fields: [addresses.customerId],
    references: [storeCustomers.id],
  }),
}));

export const pagesRelations = relations(pages, ({ one }) => ({
  store: one(stores, {
    fields: [pages.storeId],
    references: [stores.id],
  }),
}));

export const auditLogRelations = relations(auditLog, ({ one }) => ({
  store: one(stores, {
    fields: [auditLog.storeId],
    references: [stores.id],
  }),
  user: one(users, {
    fields: [auditLog.actorUserId],
    references: [users.id],
  }),
}));
