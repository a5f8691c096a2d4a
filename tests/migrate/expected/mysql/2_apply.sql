-- Adds indexes and constraints. Each statement is skipped when it has been done.
SET SESSION lock_wait_timeout = 30;
-- products (store_id, slug) is unique
SET @drizzle_audit_sql = IF((SELECT count(*) FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'products' AND index_name = 'products_store_id_slug') = 0, 'ALTER TABLE `products` ADD CONSTRAINT `products_store_id_slug` UNIQUE (`store_id`, `slug`), ALGORITHM=INPLACE, LOCK=NONE', 'DO 0');
PREPARE drizzle_audit FROM @drizzle_audit_sql;
EXECUTE drizzle_audit;
DEALLOCATE PREPARE drizzle_audit;
-- products (store_id) refers to stores (id)
SET @drizzle_audit_sql = IF((SELECT count(*) FROM information_schema.table_constraints WHERE table_schema = DATABASE() AND table_name = 'products' AND constraint_name = 'products_store_id_stores_id_fk') = 0, 'ALTER TABLE `products` ADD CONSTRAINT `products_store_id_stores_id_fk` FOREIGN KEY (`store_id`) REFERENCES `stores` (`id`) ON DELETE CASCADE', 'DO 0');
PREPARE drizzle_audit FROM @drizzle_audit_sql;
EXECUTE drizzle_audit;
DEALLOCATE PREPARE drizzle_audit;
-- products (store_id): another index does its work
SET @drizzle_audit_sql = IF((SELECT count(*) FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'products' AND index_name = 'products_store_id_idx') > 0, 'ALTER TABLE `products` DROP INDEX `products_store_id_idx`, ALGORITHM=INPLACE, LOCK=NONE', 'DO 0');
PREPARE drizzle_audit FROM @drizzle_audit_sql;
EXECUTE drizzle_audit;
DEALLOCATE PREPARE drizzle_audit;
