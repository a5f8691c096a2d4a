import { boolean, integer, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const orderStatus = pgEnum("order_status", ["pending", "paid", "shipped"]);
export const storesTable = pgTable("stores", { id: uuid("id").primaryKey(), name: text("name"), slug: text("slug"), subdomain: text("subdomain"), currency: text("currency") });
export const storeCustomers = pgTable("store_customers", {
  id: uuid("id").primaryKey(),
  storeId: uuid("store_id").references(() => storesTable.id),
  email: text("email"),
  name: text("name"),
  acceptsMarketing: boolean("accepts_marketing"),
  createdAt: timestamp("created_at"),
});
export const orders = pgTable("orders", {
  id: uuid("id").primaryKey(),
  storeId: uuid("store_id").references(() => storesTable.id),
  customerId: uuid("customer_id").references(() => storeCustomers.id),
  orderNumber: integer("order_number"),
  status: orderStatus("status"),
  total: integer("total"),
  currency: text("currency"),
  placedAt: timestamp("placed_at"),
  note: text("note"),
});
export const orderItems = pgTable("order_items", {
  id: uuid("id").primaryKey(),
  storeId: uuid("store_id").references(() => storesTable.id),
  orderId: uuid("order_id").references(() => orders.id),
  quantity: integer("quantity"),
  unitPrice: integer("unit_price"),
  sku: text("sku"),
});
export const tags = pgTable("tags", { id: uuid("id").primaryKey(), storeId: uuid("store_id").references(() => storesTable.id), label: text("label") });
export const friendRequests = pgTable("friend_requests", { id: uuid("id").primaryKey(), senderId: uuid("sender_id"), receiverId: uuid("receiver_id"), seen: boolean("seen") });
export const productVariants = pgTable("product_variants", { id: uuid("id").primaryKey(), sku: text("sku"), barcode: text("barcode"), weightGrams: integer("weight_grams"), price: integer("price") });
