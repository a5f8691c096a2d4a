-- Adds constraints that hold for new rows at once and are not checked for old ones yet, and compatibility views.
-- Each statement locks its tables against writers for an instant.
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

-- Runs a statement that needs a lock: it waits 1s at most, so that nobody queues behind it for longer, then tries again.
CREATE OR REPLACE FUNCTION pg_temp.patiently(statement text) RETURNS void LANGUAGE plpgsql AS $patiently$
DECLARE
  attempts constant int := 120;
BEGIN
  PERFORM set_config('lock_timeout', '1s', true);
  FOR attempt IN 1..attempts LOOP
    BEGIN
      EXECUTE statement;
      RETURN;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      IF attempt = attempts THEN
        RAISE EXCEPTION 'no lock in % attempts of 1s each: %', attempts, statement
          USING HINT = 'A long transaction holds the table. End it, or wait, and run this file again.';
      END IF;
      PERFORM pg_sleep(0.5);
    END;
  END LOOP;
END
$patiently$;

-- categories (store_id) refers to stores (id)
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."categories"'::regclass AND conname = 'categories_store_id_stores_id_fk') THEN
    PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."categories" ADD CONSTRAINT "categories_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores" ("id") ON DELETE CASCADE NOT VALID$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('constraint', '"public"."categories"', 'categories_store_id_stores_id_fk', NULL)
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
-- product_variants (store_id) refers to stores (id)
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."product_variants"'::regclass AND conname = 'product_variants_store_id_stores_id_fk') THEN
    PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."product_variants" ADD CONSTRAINT "product_variants_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores" ("id") ON DELETE CASCADE NOT VALID$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('constraint', '"public"."product_variants"', 'product_variants_store_id_stores_id_fk', NULL)
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
-- products (store_id) refers to stores (id)
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."products"'::regclass AND conname = 'products_store_id_stores_id_fk') THEN
    PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."products" ADD CONSTRAINT "products_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores" ("id") ON DELETE CASCADE NOT VALID$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('constraint', '"public"."products"', 'products_store_id_stores_id_fk', NULL)
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
-- tags (store_id) refers to stores (id)
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."tags"'::regclass AND conname = 'tags_store_id_stores_id_fk') THEN
    PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."tags" ADD CONSTRAINT "tags_store_id_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stores" ("id") ON DELETE CASCADE NOT VALID$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('constraint', '"public"."tags"', 'tags_store_id_stores_id_fk', NULL)
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
-- store_customers.orders, made of orders: for readers that still want it
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'drizzle_audit_views') THEN
    PERFORM pg_temp.patiently($sql$CREATE SCHEMA "drizzle_audit_views"$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('schema', '"public"."store_customers"', 'drizzle_audit_views', '"drizzle_audit_views"')
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('"drizzle_audit_views"."store_customers_with_orders"')) THEN
    PERFORM pg_temp.patiently($sql$CREATE VIEW "drizzle_audit_views"."store_customers_with_orders" AS WITH t AS (SELECT "id", "store_id", "email", "name", "accepts_marketing", "metadata", "created_at", "updated_at" FROM "public"."store_customers") SELECT t."id", t."store_id", t."email", t."name", t."accepts_marketing", t."metadata", t."created_at", t."updated_at", coalesce((SELECT jsonb_agg(jsonb_build_object('id', p."id", 'orderNumber', p."order_number", 'status', p."status", 'total', p."total", 'placedAt', p."placed_at") ORDER BY p."id") FROM "public"."orders" p WHERE p."customer_id" = t."id"), '[]') AS "orders" FROM t$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('view', '"public"."store_customers"', 'store_customers_with_orders', '"drizzle_audit_views"."store_customers_with_orders"')
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
