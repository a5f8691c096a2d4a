-- Reads only. Counts the rows that are in the way, shows some, and fails while there are any.
.bail on
CREATE TEMP TABLE drizzle_audit_guard (id INTEGER, n INTEGER);
BEGIN;

-- orphans: products (store_id) refers to stores (id)
SELECT 'orphans products_store_id_stores_id_fk' AS "check", (SELECT count(*) FROM "products" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "stores" p WHERE p."id" = t."store_id")) AS "rows";
SELECT t."id", t."store_id" FROM "products" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "stores" p WHERE p."id" = t."store_id") ORDER BY t."id", t."store_id" LIMIT 25;

-- duplicates: products (store_id, slug) is unique
SELECT 'duplicates products_store_id_slug' AS "check", (SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM "products" t WHERE t."store_id" IS NOT NULL AND t."slug" IS NOT NULL GROUP BY t."store_id", t."slug" HAVING count(*) > 1) g) AS "rows";
SELECT t."store_id", t."slug", count(*) AS "rows" FROM "products" t WHERE t."store_id" IS NOT NULL AND t."slug" IS NOT NULL GROUP BY t."store_id", t."slug" HAVING count(*) > 1 ORDER BY count(*) DESC, t."store_id", t."slug" LIMIT 25;

-- Fails while there are any.
CREATE TEMP TRIGGER drizzle_audit_guard_1 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 1 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'orphans products_store_id_stores_id_fk: rows are in the way'); END;
INSERT INTO drizzle_audit_guard VALUES (1, (SELECT count(*) FROM "products" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "stores" p WHERE p."id" = t."store_id")));
CREATE TEMP TRIGGER drizzle_audit_guard_2 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 2 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'duplicates products_store_id_slug: rows are in the way'); END;
INSERT INTO drizzle_audit_guard VALUES (2, (SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM "products" t WHERE t."store_id" IS NOT NULL AND t."slug" IS NOT NULL GROUP BY t."store_id", t."slug" HAVING count(*) > 1) g));
COMMIT;
