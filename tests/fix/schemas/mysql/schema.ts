import { int, mysqlTable, varchar, timestamp, index } from "drizzle-orm/mysql-core";
import { relations } from "drizzle-orm";

export const stores = mysqlTable("stores", { id: int("id").autoincrement().primaryKey() });
export const orders = mysqlTable("orders", {
  id: int("id").autoincrement().primaryKey(),
  storeId: int("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
});
export const products = mysqlTable("products", {
  id: int("id").autoincrement().primaryKey(),
  storeId: int("store_id").notNull(),
  slug: varchar("slug", { length: 100 }).notNull(),
  at: timestamp("at").notNull(),
}, (t) => [
  index("products_slug_at_idx").on(t.slug, t.at),
  index("products_slug_idx").on(t.slug),
]);
export const items = mysqlTable("items", {
  orderId: int("order_id").notNull().references(() => orders.id, { onDelete: "cascade" }),
  productId: int("product_id").notNull().references(() => products.id, { onDelete: "cascade" }),
});
export const productsRelations = relations(products, ({ one }) => ({
  store: one(stores, { fields: [products.storeId], references: [stores.id] }),
}));
