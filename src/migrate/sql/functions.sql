-- Pieces of statements, for this session only.
CREATE OR REPLACE FUNCTION pg_temp.full_name(rel regclass) RETURNS text LANGUAGE sql AS $f$
  SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = rel
$f$;
-- The table in {{quarantine}} that takes rows of `rel`.
CREATE OR REPLACE FUNCTION pg_temp.shelf(rel regclass) RETURNS text LANGUAGE sql AS $f$
  SELECT format('%I.%I', {{quarantine_text}}, left(n.nspname || '.' || c.relname, 63))
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
