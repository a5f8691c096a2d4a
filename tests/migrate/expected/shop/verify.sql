-- Reads only (its two temporary tables aside). Fails unless the plan is in place and no row is in its way.
\set ON_ERROR_STOP on
\set QUIET on
\set SHOW_CONTEXT never
SET client_min_messages = notice;
BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ;
CREATE TEMPORARY TABLE expected_constraints (rel text, name text, type text, cols text[], parent text, parent_cols text[], on_delete text,
  on_update text) ON COMMIT DROP;
CREATE TEMPORARY TABLE expected_indexes (rel text, name text, index text, cols text[], is_unique boolean) ON COMMIT DROP;
INSERT INTO expected_constraints VALUES ('"public"."categories"', 'categories_store_id_stores_id_fk', 'f', ARRAY['store_id']::text[], '"public"."stores"', ARRAY['id']::text[], 'c', 'a');
INSERT INTO expected_constraints VALUES ('"public"."product_variants"', 'product_variants_store_id_stores_id_fk', 'f', ARRAY['store_id']::text[], '"public"."stores"', ARRAY['id']::text[], 'c', 'a');
INSERT INTO expected_constraints VALUES ('"public"."products"', 'products_store_id_stores_id_fk', 'f', ARRAY['store_id']::text[], '"public"."stores"', ARRAY['id']::text[], 'c', 'a');
INSERT INTO expected_constraints VALUES ('"public"."tags"', 'tags_store_id_stores_id_fk', 'f', ARRAY['store_id']::text[], '"public"."stores"', ARRAY['id']::text[], 'c', 'a');
INSERT INTO expected_constraints VALUES ('"public"."categories"', 'categories_store_id_slug_unique', 'u', ARRAY['store_id', 'slug']::text[]);
INSERT INTO expected_constraints VALUES ('"public"."reviews"', 'reviews_product_id_customer_id_unique', 'u', ARRAY['product_id', 'customer_id']::text[]);
INSERT INTO expected_constraints VALUES ('"public"."tags"', 'tags_store_id_slug_unique', 'u', ARRAY['store_id', 'slug']::text[]);
INSERT INTO expected_indexes VALUES ('"public"."categories"', 'categories_store_id_slug_unique', '"public"."categories_store_id_slug_unique"', ARRAY['store_id', 'slug']::text[], true);
INSERT INTO expected_indexes VALUES ('"public"."reviews"', 'reviews_product_id_customer_id_unique', '"public"."reviews_product_id_customer_id_unique"', ARRAY['product_id', 'customer_id']::text[], true);
INSERT INTO expected_indexes VALUES ('"public"."tags"', 'tags_store_id_slug_unique', '"public"."tags_store_id_slug_unique"', ARRAY['store_id', 'slug']::text[], true);
INSERT INTO expected_indexes VALUES ('"public"."order_items"', 'order_items_order_id_product_id_idx', '"public"."order_items_order_id_product_id_idx"', ARRAY['order_id', 'product_id']::text[], false);
INSERT INTO expected_indexes VALUES ('"public"."order_items"', 'order_items_variant_id_idx', '"public"."order_items_variant_id_idx"', ARRAY['variant_id']::text[], false);
INSERT INTO expected_indexes VALUES ('"public"."tags"', 'tags_slug_idx', '"public"."tags_slug_idx"', ARRAY['slug']::text[], false);
SET TRANSACTION READ ONLY;
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
DO $preflight$
DECLARE
  n bigint;
  sample text;
  violations text := '';
