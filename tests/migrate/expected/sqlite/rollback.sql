-- Undoes the plan, however far it got.
.bail on
DROP INDEX IF EXISTS "products_store_id_slug";
CREATE INDEX IF NOT EXISTS "products_store_id_idx" ON "products" ("store_id");
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = ON;
CREATE TEMP TABLE drizzle_audit_guard (id INTEGER, n INTEGER);
BEGIN IMMEDIATE;
CREATE TEMP TRIGGER drizzle_audit_guard_1 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 1 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'foreign keys are on, so rebuilding a table would delete rows of others: run this file with sqlite3, not through a migrator'); END;
INSERT INTO drizzle_audit_guard VALUES (1, (SELECT foreign_keys FROM pragma_foreign_keys));

-- products, rebuilt
CREATE TEMP TRIGGER drizzle_audit_guard_2 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 2 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'products has columns that the schema lacks'); END;
INSERT INTO drizzle_audit_guard VALUES (2, (SELECT count(*) FROM pragma_table_xinfo('products') WHERE name NOT IN ('id', 'store_id', 'slug', 'price', 'created_at')));
CREATE TEMP TRIGGER drizzle_audit_guard_3 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 3 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'products has triggers, which rebuilding it would drop'); END;
INSERT INTO drizzle_audit_guard VALUES (3, (SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'products' AND name NOT LIKE '%\_read\_only' ESCAPE '\'));
CREATE TEMP TRIGGER drizzle_audit_guard_4 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 4 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'products has indexes that the schema lacks'); END;
INSERT INTO drizzle_audit_guard VALUES (4, (SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = 'products' AND name NOT IN ('products_store_id_idx', 'products_store_id_slug')));
DROP TABLE IF EXISTS "__drizzle_audit_products";
CREATE TABLE "__drizzle_audit_products" (
  "id" integer PRIMARY KEY NOT NULL,
  "store_id" integer NOT NULL,
  "slug" text NOT NULL,
  "price" integer NOT NULL DEFAULT 0,
  "created_at" integer NOT NULL
);
INSERT INTO "__drizzle_audit_products" ("id", "store_id", "slug", "price", "created_at") SELECT "id", "store_id", "slug", "price", "created_at" FROM "products";
DROP TABLE "products";
ALTER TABLE "__drizzle_audit_products" RENAME TO "products";
CREATE INDEX "products_store_id_idx" ON "products" ("store_id");
COMMIT;
PRAGMA legacy_alter_table = OFF;
CREATE TABLE IF NOT EXISTS "drizzle_audit_quarantine_products" AS SELECT NULL AS quarantine_batch, NULL AS quarantine_cause, NULL AS quarantine_action, NULL AS quarantine_columns, NULL AS quarantined_at, t."id", t."store_id", t."slug", t."price", t."created_at" FROM "products" t WHERE 1 = 0;
CREATE TABLE IF NOT EXISTS "drizzle_audit_quarantine_reviews" AS SELECT NULL AS quarantine_batch, NULL AS quarantine_cause, NULL AS quarantine_action, NULL AS quarantine_columns, NULL AS quarantined_at, t."id", t."product_id", t."text" FROM "reviews" t WHERE 1 = 0;
CREATE TABLE IF NOT EXISTS "drizzle_audit_quarantine_wishes" AS SELECT NULL AS quarantine_batch, NULL AS quarantine_cause, NULL AS quarantine_action, NULL AS quarantine_columns, NULL AS quarantined_at, t."id", t."product_id" FROM "wishes" t WHERE 1 = 0;
BEGIN IMMEDIATE;
INSERT INTO "products" ("id", "store_id", "slug", "price", "created_at") SELECT q."id", q."store_id", q."slug", q."price", q."created_at" FROM "drizzle_audit_quarantine_products" q WHERE q.quarantine_action IN ('delete', 'cascade');
DELETE FROM "drizzle_audit_quarantine_products" WHERE quarantine_action IN ('delete', 'cascade');
INSERT INTO "reviews" ("id", "product_id", "text") SELECT q."id", q."product_id", q."text" FROM "drizzle_audit_quarantine_reviews" q WHERE q.quarantine_action IN ('delete', 'cascade');
DELETE FROM "drizzle_audit_quarantine_reviews" WHERE quarantine_action IN ('delete', 'cascade');
INSERT INTO "wishes" ("id", "product_id") SELECT q."id", q."product_id" FROM "drizzle_audit_quarantine_wishes" q WHERE q.quarantine_action IN ('delete', 'cascade');
DELETE FROM "drizzle_audit_quarantine_wishes" WHERE quarantine_action IN ('delete', 'cascade');
UPDATE "wishes" SET "product_id" = (SELECT max(q."product_id") FROM "drizzle_audit_quarantine_wishes" q WHERE q.quarantine_action = 'set null' AND q.quarantine_cause = 'wishes_product_id_products_id_fk' AND q."id" = "wishes"."id") WHERE "product_id" IS NULL AND EXISTS (SELECT 1 FROM "drizzle_audit_quarantine_wishes" q WHERE q.quarantine_action = 'set null' AND q.quarantine_cause = 'wishes_product_id_products_id_fk' AND q."id" = "wishes"."id");
COMMIT;
DROP TABLE IF EXISTS "drizzle_audit_quarantine_products";
DROP TABLE IF EXISTS "drizzle_audit_quarantine_reviews";
DROP TABLE IF EXISTS "drizzle_audit_quarantine_wishes";
