-- Builds the indexes. Writers go on; outside of any transaction, one statement at a time.
-- What an interrupted try left behind is invalid, and is dropped first.
\set ON_ERROR_STOP on
\set QUIET on
\set SHOW_CONTEXT never
SET client_min_messages = notice;

-- What the plan did and what it moved out of the way is kept in the schema "drizzle_audit_quarantine"; rollback.sql reads it and removes it.
DO $support$
BEGIN
  IF to_regnamespace('drizzle_audit_quarantine') IS NULL THEN
    CREATE SCHEMA "drizzle_audit_quarantine";
  END IF;
  IF to_regclass('"drizzle_audit_quarantine".steps') IS NULL THEN
    CREATE TABLE "drizzle_audit_quarantine".steps (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      kind text NOT NULL,      -- constraint, index, check, not null, trigger, function, schema, view, column, dropped index, dropped constraint, quarantine
      relation text NOT NULL,  -- the table, quoted and with its schema
      name text NOT NULL,
      definition text,         -- the statement that brings back what was dropped
      done_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (kind, relation, name)
    );
  END IF;
END
$support$;

-- No lock that is waited for here keeps anybody else waiting, and giving up would leave an invalid index.
SET lock_timeout = 0;
SET client_min_messages = warning;

-- order_items (order_id, product_id)
INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) SELECT 'index', '"public"."order_items"', 'order_items_order_id_product_id_idx', '"public"."order_items_order_id_product_id_idx"'
  WHERE to_regclass('"public"."order_items_order_id_product_id_idx"') IS NULL AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."order_items"'::regclass AND conname = 'order_items_order_id_product_id_idx')
  ON CONFLICT DO NOTHING;
SELECT 'DROP INDEX CONCURRENTLY "public"."order_items_order_id_product_id_idx"' FROM pg_index WHERE indexrelid = to_regclass('"public"."order_items_order_id_product_id_idx"') AND NOT indisvalid \gexec
CREATE INDEX CONCURRENTLY IF NOT EXISTS "order_items_order_id_product_id_idx" ON "public"."order_items" ("order_id", "product_id");
-- order_items (variant_id)
INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) SELECT 'index', '"public"."order_items"', 'order_items_variant_id_idx', '"public"."order_items_variant_id_idx"'
  WHERE to_regclass('"public"."order_items_variant_id_idx"') IS NULL AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."order_items"'::regclass AND conname = 'order_items_variant_id_idx')
  ON CONFLICT DO NOTHING;
SELECT 'DROP INDEX CONCURRENTLY "public"."order_items_variant_id_idx"' FROM pg_index WHERE indexrelid = to_regclass('"public"."order_items_variant_id_idx"') AND NOT indisvalid \gexec
CREATE INDEX CONCURRENTLY IF NOT EXISTS "order_items_variant_id_idx" ON "public"."order_items" ("variant_id");
-- tags (slug)
INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) SELECT 'index', '"public"."tags"', 'tags_slug_idx', '"public"."tags_slug_idx"'
  WHERE to_regclass('"public"."tags_slug_idx"') IS NULL AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."tags"'::regclass AND conname = 'tags_slug_idx')
  ON CONFLICT DO NOTHING;
SELECT 'DROP INDEX CONCURRENTLY "public"."tags_slug_idx"' FROM pg_index WHERE indexrelid = to_regclass('"public"."tags_slug_idx"') AND NOT indisvalid \gexec
CREATE INDEX CONCURRENTLY IF NOT EXISTS "tags_slug_idx" ON "public"."tags" ("slug");
-- categories (store_id, slug), unique
INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) SELECT 'index', '"public"."categories"', 'categories_store_id_slug_unique', '"public"."categories_store_id_slug_unique"'
  WHERE to_regclass('"public"."categories_store_id_slug_unique"') IS NULL AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."categories"'::regclass AND conname = 'categories_store_id_slug_unique')
  ON CONFLICT DO NOTHING;
SELECT 'DROP INDEX CONCURRENTLY "public"."categories_store_id_slug_unique"' FROM pg_index WHERE indexrelid = to_regclass('"public"."categories_store_id_slug_unique"') AND NOT indisvalid \gexec
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "categories_store_id_slug_unique" ON "public"."categories" ("store_id", "slug");
-- reviews (product_id, customer_id), unique
INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) SELECT 'index', '"public"."reviews"', 'reviews_product_id_customer_id_unique', '"public"."reviews_product_id_customer_id_unique"'
  WHERE to_regclass('"public"."reviews_product_id_customer_id_unique"') IS NULL AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."reviews"'::regclass AND conname = 'reviews_product_id_customer_id_unique')
  ON CONFLICT DO NOTHING;
SELECT 'DROP INDEX CONCURRENTLY "public"."reviews_product_id_customer_id_unique"' FROM pg_index WHERE indexrelid = to_regclass('"public"."reviews_product_id_customer_id_unique"') AND NOT indisvalid \gexec
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "reviews_product_id_customer_id_unique" ON "public"."reviews" ("product_id", "customer_id");
-- tags (store_id, slug), unique
INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) SELECT 'index', '"public"."tags"', 'tags_store_id_slug_unique', '"public"."tags_store_id_slug_unique"'
  WHERE to_regclass('"public"."tags_store_id_slug_unique"') IS NULL AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."tags"'::regclass AND conname = 'tags_store_id_slug_unique')
  ON CONFLICT DO NOTHING;
SELECT 'DROP INDEX CONCURRENTLY "public"."tags_store_id_slug_unique"' FROM pg_index WHERE indexrelid = to_regclass('"public"."tags_store_id_slug_unique"') AND NOT indisvalid \gexec
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "tags_store_id_slug_unique" ON "public"."tags" ("store_id", "slug");
