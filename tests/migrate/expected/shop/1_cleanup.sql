-- Moves the rows that are in the way into the schema "drizzle_audit_quarantine". One transaction: all of it happens, or nothing.
-- A choice for each constraint; abort means: stop, and change nothing. Give others on the command line, for example
--   psql -X -v NAME=delete -f 1_cleanup.sql "$DATABASE_URL"
-- orphans: abort, delete, set-null. duplicates: abort, keep-newest. differences: abort, accept.
\set ON_ERROR_STOP on
\set QUIET on
\set SHOW_CONTEXT never
SET client_min_messages = notice;
-- orphans categories_store_id_stores_id_fk
\if :{?categories_store_id_stores_id_fk}
\else
\set categories_store_id_stores_id_fk abort
\endif
-- orphans product_variants_store_id_stores_id_fk
\if :{?product_variants_store_id_stores_id_fk}
\else
\set product_variants_store_id_stores_id_fk abort
\endif
-- orphans products_store_id_stores_id_fk
\if :{?products_store_id_stores_id_fk}
\else
\set products_store_id_stores_id_fk abort
\endif
-- orphans tags_store_id_stores_id_fk
\if :{?tags_store_id_stores_id_fk}
\else
\set tags_store_id_stores_id_fk abort
\endif
-- duplicates categories_store_id_slug_unique
\if :{?categories_store_id_slug_unique}
\else
\set categories_store_id_slug_unique abort
\endif
-- duplicates reviews_product_id_customer_id_unique
\if :{?reviews_product_id_customer_id_unique}
\else
\set reviews_product_id_customer_id_unique abort
\endif
-- duplicates tags_store_id_slug_unique
\if :{?tags_store_id_slug_unique}
\else
\set tags_store_id_slug_unique abort
\endif
-- differences store_customers.orders
\if :{?store_customers_orders}
\else
\set store_customers_orders abort
\endif
-- foreign keys of the database, separated by commas, whose rows may go with the rows they refer to
\if :{?follow}
\else
\set follow ''
\endif

BEGIN;
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
-- Pieces of statements, for this session only.
CREATE OR REPLACE FUNCTION pg_temp.full_name(rel regclass) RETURNS text LANGUAGE sql AS $f$
  SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = rel
