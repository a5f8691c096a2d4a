import { integer, sqliteTable, text, index } from "drizzle-orm/sqlite-core";
import { relations } from "drizzle-orm";

export const stores = sqliteTable("stores", { id: integer("id").primaryKey({ autoIncrement: true }) });
export const orders = sqliteTable("orders", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  storeId: integer("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
});
export const products = sqliteTable("products", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  storeId: integer("store_id").notNull(),
  slug: text("slug").notNull(),
  at: integer("at", { mode: "timestamp" }).notNull(),
}, (t) => [
  index("products_slug_at_idx").on(t.slug, t.at),
  index("products_slug_idx").on(t.slug),
]);
export const items = sqliteTable("items", {
  orderId: integer("order_id").notNull().references(() => orders.id, { onDelete: "cascade" }),
  productId: integer("product_id").notNull().references(() => products.id, { onDelete: "cascade" }),
});
export const productsRelations = relations(products, ({ one }) => ({
  store: one(stores, { fields: [products.storeId], references: [stores.id] }),
}));
