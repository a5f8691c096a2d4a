-- Reads only. Counts the rows that are in the way of the plan, shows some of each kind, and fails while there are any.
--   psql -X -f 0_preflight.sql "$DATABASE_URL"
\set ON_ERROR_STOP on
\set QUIET on
\set SHOW_CONTEXT never
SET client_min_messages = notice;
BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
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
  -- differences: store_customers.orders holds the same as orders
  n := 0;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = '"public"."store_customers"'::regclass AND attname = 'orders' AND NOT attisdropped) THEN
    EXECUTE $sql$SELECT count(*) FROM "public"."store_customers" t WHERE (t."id" IN (SELECT x."id" FROM "public"."store_customers" x LEFT JOIN (SELECT p."customer_id" AS k1, array_agg(DISTINCT p."id"::text ORDER BY p."id"::text) AS v FROM "public"."orders" p GROUP BY p."customer_id") g ON g.k1 = x."id" WHERE coalesce((SELECT array_agg(DISTINCT CASE jsonb_typeof(e) WHEN 'object' THEN coalesce(e ->> 'id', '') ELSE e #>> '{}' END ORDER BY CASE jsonb_typeof(e) WHEN 'object' THEN coalesce(e ->> 'id', '') ELSE e #>> '{}' END) FROM jsonb_array_elements(CASE jsonb_typeof(x."orders"::jsonb) WHEN 'array' THEN x."orders"::jsonb ELSE '[]' END) e), '{}') IS DISTINCT FROM coalesce(g.v, '{}') OR jsonb_typeof(x."orders"::jsonb) NOT IN ('array', 'null')))$sql$ || CASE WHEN to_regclass('"drizzle_audit_quarantine"."public.store_customers"') IS NULL THEN '' ELSE $sql$ AND NOT EXISTS (SELECT FROM "drizzle_audit_quarantine"."public.store_customers" q WHERE q."id" = t."id" AND q."orders"::text IS NOT DISTINCT FROM t."orders"::text AND q.quarantine_action = 'difference' AND q.quarantine_cause = 'store_customers.orders')$sql$ END INTO n;
  END IF;
  IF n > 0 THEN
    SELECT string_agg(s.key, ', ') INTO sample FROM (SELECT concat('(', 'id=', coalesce(t."id"::text, 'null'), ')') AS key FROM "public"."store_customers" t WHERE t."id" IN (SELECT x."id" FROM "public"."store_customers" x LEFT JOIN (SELECT p."customer_id" AS k1, array_agg(DISTINCT p."id"::text ORDER BY p."id"::text) AS v FROM "public"."orders" p GROUP BY p."customer_id") g ON g.k1 = x."id" WHERE coalesce((SELECT array_agg(DISTINCT CASE jsonb_typeof(e) WHEN 'object' THEN coalesce(e ->> 'id', '') ELSE e #>> '{}' END ORDER BY CASE jsonb_typeof(e) WHEN 'object' THEN coalesce(e ->> 'id', '') ELSE e #>> '{}' END) FROM jsonb_array_elements(CASE jsonb_typeof(x."orders"::jsonb) WHEN 'array' THEN x."orders"::jsonb ELSE '[]' END) e), '{}') IS DISTINCT FROM coalesce(g.v, '{}') OR jsonb_typeof(x."orders"::jsonb) NOT IN ('array', 'null')) ORDER BY t."id" LIMIT 25) s;
    RAISE NOTICE '%', 'differences store_customers.orders: ' || n || ' rows of store_customers, for example ' || sample;
    violations := violations || E'\n  ' || 'differences store_customers.orders: ' || n;
  ELSE
    RAISE NOTICE '%', 'differences store_customers.orders: none';
  END IF;
  IF violations <> '' THEN
    RAISE EXCEPTION 'rows are in the way:%', violations
      USING HINT = 'README.md, "Cleaning up", says what can be done with them.';
  END IF;
END
$preflight$;
COMMIT;
