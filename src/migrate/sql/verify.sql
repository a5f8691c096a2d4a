DO $verify$
DECLARE
  e record;
  c record;
  problems text := '';
BEGIN
  FOR e IN SELECT * FROM expected_constraints ORDER BY rel, name LOOP
    SELECT con.contype, con.convalidated, con.confrelid,
           (SELECT array_agg(a.attname::text ORDER BY k.o) FROM unnest(con.conkey) WITH ORDINALITY AS k (n, o)
             JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.n) AS cols,
           (SELECT array_agg(a.attname::text ORDER BY k.o) FROM unnest(con.confkey) WITH ORDINALITY AS k (n, o)
             JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.n) AS parent_cols,
           con.confdeltype, con.confupdtype INTO c
      FROM pg_constraint con WHERE con.conrelid = to_regclass(e.rel) AND con.conname = e.name;
    IF NOT FOUND THEN
      problems := problems || format(E'\n  %s of %s is missing', e.name, e.rel);
    ELSIF NOT c.convalidated THEN
      problems := problems || format(E'\n  %s of %s is not validated', e.name, e.rel);
    ELSIF c.contype::text <> e.type OR e.type <> 'c' AND c.cols <> e.cols
       OR e.type = 'f' AND (c.confrelid IS DISTINCT FROM to_regclass(e.parent)::oid OR c.parent_cols <> e.parent_cols
                            OR c.confdeltype::text <> e.on_delete OR c.confupdtype::text <> e.on_update) THEN
      problems := problems || format(E'\n  %s of %s is another constraint of the same name', e.name, e.rel);
    END IF;
  END LOOP;
  FOR e IN SELECT * FROM expected_indexes ORDER BY rel, name LOOP
    SELECT i.indisvalid, i.indisunique, i.indrelid,
           (SELECT array_agg(a.attname::text ORDER BY k.o) FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (n, o)
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n) AS cols INTO c
      FROM pg_index i WHERE i.indexrelid = to_regclass(e.index);
    IF NOT FOUND THEN
      problems := problems || format(E'\n  index %s of %s is missing', e.name, e.rel);
    ELSIF NOT c.indisvalid THEN
      problems := problems || format(E'\n  index %s of %s is invalid', e.name, e.rel);
    ELSIF c.indrelid IS DISTINCT FROM to_regclass(e.rel)::oid OR c.cols IS DISTINCT FROM e.cols OR c.indisunique <> e.is_unique THEN
      problems := problems || format(E'\n  index %s of %s is another index of the same name', e.name, e.rel);
    END IF;
  END LOOP;
  IF problems <> '' THEN
    RAISE EXCEPTION 'the plan is not in place:%', problems;
  END IF;
  RAISE NOTICE 'the plan is in place';
END
$verify$;
