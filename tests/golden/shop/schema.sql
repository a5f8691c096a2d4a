-- postgresql, as declared in the Drizzle schema
CREATE TYPE "coupon_kind" AS ENUM ('percentage', 'amount', 'free_shipping');
CREATE TYPE "member_role" AS ENUM ('owner', 'admin', 'editor', 'viewer');
CREATE TYPE "order_status" AS ENUM ('pending', 'confirmed', 'packed', 'shipped', 'delivered', 'cancelled');
CREATE TYPE "payment_status" AS ENUM ('pending', 'authorized', 'paid', 'partially_refunded', 'refunded', 'failed');
CREATE TYPE "product_status" AS ENUM ('draft', 'active', 'archived');
CREATE TYPE "store_status" AS ENUM ('draft', 'active', 'suspended');

CREATE TABLE "addresses" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "customer_id" uuid NOT NULL,
  "line1" text NOT NULL,
  "line2" text,
  "city" text NOT NULL,
  "postcode" text NOT NULL,
  "country" char(2) NOT NULL,
  "is_default" boolean NOT NULL DEFAULT false,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE "audit_log" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "actor_user_id" uuid,
  "action" text NOT NULL,
  "entity_type" text NOT NULL,
  "entity_id" uuid NOT NULL,
  "changes" jsonb,
  "at" timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE "cart_items" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "cart_id" uuid NOT NULL,
  "variant_id" uuid NOT NULL,
  "quantity" integer NOT NULL DEFAULT 1,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "cart_items_cart_id_variant_id_unique" UNIQUE ("cart_id", "variant_id"),
  CONSTRAINT "cart_items_quantity_check" CHECK ("cart_items"."quantity" > 0)
);

CREATE TABLE "carts" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "customer_id" uuid,
  "session_id" text NOT NULL,
  "expires_at" timestamp with time zone NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "carts_session_id_unique" UNIQUE ("session_id")
);

CREATE TABLE "categories" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "parent_id" uuid,
  "name" text NOT NULL,
  "slug" text NOT NULL,
  "position" integer NOT NULL DEFAULT 0,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE "coupons" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "code" text NOT NULL,
  "kind" "coupon_kind" NOT NULL,
  "percentage" integer,
  "amount" bigint,
  "expires_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "coupons_store_id_code_unique" UNIQUE ("store_id", "code")
);

CREATE TABLE "inventory_levels" (
  "variant_id" uuid PRIMARY KEY NOT NULL,
  "on_hand" integer NOT NULL DEFAULT 0,
  "reserved" integer NOT NULL DEFAULT 0,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "inventory_levels_reserved_check" CHECK ("inventory_levels"."reserved" between 0 and "inventory_levels"."on_hand")
);

CREATE TABLE "order_items" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "order_id" uuid NOT NULL,
  "product_id" uuid NOT NULL,
  "variant_id" uuid,
  "title" text NOT NULL,
  "quantity" integer NOT NULL,
  "unit_price" bigint NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "order_items_quantity_check" CHECK ("order_items"."quantity" > 0)
);

CREATE TABLE "orders" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "customer_id" uuid,
  "coupon_id" uuid,
  "order_number" bigint NOT NULL,
  "status" "order_status" NOT NULL DEFAULT 'pending',
  "payment_status" "payment_status" NOT NULL DEFAULT 'pending',
  "currency" char(3) NOT NULL,
  "subtotal" bigint NOT NULL,
  "total" bigint NOT NULL,
  "shipping_address_snapshot" jsonb NOT NULL,
  "note" text,
  "placed_at" timestamp with time zone NOT NULL DEFAULT now(),
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "orders_store_id_order_number_unique" UNIQUE ("store_id", "order_number"),
  CONSTRAINT "orders_total_check" CHECK ("orders"."total" >= 0)
);

CREATE TABLE "pages" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "slug" text NOT NULL,
  "title" text NOT NULL,
  "body" text NOT NULL DEFAULT '',
  "published" boolean NOT NULL DEFAULT false,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "pages_store_id_slug_unique" UNIQUE ("store_id", "slug")
);

CREATE TABLE "payments" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "order_id" uuid NOT NULL,
  "provider" text NOT NULL,
  "provider_reference" text NOT NULL,
  "amount" bigint NOT NULL,
  "status" "payment_status" NOT NULL DEFAULT 'pending',
  "captured_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "payments_provider_reference_unique" UNIQUE ("provider", "provider_reference")
);

CREATE TABLE "product_images" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "product_id" uuid NOT NULL,
  "url" text NOT NULL,
  "alt" text,
  "position" integer NOT NULL DEFAULT 0,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE "product_tags" (
  "product_id" uuid NOT NULL,
  "tag_id" uuid NOT NULL,
  CONSTRAINT "product_tags_product_id_tag_id_pk" PRIMARY KEY ("product_id", "tag_id")
);

