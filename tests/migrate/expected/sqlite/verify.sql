-- Reads only. Fails unless the plan is in place.
.bail on
CREATE TEMP TABLE drizzle_audit_guard (id INTEGER, n INTEGER);
CREATE TEMP TRIGGER drizzle_audit_guard_1 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 1 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'foreign key products_store_id_stores_id_fk is missing'); END;
INSERT INTO drizzle_audit_guard VALUES (1, (SELECT NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list('products') WHERE "table" = 'stores' AND "from" = 'store_id' AND "to" = 'id' AND on_delete = 'CASCADE')));
CREATE TEMP TRIGGER drizzle_audit_guard_2 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 2 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'index products_store_id_slug is missing'); END;
INSERT INTO drizzle_audit_guard VALUES (2, (SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'products_store_id_slug' AND tbl_name = 'products')));
CREATE TEMP TRIGGER drizzle_audit_guard_3 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 3 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'orphans products_store_id_stores_id_fk'); END;
INSERT INTO drizzle_audit_guard VALUES (3, (SELECT count(*) FROM "products" t WHERE t."store_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "stores" p WHERE p."id" = t."store_id")));
CREATE TEMP TRIGGER drizzle_audit_guard_4 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 4 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'duplicates products_store_id_slug'); END;
INSERT INTO drizzle_audit_guard VALUES (4, (SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM "products" t WHERE t."store_id" IS NOT NULL AND t."slug" IS NOT NULL GROUP BY t."store_id", t."slug" HAVING count(*) > 1) g));
CREATE TEMP TRIGGER drizzle_audit_guard_5 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 5 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'rows violate a foreign key'); END;
INSERT INTO drizzle_audit_guard VALUES (5, (SELECT count(*) FROM pragma_foreign_key_check));
SELECT 'the plan is in place';
