-- Constraints, triggers, views and columns: what the plan wrote down that it did, backwards.
DO $rollback$
DECLARE
  s record;
BEGIN
  IF to_regclass({{steps_text}}) IS NULL THEN
    RAISE NOTICE 'there is nothing to roll back: the plan has left no trace here';
    RETURN;
  END IF;
  FOR s IN SELECT * FROM {{quarantine}}.steps WHERE kind NOT IN ('index', 'quarantine', 'dropped index') ORDER BY id DESC LOOP
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
    DELETE FROM {{quarantine}}.steps WHERE id = s.id;
  END LOOP;
END
$rollback$;

-- Indexes, without stopping writers.
SET lock_timeout = 0;
SET client_min_messages = warning;
SELECT to_regclass({{steps_text}}) IS NOT NULL AS has_steps \gset
\if :has_steps
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS %s', definition) FROM {{quarantine}}.steps WHERE kind = 'index' ORDER BY id DESC \gexec
DELETE FROM {{quarantine}}.steps WHERE kind = 'index';
SELECT format('DROP INDEX CONCURRENTLY %s', i.indexrelid::regclass) FROM {{quarantine}}.steps s
  JOIN pg_index i ON i.indexrelid = to_regclass(s.name) AND NOT i.indisvalid WHERE s.kind = 'dropped index' \gexec
SELECT definition FROM {{quarantine}}.steps WHERE kind = 'dropped index' AND to_regclass(name) IS NULL ORDER BY id DESC \gexec
DELETE FROM {{quarantine}}.steps WHERE kind = 'dropped index';
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
  IF to_regclass({{steps_text}}) IS NULL THEN RETURN; END IF;
  CREATE TEMPORARY TABLE to_do ON COMMIT DROP AS
    SELECT to_regclass(relation) AS root, name AS shelf FROM {{quarantine}}.steps WHERE kind = 'quarantine' AND to_regclass(relation) IS NOT NULL;
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
        USING HINT = format('The catalogue is as it was. Merge %s by hand, then drop the schema {{quarantine}}.', q.shelf);
    END IF;
    DELETE FROM to_do WHERE root = q.root;
  END LOOP;
  FOR q IN SELECT to_regclass(relation) AS root, name AS shelf FROM {{quarantine}}.steps WHERE kind = 'quarantine' AND to_regclass(relation) IS NOT NULL LOOP
    SELECT string_agg(format('t.%1$I = q.%1$I', a.attname), ' AND ') INTO key
      FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = q.root AND i.indisprimary;
    EXECUTE format('SELECT count(*) FROM %s WHERE quarantine_action = ''set null''', q.shelf) INTO n;
    CONTINUE WHEN n = 0;
    IF key IS NULL THEN
      RAISE EXCEPTION '% has no primary key, so the references of % rows cannot be put back', q.root, n
        USING HINT = format('The catalogue is as it was. Merge %s by hand, then drop the schema {{quarantine}}.', q.shelf);
    END IF;
    FOR statement IN EXECUTE format('SELECT DISTINCT quarantine_cause AS cause, quarantine_columns AS cols FROM %s WHERE quarantine_action = ''set null''', q.shelf) LOOP
      EXECUTE format('UPDATE %s t SET %s FROM %s q WHERE q.quarantine_action = ''set null'' AND q.quarantine_cause = %L AND %s AND %s', q.root,
                     (SELECT string_agg(format('%1$I = q.%1$I', c), ', ') FROM unnest(statement.cols) c), q.shelf, statement.cause, key,
                     (SELECT string_agg(format('t.%I IS NULL', c), ' AND ') FROM unnest(statement.cols) c));
    END LOOP;
  END LOOP;
  SET LOCAL client_min_messages = warning;
  DROP SCHEMA {{quarantine}} CASCADE;
END
$restore$;
COMMIT;