CREATE TABLE "product_variants" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "product_id" uuid NOT NULL,
  "title" text NOT NULL,
  "sku" text NOT NULL,
  "price" bigint NOT NULL,
  "compare_at_price" bigint,
  "weight_grams" integer,
  "options" jsonb NOT NULL DEFAULT '{}'::jsonb,
  "available" boolean NOT NULL DEFAULT true,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "product_variants_store_id_sku_unique" UNIQUE ("store_id", "sku"),
  CONSTRAINT "product_variants_price_check" CHECK ("product_variants"."price" >= 0)
);

CREATE TABLE "products" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "category_id" uuid,
  "title" text NOT NULL,
  "slug" text NOT NULL,
  "description" text,
  "status" "product_status" NOT NULL DEFAULT 'draft',
  "base_price" bigint NOT NULL,
  "seo" jsonb,
  "published_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "products_store_id_slug_unique" UNIQUE ("store_id", "slug"),
  CONSTRAINT "products_base_price_check" CHECK ("products"."base_price" >= 0)
);

CREATE TABLE "reviews" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "product_id" uuid NOT NULL,
  "customer_id" uuid NOT NULL,
  "rating" smallint NOT NULL,
  "comment" text,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "reviews_rating_check" CHECK ("reviews"."rating" between 1 and 5)
);

CREATE TABLE "shipments" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "order_id" uuid NOT NULL,
  "carrier" text NOT NULL,
  "tracking_url" text,
  "shipped_at" timestamp with time zone,
  "delivered_at" timestamp with time zone,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE "store_customers" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "email" text NOT NULL,
  "name" text,
  "accepts_marketing" boolean NOT NULL DEFAULT false,
  "orders" jsonb NOT NULL DEFAULT '[]'::jsonb,
  "metadata" jsonb,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "store_customers_store_id_email_unique" UNIQUE ("store_id", "email")
);

CREATE TABLE "store_members" (
  "store_id" uuid NOT NULL,
  "user_id" uuid NOT NULL,
  "role" "member_role" NOT NULL DEFAULT 'viewer',
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "store_members_store_id_user_id_pk" PRIMARY KEY ("store_id", "user_id")
);

CREATE TABLE "stores" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "name" text NOT NULL,
  "slug" text NOT NULL,
  "subdomain" text NOT NULL,
  "status" "store_status" NOT NULL DEFAULT 'draft',
  "currency" char(3) NOT NULL DEFAULT 'EUR',
  "settings" jsonb NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "stores_slug_unique" UNIQUE ("slug"),
  CONSTRAINT "stores_subdomain_unique" UNIQUE ("subdomain")
);

CREATE TABLE "tags" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "name" text NOT NULL,
  "slug" text NOT NULL,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE "users" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "clerk_user_id" text NOT NULL,
  "email" text NOT NULL,
  "name" text,
  "created_at" timestamp with time zone NOT NULL DEFAULT now(),
  "updated_at" timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT "users_clerk_user_id_unique" UNIQUE ("clerk_user_id"),
  CONSTRAINT "users_email_unique" UNIQUE ("email")
);

CREATE TABLE "webhook_events" (
  "id" uuid PRIMARY KEY NOT NULL DEFAULT gen_random_uuid(),
  "store_id" uuid NOT NULL,
  "provider" text NOT NULL,
  "event_reference" text NOT NULL,
  "payload" jsonb NOT NULL,
  "received_at" timestamp with time zone NOT NULL DEFAULT now(),
  "handled_at" timestamp with time zone,
  CONSTRAINT "webhook_events_provider_event_reference_unique" UNIQUE ("provider", "event_reference")
);

