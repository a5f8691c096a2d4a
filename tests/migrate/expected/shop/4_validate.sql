-- Checks the old rows against the new constraints, which locks nobody out, and turns unique indexes into constraints, which
-- takes an exclusive lock for an instant.
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

DO $step$
BEGIN
  PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."categories" VALIDATE CONSTRAINT "categories_store_id_stores_id_fk"$sql$);
END
$step$;
DO $step$
BEGIN
  PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."product_variants" VALIDATE CONSTRAINT "product_variants_store_id_stores_id_fk"$sql$);
END
$step$;
DO $step$
BEGIN
  PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."products" VALIDATE CONSTRAINT "products_store_id_stores_id_fk"$sql$);
END
$step$;
DO $step$
BEGIN
  PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."tags" VALIDATE CONSTRAINT "tags_store_id_stores_id_fk"$sql$);
END
$step$;
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."categories"'::regclass AND conname = 'categories_store_id_slug_unique') THEN
    PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."categories" ADD CONSTRAINT "categories_store_id_slug_unique" UNIQUE USING INDEX "categories_store_id_slug_unique"$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('constraint', '"public"."categories"', 'categories_store_id_slug_unique', NULL)
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."reviews"'::regclass AND conname = 'reviews_product_id_customer_id_unique') THEN
    PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."reviews" ADD CONSTRAINT "reviews_product_id_customer_id_unique" UNIQUE USING INDEX "reviews_product_id_customer_id_unique"$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('constraint', '"public"."reviews"', 'reviews_product_id_customer_id_unique', NULL)
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = '"public"."tags"'::regclass AND conname = 'tags_store_id_slug_unique') THEN
    PERFORM pg_temp.patiently($sql$ALTER TABLE "public"."tags" ADD CONSTRAINT "tags_store_id_slug_unique" UNIQUE USING INDEX "tags_store_id_slug_unique"$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('constraint', '"public"."tags"', 'tags_store_id_slug_unique', NULL)
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
