-- All in one transaction. A table is built anew for each new foreign key or primary key.
.bail on
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
  "created_at" integer NOT NULL,
  FOREIGN KEY ("store_id") REFERENCES "stores" ("id") ON DELETE CASCADE
);
INSERT INTO "__drizzle_audit_products" ("id", "store_id", "slug", "price", "created_at") SELECT "id", "store_id", "slug", "price", "created_at" FROM "products";
DROP TABLE "products";
ALTER TABLE "__drizzle_audit_products" RENAME TO "products";
CREATE INDEX "products_store_id_idx" ON "products" ("store_id");
CREATE UNIQUE INDEX IF NOT EXISTS "products_store_id_slug" ON "products" ("store_id", "slug");
DROP INDEX IF EXISTS "products_store_id_idx";
CREATE TEMP TRIGGER drizzle_audit_guard_5 BEFORE INSERT ON drizzle_audit_guard WHEN NEW.id = 5 AND NEW.n > 0 BEGIN SELECT RAISE(ABORT, 'rows violate a foreign key: 0_preflight.sql shows which'); END;
INSERT INTO drizzle_audit_guard VALUES (5, (SELECT count(*) FROM pragma_foreign_key_check));
COMMIT;
PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;