ALTER TABLE "addresses" ADD CONSTRAINT "addresses_customer_id_store_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "store_customers" ("id") ON DELETE CASCADE;
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_actor_user_id_users_id_fk" FOREIGN KEY ("actor_user_id") REFERENCES "users" ("id") ON DELETE SET NULL;
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "stores" ("id") ON DELETE CASCADE;
ALTER TABLE "cart_items" ADD CONSTRAINT "cart_items_cart_id_carts_id_fk" FOREIGN KEY ("cart_id") REFERENCES "carts" ("id") ON DELETE CASCADE;
ALTER TABLE "cart_items" ADD CONSTRAINT "cart_items_variant_id_product_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "product_variants" ("id") ON DELETE CASCADE;
ALTER TABLE "carts" ADD CONSTRAINT "carts_customer_id_store_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "store_customers" ("id") ON DELETE CASCADE;
ALTER TABLE "carts" ADD CONSTRAINT "carts_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "stores" ("id") ON DELETE CASCADE;
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_categories_id_fk" FOREIGN KEY ("parent_id") REFERENCES "categories" ("id") ON DELETE SET NULL;
ALTER TABLE "coupons" ADD CONSTRAINT "coupons_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "stores" ("id") ON DELETE CASCADE;
ALTER TABLE "inventory_levels" ADD CONSTRAINT "inventory_levels_variant_id_product_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "product_variants" ("id") ON DELETE CASCADE;
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON DELETE CASCADE;
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE RESTRICT;
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_variant_id_product_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "product_variants" ("id") ON DELETE SET NULL;
ALTER TABLE "orders" ADD CONSTRAINT "orders_coupon_id_coupons_id_fk" FOREIGN KEY ("coupon_id") REFERENCES "coupons" ("id") ON DELETE SET NULL;
ALTER TABLE "orders" ADD CONSTRAINT "orders_customer_id_store_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "store_customers" ("id") ON DELETE SET NULL;
ALTER TABLE "orders" ADD CONSTRAINT "orders_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "stores" ("id") ON DELETE CASCADE;
ALTER TABLE "pages" ADD CONSTRAINT "pages_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "stores" ("id") ON DELETE CASCADE;
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON DELETE CASCADE;
ALTER TABLE "product_images" ADD CONSTRAINT "product_images_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE CASCADE;
ALTER TABLE "product_tags" ADD CONSTRAINT "product_tags_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE CASCADE;
ALTER TABLE "product_tags" ADD CONSTRAINT "product_tags_tag_id_tags_id_fk" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE;
ALTER TABLE "product_variants" ADD CONSTRAINT "product_variants_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE CASCADE;
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "categories" ("id") ON DELETE SET NULL;
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_customer_id_store_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "store_customers" ("id") ON DELETE CASCADE;
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "products" ("id") ON DELETE CASCADE;
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON DELETE CASCADE;
ALTER TABLE "store_customers" ADD CONSTRAINT "store_customers_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "stores" ("id") ON DELETE CASCADE;
ALTER TABLE "store_members" ADD CONSTRAINT "store_members_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "stores" ("id") ON DELETE CASCADE;
ALTER TABLE "store_members" ADD CONSTRAINT "store_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE;
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "stores" ("id") ON DELETE CASCADE;
CREATE INDEX "addresses_customer_id_idx" ON "addresses" ("customer_id");
CREATE INDEX "audit_log_actor_user_id_idx" ON "audit_log" ("actor_user_id");
CREATE INDEX "audit_log_entity_idx" ON "audit_log" ("entity_type", "entity_id");
CREATE INDEX "audit_log_store_id_at_idx" ON "audit_log" ("store_id", "at" DESC NULLS LAST);
CREATE INDEX "cart_items_variant_id_idx" ON "cart_items" ("variant_id");
CREATE INDEX "carts_customer_id_idx" ON "carts" ("customer_id") WHERE "carts"."customer_id" is not null;
CREATE INDEX "carts_store_id_expires_at_idx" ON "carts" ("store_id", "expires_at");
CREATE INDEX "categories_parent_id_idx" ON "categories" ("parent_id");
CREATE INDEX "categories_store_id_position_idx" ON "categories" ("store_id", "position");
CREATE INDEX "order_items_product_id_idx" ON "order_items" ("product_id");
CREATE INDEX "orders_coupon_id_idx" ON "orders" ("coupon_id");
CREATE INDEX "orders_customer_id_placed_at_idx" ON "orders" ("customer_id", "placed_at" DESC NULLS LAST);
CREATE INDEX "orders_open_idx" ON "orders" ("store_id", "placed_at") WHERE "orders"."status" in ('pending', 'confirmed');
CREATE INDEX "payments_order_id_idx" ON "payments" ("order_id");
CREATE INDEX "product_images_product_id_position_idx" ON "product_images" ("product_id", "position");
CREATE INDEX "product_tags_tag_id_idx" ON "product_tags" ("tag_id");
CREATE INDEX "product_variants_product_id_idx" ON "product_variants" ("product_id");
CREATE INDEX "products_active_idx" ON "products" ("store_id", "published_at" DESC NULLS LAST) WHERE "products"."status" = 'active';
CREATE INDEX "products_category_id_idx" ON "products" ("category_id");
CREATE INDEX "reviews_customer_id_idx" ON "reviews" ("customer_id");
CREATE INDEX "reviews_product_id_created_at_idx" ON "reviews" ("product_id", "created_at" DESC NULLS LAST);
CREATE INDEX "shipments_order_id_idx" ON "shipments" ("order_id");
CREATE INDEX "store_members_user_id_idx" ON "store_members" ("user_id");
CREATE INDEX "tags_store_id_name_idx" ON "tags" ("store_id", "name");
CREATE INDEX "webhook_events_store_id_received_at_idx" ON "webhook_events" ("store_id", "received_at");
CREATE VIEW "active_products" AS select "id", "store_id", "title", "slug", "base_price" from "products" where "products"."status" = 'active';