$f$;
-- The table in "drizzle_audit_quarantine" that takes rows of `rel`.
CREATE OR REPLACE FUNCTION pg_temp.shelf(rel regclass) RETURNS text LANGUAGE sql AS $f$
  SELECT format('%I.%I', 'drizzle_audit_quarantine', left(n.nspname || '.' || c.relname, 63))
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = rel
$f$;
-- Its columns; generated ones are in the copy, too, but cannot be written back.
CREATE OR REPLACE FUNCTION pg_temp.columns_of(rel regclass, prefix text, generated boolean DEFAULT true) RETURNS text LANGUAGE sql AS $f$
  SELECT string_agg(prefix || quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = rel AND attnum > 0 AND NOT attisdropped AND (generated OR attgenerated = '')
$f$;
CREATE OR REPLACE FUNCTION pg_temp.listed(cols text[]) RETURNS text LANGUAGE sql AS $f$
  SELECT string_agg(format('t.%I', c), ', ' ORDER BY o) FROM unnest(cols) WITH ORDINALITY AS u (c, o)
$f$;
CREATE OR REPLACE FUNCTION pg_temp.filled(cols text[]) RETURNS text LANGUAGE sql AS $f$
  SELECT string_agg(format('t.%I IS NOT NULL', c), ' AND ' ORDER BY o) FROM unnest(cols) WITH ORDINALITY AS u (c, o)
$f$;
CREATE OR REPLACE FUNCTION pg_temp.matched(cols text[], parent_cols text[]) RETURNS text LANGUAGE sql AS $f$
  SELECT string_agg(format('p.%I = t.%I', parent_cols[o], c), ' AND ' ORDER BY o) FROM unnest(cols) WITH ORDINALITY AS u (c, o)
$f$;
-- A condition on t: it refers to a row that is not there.
CREATE OR REPLACE FUNCTION pg_temp.missing(cols text[], parent regclass, parent_cols text[]) RETURNS text LANGUAGE sql AS $f$
  SELECT format('%s AND NOT EXISTS (SELECT FROM %s p WHERE %s)', pg_temp.filled(cols), parent, pg_temp.matched(cols, parent_cols))
$f$;
-- The same, when rows that are to go count as not there.
CREATE OR REPLACE FUNCTION pg_temp.orphaned(cols text[], parent regclass, parent_cols text[]) RETURNS text LANGUAGE sql AS $f$
  SELECT format('%s AND NOT EXISTS (SELECT FROM %s p WHERE %s AND NOT EXISTS (SELECT FROM doomed x WHERE x.tbl = p.tableoid AND x.at = p.ctid))',
                pg_temp.filled(cols), parent, pg_temp.matched(cols, parent_cols))
$f$;
CREATE OR REPLACE FUNCTION pg_temp.has_doomed_parent(cols text[], parent regclass, parent_cols text[]) RETURNS text LANGUAGE sql AS $f$
  SELECT format('EXISTS (SELECT FROM %s p JOIN doomed x ON x.tbl = p.tableoid AND x.at = p.ctid WHERE %s)', parent, pg_temp.matched(cols, parent_cols))
$f$;

CREATE TEMPORARY TABLE planned (id int, kind text, name text, rel regclass, cols text[], parent regclass, parent_cols text[],
  nullable boolean, newest text, condition text, same text, choice text) ON COMMIT DROP;
CREATE TEMPORARY TABLE followed (name text) ON COMMIT DROP;
INSERT INTO planned VALUES (1, 'orphans', 'categories_store_id_stores_id_fk', '"public"."categories"', ARRAY['store_id']::text[], '"public"."stores"', ARRAY['id']::text[], false, NULL, NULL, NULL, :'categories_store_id_stores_id_fk');
INSERT INTO planned VALUES (2, 'orphans', 'product_variants_store_id_stores_id_fk', '"public"."product_variants"', ARRAY['store_id']::text[], '"public"."stores"', ARRAY['id']::text[], false, NULL, NULL, NULL, :'product_variants_store_id_stores_id_fk');
INSERT INTO planned VALUES (3, 'orphans', 'products_store_id_stores_id_fk', '"public"."products"', ARRAY['store_id']::text[], '"public"."stores"', ARRAY['id']::text[], false, NULL, NULL, NULL, :'products_store_id_stores_id_fk');
INSERT INTO planned VALUES (4, 'orphans', 'tags_store_id_stores_id_fk', '"public"."tags"', ARRAY['store_id']::text[], '"public"."stores"', ARRAY['id']::text[], false, NULL, NULL, NULL, :'tags_store_id_stores_id_fk');
INSERT INTO planned VALUES (5, 'duplicates', 'categories_store_id_slug_unique', '"public"."categories"', ARRAY['store_id', 'slug']::text[], NULL, NULL, false, 't."created_at" DESC NULLS LAST, t."updated_at" DESC NULLS LAST, t."id" DESC NULLS LAST, t.ctid DESC', NULL, NULL, :'categories_store_id_slug_unique');
INSERT INTO planned VALUES (6, 'duplicates', 'reviews_product_id_customer_id_unique', '"public"."reviews"', ARRAY['product_id', 'customer_id']::text[], NULL, NULL, false, 't."created_at" DESC NULLS LAST, t."updated_at" DESC NULLS LAST, t."id" DESC NULLS LAST, t.ctid DESC', NULL, NULL, :'reviews_product_id_customer_id_unique');
INSERT INTO planned VALUES (7, 'duplicates', 'tags_store_id_slug_unique', '"public"."tags"', ARRAY['store_id', 'slug']::text[], NULL, NULL, false, 't."created_at" DESC NULLS LAST, t."updated_at" DESC NULLS LAST, t."id" DESC NULLS LAST, t.ctid DESC', NULL, NULL, :'tags_store_id_slug_unique');
INSERT INTO planned VALUES (8, 'differences', 'store_customers.orders', '"public"."store_customers"', ARRAY['orders']::text[], NULL, NULL, false, NULL, 't."id" IN (SELECT x."id" FROM "public"."store_customers" x LEFT JOIN (SELECT p."customer_id" AS k1, array_agg(DISTINCT p."id"::text ORDER BY p."id"::text) AS v FROM "public"."orders" p GROUP BY p."customer_id") g ON g.k1 = x."id" WHERE coalesce((SELECT array_agg(DISTINCT CASE jsonb_typeof(e) WHEN ''object'' THEN coalesce(e ->> ''id'', '''') ELSE e #>> ''{}'' END ORDER BY CASE jsonb_typeof(e) WHEN ''object'' THEN coalesce(e ->> ''id'', '''') ELSE e #>> ''{}'' END) FROM jsonb_array_elements(CASE jsonb_typeof(x."orders"::jsonb) WHEN ''array'' THEN x."orders"::jsonb ELSE ''[]'' END) e), ''{}'') IS DISTINCT FROM coalesce(g.v, ''{}'') OR jsonb_typeof(x."orders"::jsonb) NOT IN (''array'', ''null''))', 'q."id" = t."id" AND q."orders"::text IS NOT DISTINCT FROM t."orders"::text', :'store_customers_orders');
INSERT INTO followed SELECT btrim(unnest(string_to_array(:'follow', ',')));

-- The rows that go, the rows that lose a reference, and who is asked first. All in this one transaction.
CREATE TEMPORARY TABLE doomed (root regclass, tbl oid, at tid, cause text, action text, PRIMARY KEY (tbl, at)) ON COMMIT DROP;
CREATE TEMPORARY TABLE emptied (root regclass, tbl oid, at tid, cause text, cols text[]) ON COMMIT DROP;

-- Foreign keys of the database that lead to tables with rows that are to go. action as pg_constraint.confdeltype has it.
CREATE OR REPLACE FUNCTION pg_temp.referring()
  RETURNS TABLE (name text, child regclass, cols text[], parent regclass, parent_cols text[], action "char") LANGUAGE sql AS $f$
  SELECT c.conname::text, c.conrelid::regclass,
         (SELECT array_agg(a.attname::text ORDER BY k.o) FROM unnest(c.conkey) WITH ORDINALITY AS k (n, o)
           JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n),
         c.confrelid::regclass,
         (SELECT array_agg(a.attname::text ORDER BY k.o) FROM unnest(c.confkey) WITH ORDINALITY AS k (n, o)
           JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n),
         c.confdeltype
    FROM pg_constraint c
    WHERE c.contype = 'f' AND c.conparentid = 0 AND c.confrelid IN (SELECT root FROM doomed)
    ORDER BY c.oid
$f$;

DO $cleanup$
DECLARE
  p record;
  f record;
  changed bigint;
  n bigint;
  refused text := '';
  target regclass;
  shelf text;
  column_list text;
  follow text[];  -- foreign keys that are there already and whose rows may go with the rows they refer to
BEGIN
  SELECT coalesce(array_agg(name), '{}') INTO follow FROM followed;
  -- A redundant column may have been dropped already.
  DELETE FROM planned d WHERE d.kind = 'differences' AND NOT EXISTS
    (SELECT FROM pg_attribute a WHERE a.attrelid = d.rel AND a.attname = d.cols[1] AND NOT a.attisdropped);
  FOR p IN SELECT * FROM planned LOOP
    IF p.choice NOT IN ('abort', CASE p.kind WHEN 'orphans' THEN 'delete' WHEN 'duplicates' THEN 'keep-newest' ELSE 'accept' END,
                        CASE WHEN p.kind = 'orphans' AND p.nullable THEN 'set-null' ELSE 'abort' END) THEN
      RAISE EXCEPTION '% cannot be % for %', p.kind, p.choice, p.name
        USING HINT = CASE WHEN p.choice = 'set-null' THEN 'Its column is NOT NULL. ' ELSE '' END ||
                     'orphans: abort, delete, set-null (where the column may be null); duplicates: abort, keep-newest; differences: abort, accept';
    END IF;
    IF p.choice <> 'abort' THEN  -- the rows must stay as they are counted; readers are not in the way
      EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', p.rel);
    END IF;
  END LOOP;

  LOOP
    changed := 0;
    FOR p IN SELECT * FROM planned WHERE kind = 'orphans' AND choice = 'delete' ORDER BY id LOOP
      EXECUTE format(
        'INSERT INTO doomed SELECT %L::regclass, t.tableoid, t.ctid, %L, ''delete'' FROM %s t WHERE %s'
        ' AND NOT EXISTS (SELECT FROM doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid)',
        p.rel, p.name, p.rel, pg_temp.orphaned(p.cols, p.parent, p.parent_cols));
      GET DIAGNOSTICS n = ROW_COUNT;
      changed := changed + n;
    END LOOP;
    FOR p IN SELECT * FROM planned WHERE kind = 'duplicates' AND choice = 'keep-newest' ORDER BY id LOOP
      EXECUTE format(
        'INSERT INTO doomed SELECT %L::regclass, r.tbl, r.at, %L, ''delete'' FROM'
        ' (SELECT t.tableoid AS tbl, t.ctid AS at, row_number() OVER (PARTITION BY %s ORDER BY %s) AS place FROM %s t WHERE %s'
        ' AND NOT EXISTS (SELECT FROM doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid)) r WHERE r.place > 1',
        p.rel, p.name, pg_temp.listed(p.cols), p.newest, p.rel, pg_temp.filled(p.cols));
      GET DIAGNOSTICS n = ROW_COUNT;
      changed := changed + n;
    END LOOP;
    -- Foreign keys that are there already follow with the rows: what the database would delete or empty is copied before.
    FOR f IN SELECT * FROM pg_temp.referring() WHERE action = 'c' OR name = ANY (follow) LOOP
      EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', f.child);
      EXECUTE format(
        'INSERT INTO doomed SELECT %L::regclass, t.tableoid, t.ctid, %L, ''cascade'' FROM %s t WHERE %s'
        ' AND NOT EXISTS (SELECT FROM doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid)',
        f.child, f.name, f.child, pg_temp.has_doomed_parent(f.cols, f.parent, f.parent_cols));
      GET DIAGNOSTICS n = ROW_COUNT;
      changed := changed + n;
    END LOOP;
    EXIT WHEN changed = 0;
  END LOOP;

  FOR f IN SELECT * FROM pg_temp.referring() WHERE action IN ('n', 'd') AND name <> ALL (follow) LOOP
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', f.child);
    EXECUTE format(
      'INSERT INTO emptied SELECT %L::regclass, t.tableoid, t.ctid, %L, %L FROM %s t WHERE %s'
      ' AND NOT EXISTS (SELECT FROM doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid)',
      f.child, f.name, f.cols, f.child, pg_temp.has_doomed_parent(f.cols, f.parent, f.parent_cols));
  END LOOP;
  FOR p IN SELECT * FROM planned WHERE kind = 'orphans' AND choice = 'set-null' ORDER BY id LOOP
    EXECUTE format(
      'INSERT INTO emptied SELECT %L::regclass, t.tableoid, t.ctid, %L, %L FROM %s t WHERE %s'
      ' AND NOT EXISTS (SELECT FROM doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid)',
      p.rel, p.name, p.cols, p.rel, pg_temp.orphaned(p.cols, p.parent, p.parent_cols));
  END LOOP;

  -- What nobody has chosen for.
  FOR p IN SELECT * FROM planned WHERE choice = 'abort' ORDER BY id LOOP
    IF p.kind = 'orphans' THEN
      EXECUTE format('SELECT count(*) FROM %s t WHERE %s AND NOT EXISTS (SELECT FROM doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid)',
                     p.rel, pg_temp.orphaned(p.cols, p.parent, p.parent_cols)) INTO n;
    ELSIF p.kind = 'duplicates' THEN
      EXECUTE format('SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM %s t WHERE %s AND NOT EXISTS'
                     ' (SELECT FROM doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid) GROUP BY %s HAVING count(*) > 1) g',
                     p.rel, pg_temp.filled(p.cols), pg_temp.listed(p.cols)) INTO n;
    ELSE
      shelf := pg_temp.shelf(p.rel);
      EXECUTE format('SELECT count(*) FROM %s t WHERE %s', p.rel, p.condition) || CASE WHEN to_regclass(shelf) IS NULL THEN '' ELSE
        format(' AND NOT EXISTS (SELECT FROM %s q WHERE q.quarantine_action = ''difference'' AND q.quarantine_cause = %L AND %s)', shelf, p.name, p.same) END INTO n;
    END IF;
    IF n > 0 THEN
      refused := refused || format(E'\n  %s %s: %s rows of %s', p.kind, p.name, n, p.rel);
    END IF;
  END LOOP;
  FOR f IN SELECT * FROM pg_temp.referring() WHERE action IN ('a', 'r') AND name <> ALL (follow) LOOP
    EXECUTE format('SELECT count(*) FROM %s t WHERE %s AND NOT EXISTS (SELECT FROM doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid)',
                   f.child, pg_temp.has_doomed_parent(f.cols, f.parent, f.parent_cols)) INTO n;
    IF n > 0 THEN
      refused := refused || format(E'\n  %s: %s rows of %s refer to rows that would go; follow them with %s in "follow"', f.name, n, f.child, f.name);
    END IF;
  END LOOP;
  IF refused <> '' THEN
    RAISE EXCEPTION 'nothing was changed; these rows need a choice:%', refused
      USING HINT = 'README.md, "Cleaning up", lists the choices and how to give them.';
  END IF;

  -- Copies first.
  FOR target IN SELECT root FROM doomed UNION SELECT root FROM emptied
                UNION SELECT rel FROM planned WHERE kind = 'differences' AND choice = 'accept' LOOP
    shelf := pg_temp.shelf(target);
    column_list := pg_temp.columns_of(target, '');
    IF to_regclass(shelf) IS NULL THEN
      EXECUTE format('CREATE TABLE %s AS SELECT NULL::bigint AS quarantine_id, NULL::text AS quarantine_cause, NULL::text AS quarantine_action,'
                     ' NULL::text[] AS quarantine_columns, NULL::timestamptz AS quarantined_at, %s FROM %s t WITH NO DATA', shelf, pg_temp.columns_of(target, 't.'), target);
      EXECUTE format('ALTER TABLE %s ALTER quarantine_id SET NOT NULL, ALTER quarantine_id ADD GENERATED ALWAYS AS IDENTITY', shelf);
      INSERT INTO "drizzle_audit_quarantine".steps (kind, relation, name) VALUES ('quarantine', pg_temp.full_name(target), shelf) ON CONFLICT DO NOTHING;
    END IF;
    EXECUTE format('INSERT INTO %s (quarantine_cause, quarantine_action, quarantined_at, %s)'
                   ' SELECT d.cause, d.action, now(), %s FROM %s t JOIN doomed d ON d.tbl = t.tableoid AND d.at = t.ctid',
                   shelf, column_list, pg_temp.columns_of(target, 't.'), target);
    EXECUTE format('INSERT INTO %s (quarantine_cause, quarantine_action, quarantine_columns, quarantined_at, %s)'
                   ' SELECT d.cause, ''set null'', d.cols, now(), %s FROM %s t JOIN emptied d ON d.tbl = t.tableoid AND d.at = t.ctid',
                   shelf, column_list, pg_temp.columns_of(target, 't.'), target);
    FOR p IN SELECT * FROM planned WHERE kind = 'differences' AND choice = 'accept' AND rel = target LOOP
      EXECUTE format('INSERT INTO %s (quarantine_cause, quarantine_action, quarantined_at, %s) SELECT %L, ''difference'', now(), %s FROM %s t WHERE %s'
                     ' AND NOT EXISTS (SELECT FROM %s q WHERE q.quarantine_action = ''difference'' AND q.quarantine_cause = %L AND %s)'
                     ' AND NOT EXISTS (SELECT FROM doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid)',
                     shelf, column_list, p.name, pg_temp.columns_of(target, 't.'), target, p.condition, shelf, p.name, p.same);
      GET DIAGNOSTICS n = ROW_COUNT;
      RAISE NOTICE 'differences %: % rows of % accepted', p.name, n, target;
    END LOOP;
  END LOOP;

  -- Then the rows, those that refer before those they refer to.
  FOR f IN SELECT cause, action, root, count(*) AS n FROM doomed GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LOOP
    RAISE NOTICE '%: % rows of % moved to quarantine (%)', f.cause, f.n, f.root, f.action;
  END LOOP;
  FOR f IN SELECT cause, root, count(*) AS n FROM emptied GROUP BY 1, 2 ORDER BY 1, 2 LOOP
    RAISE NOTICE '%: % rows of % copied to quarantine (set null)', f.cause, f.n, f.root;
  END LOOP;
  CREATE TEMPORARY TABLE to_do ON COMMIT DROP AS SELECT DISTINCT root FROM doomed;
  LOOP
    SELECT d.root INTO target FROM to_do d
      ORDER BY (SELECT count(*) FROM pg_constraint c JOIN to_do o ON o.root = c.conrelid
                WHERE c.contype = 'f' AND c.confrelid = d.root AND c.conrelid <> d.root), d.root::text LIMIT 1;
    EXIT WHEN target IS NULL;
    EXECUTE format('DELETE FROM %s t USING doomed d WHERE d.tbl = t.tableoid AND d.at = t.ctid', target);
    DELETE FROM to_do WHERE root = target;
    target := NULL;
  END LOOP;
  FOR p IN SELECT * FROM planned WHERE kind = 'orphans' AND choice = 'set-null' ORDER BY id LOOP
    EXECUTE format('UPDATE %s t SET %s WHERE %s', p.rel,
                   (SELECT string_agg(format('%I = NULL', c), ', ') FROM unnest(p.cols) c), pg_temp.missing(p.cols, p.parent, p.parent_cols));
  END LOOP;

  -- Nothing in the way may be left.
  FOR p IN SELECT * FROM planned WHERE kind IN ('orphans', 'duplicates') ORDER BY id LOOP
    IF p.kind = 'orphans' THEN
      EXECUTE format('SELECT count(*) FROM %s t WHERE %s', p.rel, pg_temp.missing(p.cols, p.parent, p.parent_cols)) INTO n;
    ELSE
      EXECUTE format('SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM %s t WHERE %s GROUP BY %s HAVING count(*) > 1) g',
                     p.rel, pg_temp.filled(p.cols), pg_temp.listed(p.cols)) INTO n;
    END IF;
    IF n > 0 THEN
      RAISE EXCEPTION 'nothing was changed: % rows of % would still violate %', n, p.rel, p.name
        USING HINT = 'Rows refer to each other in a circle, or a trigger brings them back; clean up these by hand.';
    END IF;
  END LOOP;
END
$cleanup$;
COMMIT;
