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
      INSERT INTO {{quarantine}}.steps (kind, relation, name) VALUES ('quarantine', pg_temp.full_name(target), shelf) ON CONFLICT DO NOTHING;
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
