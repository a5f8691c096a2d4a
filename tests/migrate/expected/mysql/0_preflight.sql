-- Reads only. Counts the rows that are in the way, shows some, and fails while there are any.
START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY;

-- orphans: products (store_id) refers to stores (id)
SELECT 'orphans products_store_id_stores_id_fk' AS `check`, (SELECT count(*) FROM `products` t WHERE t.`store_id` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `stores` p WHERE p.`id` = t.`store_id`)) AS `rows`;
SELECT t.`id`, t.`store_id` FROM `products` t WHERE t.`store_id` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `stores` p WHERE p.`id` = t.`store_id`) ORDER BY t.`id`, t.`store_id` LIMIT 25;

-- duplicates: products (store_id, slug) is unique
SELECT 'duplicates products_store_id_slug' AS `check`, (SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM `products` t WHERE t.`store_id` IS NOT NULL AND t.`slug` IS NOT NULL GROUP BY t.`store_id`, t.`slug` HAVING count(*) > 1) g) AS `rows`;
SELECT t.`store_id`, t.`slug`, count(*) AS `rows` FROM `products` t WHERE t.`store_id` IS NOT NULL AND t.`slug` IS NOT NULL GROUP BY t.`store_id`, t.`slug` HAVING count(*) > 1 ORDER BY count(*) DESC, t.`store_id`, t.`slug` LIMIT 25;

-- Fails while there are any.
SET @drizzle_audit_n = (SELECT count(*) FROM `products` t WHERE t.`store_id` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `stores` p WHERE p.`id` = t.`store_id`));
SET @drizzle_audit_sql = IF(@drizzle_audit_n > 0, CONCAT('SELECT `', @drizzle_audit_n, ': orphans products_store_id_stores_id_fk: rows are in the way`'), 'DO 0');
PREPARE drizzle_audit FROM @drizzle_audit_sql;
EXECUTE drizzle_audit;
DEALLOCATE PREPARE drizzle_audit;
SET @drizzle_audit_n = (SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM `products` t WHERE t.`store_id` IS NOT NULL AND t.`slug` IS NOT NULL GROUP BY t.`store_id`, t.`slug` HAVING count(*) > 1) g);
SET @drizzle_audit_sql = IF(@drizzle_audit_n > 0, CONCAT('SELECT `', @drizzle_audit_n, ': duplicates products_store_id_slug: rows are in the way`'), 'DO 0');
PREPARE drizzle_audit FROM @drizzle_audit_sql;
EXECUTE drizzle_audit;
DEALLOCATE PREPARE drizzle_audit;
COMMIT;
