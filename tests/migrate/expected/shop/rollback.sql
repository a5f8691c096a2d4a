-- Undoes the plan, however far it got: constraints, indexes, views, triggers and columns; the rows of the quarantine go back to their tables.
\set ON_ERROR_STOP on
\set QUIET on
\set SHOW_CONTEXT never
SET client_min_messages = notice;

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

-- Constraints, triggers, views and columns: what the plan wrote down that it did, backwards.
DO $rollback$
DECLARE
  s record;
BEGIN
  IF to_regclass('"drizzle_audit_quarantine".steps') IS NULL THEN
    RAISE NOTICE 'there is nothing to roll back: the plan has left no trace here';
    RETURN;
  END IF;
  FOR s IN SELECT * FROM "drizzle_audit_quarantine".steps WHERE kind NOT IN ('index', 'quarantine', 'dropped index') ORDER BY id DESC LOOP
    CASE s.kind
      WHEN 'constraint', 'check' THEN
        PERFORM pg_temp.patiently(format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', s.relation, s.name));
      WHEN 'not null' THEN
        PERFORM pg_temp.patiently(format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', s.relation, s.name));
      WHEN 'trigger' THEN
        PERFORM pg_temp.patiently(format('DROP TRIGGER IF EXISTS %I ON %s', s.name, s.relation));
      WHEN 'function' THEN
        EXECUTE format('DROP FUNCTION IF EXISTS %s', s.definition);
      WHEN 'view' THEN
        EXECUTE format('DROP VIEW IF EXISTS %s', s.definition);
      WHEN 'schema' THEN
        EXECUTE format('DROP SCHEMA IF EXISTS %s', s.definition);
      WHEN 'column', 'dropped constraint' THEN
        -- The statements that bring it back, one transaction with the removal of the note: never twice.
        PERFORM pg_temp.patiently(s.definition);
      ELSE RAISE EXCEPTION 'unknown step %', s.kind;
    END CASE;
    DELETE FROM "drizzle_audit_quarantine".steps WHERE id = s.id;
  END LOOP;
END
$rollback$;

-- Indexes, without stopping writers.
SET lock_timeout = 0;
SET client_min_messages = warning;
SELECT to_regclass('"drizzle_audit_quarantine".steps') IS NOT NULL AS has_steps \gset
\if :has_steps
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS %s', definition) FROM "drizzle_audit_quarantine".steps WHERE kind = 'index' ORDER BY id DESC \gexec
DELETE FROM "drizzle_audit_quarantine".steps WHERE kind = 'index';
SELECT format('DROP INDEX CONCURRENTLY %s', i.indexrelid::regclass) FROM "drizzle_audit_quarantine".steps s
  JOIN pg_index i ON i.indexrelid = to_regclass(s.name) AND NOT i.indisvalid WHERE s.kind = 'dropped index' \gexec
SELECT definition FROM "drizzle_audit_quarantine".steps WHERE kind = 'dropped index' AND to_regclass(name) IS NULL ORDER BY id DESC \gexec
DELETE FROM "drizzle_audit_quarantine".steps WHERE kind = 'dropped index';
\endif

-- The rows of the quarantine go back to where they came from, and the quarantine goes.
BEGIN;
DO $restore$
DECLARE
  q record;
  statement record;
  key text;
  n bigint;
BEGIN
  IF to_regclass('"drizzle_audit_quarantine".steps') IS NULL THEN RETURN; END IF;
  CREATE TEMPORARY TABLE to_do ON COMMIT DROP AS
    SELECT to_regclass(relation) AS root, name AS shelf FROM "drizzle_audit_quarantine".steps WHERE kind = 'quarantine' AND to_regclass(relation) IS NOT NULL;
  LOOP
    SELECT d.root, d.shelf INTO q FROM to_do d
      ORDER BY (SELECT count(*) FROM pg_constraint c JOIN to_do o ON o.root = c.confrelid
                WHERE c.contype = 'f' AND c.conrelid = d.root AND c.confrelid <> d.root), d.root::text LIMIT 1;
    EXIT WHEN NOT FOUND;
    EXECUTE format('WITH gone AS (DELETE FROM %1$s WHERE quarantine_action IN (''delete'', ''cascade'') RETURNING *),'
                   ' back AS (INSERT INTO %2$s (%3$s) OVERRIDING SYSTEM VALUE SELECT %3$s FROM gone ON CONFLICT DO NOTHING RETURNING 1)'
                   ' SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM back)', q.shelf, q.root, pg_temp.columns_of(q.root, '', false)) INTO n;
    IF n > 0 THEN
      RAISE EXCEPTION '% rows of the quarantine have a successor in % by now', n, q.root
        USING HINT = format('The catalogue is as it was. Merge %s by hand, then drop the schema "drizzle_audit_quarantine".', q.shelf);
    END IF;
    DELETE FROM to_do WHERE root = q.root;
  END LOOP;
  FOR q IN SELECT to_regclass(relation) AS root, name AS shelf FROM "drizzle_audit_quarantine".steps WHERE kind = 'quarantine' AND to_regclass(relation) IS NOT NULL LOOP
    SELECT string_agg(format('t.%1$I = q.%1$I', a.attname), ' AND ') INTO key
      FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = q.root AND i.indisprimary;
    EXECUTE format('SELECT count(*) FROM %s WHERE quarantine_action = ''set null''', q.shelf) INTO n;
    CONTINUE WHEN n = 0;
    IF key IS NULL THEN
      RAISE EXCEPTION '% has no primary key, so the references of % rows cannot be put back', q.root, n
        USING HINT = format('The catalogue is as it was. Merge %s by hand, then drop the schema "drizzle_audit_quarantine".', q.shelf);
    END IF;
    FOR statement IN EXECUTE format('SELECT DISTINCT quarantine_cause AS cause, quarantine_columns AS cols FROM %s WHERE quarantine_action = ''set null''', q.shelf) LOOP
      EXECUTE format('UPDATE %s t SET %s FROM %s q WHERE q.quarantine_action = ''set null'' AND q.quarantine_cause = %L AND %s AND %s', q.root,
                     (SELECT string_agg(format('%1$I = q.%1$I', c), ', ') FROM unnest(statement.cols) c), q.shelf, statement.cause, key,
                     (SELECT string_agg(format('t.%I IS NULL', c), ' AND ') FROM unnest(statement.cols) c));
    END LOOP;
  END LOOP;
  SET LOCAL client_min_messages = warning;
  DROP SCHEMA "drizzle_audit_quarantine" CASCADE;
END
$restore$;
COMMIT;