BEGIN
  -- orphans: categories (store_id) refers to stores (id)
  n := (SELECT count(*) FROM "public"."categories" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public"."stores" p WHERE p."id" = t."store_id"));
  IF n > 0 THEN
    SELECT string_agg(s.key, ', ') INTO sample FROM (SELECT concat('(', 'id=', coalesce(t."id"::text, 'null'), ', store_id=', coalesce(t."store_id"::text, 'null'), ')') AS key FROM "public"."categories" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public"."stores" p WHERE p."id" = t."store_id") ORDER BY t."id", t."store_id" LIMIT 25) s;
    RAISE NOTICE '%', 'orphans categories_store_id_stores_id_fk: ' || n || ' rows of categories, for example ' || sample;
    violations := violations || E'\n  ' || 'orphans categories_store_id_stores_id_fk: ' || n;
  ELSE
    RAISE NOTICE '%', 'orphans categories_store_id_stores_id_fk: none';
  END IF;
  -- orphans: product_variants (store_id) refers to stores (id)
  n := (SELECT count(*) FROM "public"."product_variants" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public"."stores" p WHERE p."id" = t."store_id"));
  IF n > 0 THEN
    SELECT string_agg(s.key, ', ') INTO sample FROM (SELECT concat('(', 'id=', coalesce(t."id"::text, 'null'), ', store_id=', coalesce(t."store_id"::text, 'null'), ')') AS key FROM "public"."product_variants" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public"."stores" p WHERE p."id" = t."store_id") ORDER BY t."id", t."store_id" LIMIT 25) s;
    RAISE NOTICE '%', 'orphans product_variants_store_id_stores_id_fk: ' || n || ' rows of product_variants, for example ' || sample;
    violations := violations || E'\n  ' || 'orphans product_variants_store_id_stores_id_fk: ' || n;
  ELSE
    RAISE NOTICE '%', 'orphans product_variants_store_id_stores_id_fk: none';
  END IF;
  -- orphans: products (store_id) refers to stores (id)
  n := (SELECT count(*) FROM "public"."products" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public"."stores" p WHERE p."id" = t."store_id"));
  IF n > 0 THEN
    SELECT string_agg(s.key, ', ') INTO sample FROM (SELECT concat('(', 'id=', coalesce(t."id"::text, 'null'), ', store_id=', coalesce(t."store_id"::text, 'null'), ')') AS key FROM "public"."products" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public"."stores" p WHERE p."id" = t."store_id") ORDER BY t."id", t."store_id" LIMIT 25) s;
    RAISE NOTICE '%', 'orphans products_store_id_stores_id_fk: ' || n || ' rows of products, for example ' || sample;
    violations := violations || E'\n  ' || 'orphans products_store_id_stores_id_fk: ' || n;
  ELSE
    RAISE NOTICE '%', 'orphans products_store_id_stores_id_fk: none';
  END IF;
  -- orphans: tags (store_id) refers to stores (id)
  n := (SELECT count(*) FROM "public"."tags" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public"."stores" p WHERE p."id" = t."store_id"));
  IF n > 0 THEN
    SELECT string_agg(s.key, ', ') INTO sample FROM (SELECT concat('(', 'id=', coalesce(t."id"::text, 'null'), ', store_id=', coalesce(t."store_id"::text, 'null'), ')') AS key FROM "public"."tags" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public"."stores" p WHERE p."id" = t."store_id") ORDER BY t."id", t."store_id" LIMIT 25) s;
    RAISE NOTICE '%', 'orphans tags_store_id_stores_id_fk: ' || n || ' rows of tags, for example ' || sample;
    violations := violations || E'\n  ' || 'orphans tags_store_id_stores_id_fk: ' || n;
  ELSE
    RAISE NOTICE '%', 'orphans tags_store_id_stores_id_fk: none';
  END IF;
  -- duplicates: categories (store_id, slug) is unique
  n := (SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM "public"."categories" t WHERE t."store_id" IS NOT NULL AND t."slug" IS NOT NULL GROUP BY t."store_id", t."slug" HAVING count(*) > 1) g);
  IF n > 0 THEN
    SELECT string_agg(s.key, ', ') INTO sample FROM (SELECT concat('(', 'store_id=', coalesce(t."store_id"::text, 'null'), ', slug=', coalesce(t."slug"::text, 'null'), ')') || ' × ' || count(*) AS key FROM "public"."categories" t WHERE t."store_id" IS NOT NULL AND t."slug" IS NOT NULL GROUP BY t."store_id", t."slug" HAVING count(*) > 1 ORDER BY count(*) DESC, t."store_id", t."slug" LIMIT 25) s;
    RAISE NOTICE '%', 'duplicates categories_store_id_slug_unique: ' || n || ' rows of categories, for example ' || sample;
    violations := violations || E'\n  ' || 'duplicates categories_store_id_slug_unique: ' || n;
  ELSE
    RAISE NOTICE '%', 'duplicates categories_store_id_slug_unique: none';
  END IF;
  -- duplicates: reviews (product_id, customer_id) is unique
  n := (SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM "public"."reviews" t WHERE t."product_id" IS NOT NULL AND t."customer_id" IS NOT NULL GROUP BY t."product_id", t."customer_id" HAVING count(*) > 1) g);
  IF n > 0 THEN
    SELECT string_agg(s.key, ', ') INTO sample FROM (SELECT concat('(', 'product_id=', coalesce(t."product_id"::text, 'null'), ', customer_id=', coalesce(t."customer_id"::text, 'null'), ')') || ' × ' || count(*) AS key FROM "public"."reviews" t WHERE t."product_id" IS NOT NULL AND t."customer_id" IS NOT NULL GROUP BY t."product_id", t."customer_id" HAVING count(*) > 1 ORDER BY count(*) DESC, t."product_id", t."customer_id" LIMIT 25) s;
    RAISE NOTICE '%', 'duplicates reviews_product_id_customer_id_unique: ' || n || ' rows of reviews, for example ' || sample;
    violations := violations || E'\n  ' || 'duplicates reviews_product_id_customer_id_unique: ' || n;
  ELSE
    RAISE NOTICE '%', 'duplicates reviews_product_id_customer_id_unique: none';
  END IF;
  -- duplicates: tags (store_id, slug) is unique
  n := (SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM "public"."tags" t WHERE t."store_id" IS NOT NULL AND t."slug" IS NOT NULL GROUP BY t."store_id", t."slug" HAVING count(*) > 1) g);
  IF n > 0 THEN
    SELECT string_agg(s.key, ', ') INTO sample FROM (SELECT concat('(', 'store_id=', coalesce(t."store_id"::text, 'null'), ', slug=', coalesce(t."slug"::text, 'null'), ')') || ' × ' || count(*) AS key FROM "public"."tags" t WHERE t."store_id" IS NOT NULL AND t."slug" IS NOT NULL GROUP BY t."store_id", t."slug" HAVING count(*) > 1 ORDER BY count(*) DESC, t."store_id", t."slug" LIMIT 25) s;
    RAISE NOTICE '%', 'duplicates tags_store_id_slug_unique: ' || n || ' rows of tags, for example ' || sample;
    violations := violations || E'\n  ' || 'duplicates tags_store_id_slug_unique: ' || n;
  ELSE
    RAISE NOTICE '%', 'duplicates tags_store_id_slug_unique: none';
  END IF;
  IF violations <> '' THEN
    RAISE EXCEPTION 'rows are in the way:%', violations
      USING HINT = 'README.md, "Cleaning up", says what can be done with them.';
  END IF;
END
$preflight$;
COMMIT;
