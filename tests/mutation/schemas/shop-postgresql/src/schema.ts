import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";

export const orderStatus = pgEnum("order_status", ["pending", "paid", "shipped", "cancelled"]);
export const paymentStatus = pgEnum("payment_status", ["open", "captured", "refunded"]);
export const discountKind = pgEnum("discount_kind", ["percent", "amount"]);

const timestamps = {
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
};

export const stores = pgTable("stores", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  subdomain: varchar("subdomain", { length: 63 }).notNull().unique(),
  ...timestamps,
});

export const users = pgTable("users", {
  id: uuid("id").primaryKey().defaultRandom(),
  email: text("email").notNull().unique(),
  ...timestamps,
});

export const storeMembers = pgTable(
  "store_members",
  {
    storeId: uuid("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
    userId: uuid("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    role: text("role").notNull(),
    joinedAt: timestamp("joined_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.storeId, t.userId] }), index("store_members_user_id_idx").on(t.userId)],
);

export const categories = pgTable(
  "categories",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    storeId: uuid("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
    parentId: uuid("parent_id").references((): AnyPgColumn => categories.id),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
    ...timestamps,
  },
  (t) => [unique("categories_store_id_slug_key").on(t.storeId, t.slug), index("categories_parent_id_idx").on(t.parentId)],
);

export const products = pgTable(
  "products",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    storeId: uuid("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
    categoryId: uuid("category_id").references(() => categories.id, { onDelete: "set null" }),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
    price: numeric("price", { precision: 12, scale: 2 }).notNull(),
    active: boolean("active").notNull().default(true),
    ...timestamps,
  },
  (t) => [
    unique("products_store_id_slug_key").on(t.storeId, t.slug),
    index("products_category_id_idx").on(t.categoryId),
    index("products_active_idx").on(t.storeId, t.createdAt).where(sql`${t.active}`),
    check("products_price_check", sql`${t.price} >= 0`),
  ],
);

export const productVariants = pgTable(
  "product_variants",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    storeId: uuid("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
    productId: uuid("product_id").notNull().references(() => products.id, { onDelete: "cascade" }),
    sku: text("sku").notNull(),
    price: numeric("price", { precision: 12, scale: 2 }).notNull(),
    stock: integer("stock").notNull().default(0),
    ...timestamps,
  },
  (t) => [unique("product_variants_store_id_sku_key").on(t.storeId, t.sku), index("product_variants_product_id_idx").on(t.productId)],
);

export const productImages = pgTable(
  "product_images",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    productId: uuid("product_id").notNull().references(() => products.id, { onDelete: "cascade" }),
    url: text("url").notNull(),
    position: integer("position").notNull().default(0),
  },
  (t) => [index("product_images_product_id_position_idx").on(t.productId, t.position)],
);

export const tags = pgTable(
  "tags",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    storeId: uuid("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
  },
  (t) => [uniqueIndex("tags_store_id_slug_key").on(t.storeId, t.slug)],
);

export const productTags = pgTable(
  "product_tags",
  {
    productId: uuid("product_id").notNull().references(() => products.id, { onDelete: "cascade" }),
    tagId: uuid("tag_id").notNull().references(() => tags.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.productId, t.tagId] }), index("product_tags_tag_id_idx").on(t.tagId)],
);

export const customers = pgTable(
  "customers",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    storeId: uuid("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    name: text("name"),
    ...timestamps,
  },
  (t) => [unique("customers_store_id_email_key").on(t.storeId, t.email)],
);

export const addresses = pgTable(
  "addresses",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    customerId: uuid("customer_id").notNull().references(() => customers.id, { onDelete: "cascade" }),
    street: text("street").notNull(),
    city: text("city").notNull(),
    country: varchar("country", { length: 2 }).notNull(),
  },
  (t) => [index("addresses_customer_id_idx").on(t.customerId)],
);

export const discounts = pgTable(
  "discounts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    storeId: uuid("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
    code: text("code").notNull(),
    kind: discountKind("kind").notNull(),
    amount: numeric("amount", { precision: 12, scale: 2 }).notNull(),
    validUntil: date("valid_until"),
  },
  (t) => [unique("discounts_store_id_code_key").on(t.storeId, t.code)],
);

