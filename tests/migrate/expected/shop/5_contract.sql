-- Takes away what is not needed any more: run it when no deployed code writes these columns or relies on these indexes.
-- A redundant column is kept and made read-only, or dropped: -v redundant_columns=keep or -v redundant_columns=drop.
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

\if :{?redundant_columns}
\else
\set redundant_columns keep
\endif
SELECT :'redundant_columns' = 'drop' AS drop_columns, :'redundant_columns' NOT IN ('keep', 'drop') AS is_wrong \gset
\if :is_wrong
DO $$ BEGIN RAISE EXCEPTION 'redundant_columns is neither keep nor drop'; END $$;
\endif

-- store_customers.orders
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure('"public"."store_customers_orders_read_only"()')) THEN
    PERFORM pg_temp.patiently($sql$CREATE FUNCTION "public"."store_customers_orders_read_only"() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW."orders" IS NULL OR NEW."orders"::text IN ('[]', '{}', 'null') THEN RETURN NEW; END IF;
  ELSIF NEW."orders"::text IS NOT DISTINCT FROM OLD."orders"::text THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '%', 'store_customers.orders is read-only: write to orders' USING ERRCODE = 'read_only_sql_transaction';
END
$body$$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('function', '"public"."store_customers"', 'store_customers_orders_read_only', '"public"."store_customers_orders_read_only"()')
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = '"public"."store_customers"'::regclass AND tgname = 'store_customers_orders_read_only' UNION ALL SELECT WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = '"public"."store_customers"'::regclass AND attname = 'orders' AND NOT attisdropped)) THEN
    PERFORM pg_temp.patiently($sql$CREATE TRIGGER "store_customers_orders_read_only" BEFORE INSERT OR UPDATE OF "orders" ON "public"."store_customers" FOR EACH ROW EXECUTE FUNCTION "public"."store_customers_orders_read_only"()$sql$);
    INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('trigger', '"public"."store_customers"', 'store_customers_orders_read_only', NULL)
      ON CONFLICT DO NOTHING;
  END IF;
END
$step$;
\if :drop_columns
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = '"public"."store_customers"'::regclass AND attname = 'orders' AND NOT attisdropped) THEN RETURN; END IF;
  DECLARE
    n bigint;
  BEGIN
    n := 0;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = '"public"."store_customers"'::regclass AND attname = 'orders' AND NOT attisdropped) THEN
    EXECUTE $sql$SELECT count(*) FROM "public"."store_customers" t WHERE (t."id" IN (SELECT x."id" FROM "public"."store_customers" x LEFT JOIN (SELECT p."customer_id" AS k1, array_agg(DISTINCT p."id"::text ORDER BY p."id"::text) AS v FROM "public"."orders" p GROUP BY p."customer_id") g ON g.k1 = x."id" WHERE coalesce((SELECT array_agg(DISTINCT CASE jsonb_typeof(e) WHEN 'object' THEN coalesce(e ->> 'id', '') ELSE e #>> '{}' END ORDER BY CASE jsonb_typeof(e) WHEN 'object' THEN coalesce(e ->> 'id', '') ELSE e #>> '{}' END) FROM jsonb_array_elements(CASE jsonb_typeof(x."orders"::jsonb) WHEN 'array' THEN x."orders"::jsonb ELSE '[]' END) e), '{}') IS DISTINCT FROM coalesce(g.v, '{}') OR jsonb_typeof(x."orders"::jsonb) NOT IN ('array', 'null')))$sql$ || CASE WHEN to_regclass('"drizzle_audit_quarantine"."public.store_customers"') IS NULL THEN '' ELSE $sql$ AND NOT EXISTS (SELECT FROM "drizzle_audit_quarantine"."public.store_customers" q WHERE q."id" = t."id" AND q."orders"::text IS NOT DISTINCT FROM t."orders"::text AND q.quarantine_action = 'difference' AND q.quarantine_cause = 'store_customers.orders')$sql$ END INTO n;
  END IF;
    IF n > 0 THEN
      RAISE EXCEPTION '%', 'store_customers.orders still differs from orders in ' || n || ' rows'
        USING HINT = 'Correct them, or accept them: 1_cleanup.sql, README.md.';
    END IF;
  END;
END
$step$;
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = '"public"."store_customers"'::regclass AND attname = 'orders' AND NOT attisdropped) THEN RETURN; END IF;
  IF to_regclass('"drizzle_audit_quarantine"."backup of store_customers.orders"') IS NULL THEN
    CREATE TABLE "drizzle_audit_quarantine"."backup of store_customers.orders" AS SELECT "id", "orders" FROM "public"."store_customers";
  END IF;
END
$step$;
DO $step$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = '"public"."store_customers"'::regclass AND attname = 'orders' AND NOT attisdropped) THEN RETURN; END IF;
  INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name, definition) VALUES ('column', '"public"."store_customers"', 'orders', (SELECT format('ALTER TABLE %s ADD COLUMN %I %s%s%s; ', '"public"."store_customers"', a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END, coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')) || 'UPDATE "public"."store_customers" t SET "orders" = b."orders" FROM "drizzle_audit_quarantine"."backup of store_customers.orders" b WHERE b."id" = t."id"; ' || CASE WHEN a.attnotnull THEN format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL; ', '"public"."store_customers"', a.attname) ELSE '' END || coalesce((SELECT string_agg(format('ALTER TABLE %s ADD CONSTRAINT %I %s; ', '"public"."store_customers"', c.conname, pg_get_constraintdef(c.oid)), '' ORDER BY c.oid) FROM pg_constraint c WHERE c.conrelid = a.attrelid AND a.attnum = ANY (c.conkey)), '') || coalesce((SELECT string_agg(pg_get_indexdef(i.indexrelid) || '; ', '' ORDER BY i.indexrelid) FROM pg_index i WHERE i.indrelid = a.attrelid AND a.attnum = ANY (i.indkey::int2[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)), '') || coalesce(format('COMMENT ON COLUMN %s.%I IS %L; ', '"public"."store_customers"', a.attname, col_description(a.attrelid, a.attnum)), '') FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = '"public"."store_customers"'::regclass AND a.attname = 'orders')) ON CONFLICT DO NOTHING;
  PERFORM pg_temp.patiently($sql$DROP TRIGGER IF EXISTS "store_customers_orders_read_only" ON "public"."store_customers"; ALTER TABLE "public"."store_customers" DROP COLUMN "orders"$sql$);
END
$step$;
\endif