export const orders = pgTable(
  "orders",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    storeId: uuid("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
    customerId: uuid("customer_id").references(() => customers.id, { onDelete: "set null" }),
    discountId: uuid("discount_id").references(() => discounts.id, { onDelete: "set null" }),
    orderNumber: integer("order_number").notNull(),
    status: orderStatus("status").notNull().default("pending"),
    total: numeric("total", { precision: 12, scale: 2 }).notNull(),
    ...timestamps,
  },
  (t) => [
    unique("orders_store_id_order_number_key").on(t.storeId, t.orderNumber),
    index("orders_customer_id_idx").on(t.customerId),
    index("orders_discount_id_idx").on(t.discountId),
    check("orders_total_check", sql`${t.total} >= 0`),
  ],
);

export const orderItems = pgTable(
  "order_items",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    orderId: uuid("order_id").notNull().references(() => orders.id, { onDelete: "cascade" }),
    productId: uuid("product_id").notNull().references(() => products.id),
    variantId: uuid("variant_id").references(() => productVariants.id),
    quantity: integer("quantity").notNull(),
    unitPrice: numeric("unit_price", { precision: 12, scale: 2 }).notNull(),
  },
  (t) => [
    index("order_items_order_id_product_id_idx").on(t.orderId, t.productId),
    index("order_items_product_id_idx").on(t.productId),
    index("order_items_variant_id_idx").on(t.variantId),
  ],
);

export const payments = pgTable(
  "payments",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    orderId: uuid("order_id").notNull().references(() => orders.id),
    status: paymentStatus("status").notNull().default("open"),
    amount: numeric("amount", { precision: 12, scale: 2 }).notNull(),
    details: jsonb("details").$type<{ provider: string }>(),
    ...timestamps,
  },
  (t) => [index("payments_order_id_idx").on(t.orderId)],
);

export const shipments = pgTable(
  "shipments",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    orderId: uuid("order_id").notNull().references(() => orders.id),
    addressId: uuid("address_id").notNull().references(() => addresses.id),
    shippedAt: timestamp("shipped_at", { withTimezone: true }),
  },
  (t) => [index("shipments_order_id_idx").on(t.orderId), index("shipments_address_id_idx").on(t.addressId)],
);

export const carts = pgTable(
  "carts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    storeId: uuid("store_id").notNull().references(() => stores.id, { onDelete: "cascade" }),
    customerId: uuid("customer_id").notNull().unique().references(() => customers.id, { onDelete: "cascade" }),
    ...timestamps,
  },
  (t) => [index("carts_store_id_idx").on(t.storeId)],
);

export const cartItems = pgTable(
  "cart_items",
  {
    cartId: uuid("cart_id").notNull().references(() => carts.id, { onDelete: "cascade" }),
    variantId: uuid("variant_id").notNull().references(() => productVariants.id, { onDelete: "cascade" }),
    quantity: integer("quantity").notNull(),
  },
  (t) => [primaryKey({ columns: [t.cartId, t.variantId] }), index("cart_items_variant_id_idx").on(t.variantId)],
);

export const reviews = pgTable(
  "reviews",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    productId: uuid("product_id").notNull().references(() => products.id, { onDelete: "cascade" }),
    customerId: uuid("customer_id").notNull().references(() => customers.id, { onDelete: "cascade" }),
    rating: integer("rating").notNull(),
    body: text("body"),
    ...timestamps,
  },
  (t) => [unique("reviews_product_id_customer_id_key").on(t.productId, t.customerId), index("reviews_customer_id_idx").on(t.customerId)],
);

export const storeSettings = pgTable("store_settings", {
  storeId: uuid("store_id").primaryKey().references(() => stores.id, { onDelete: "cascade" }),
  currency: varchar("currency", { length: 3 }).notNull().default("EUR"),
  settings: jsonb("settings").$type<{ theme: string }>().notNull(),
});
