-- Moves the rows that are in the way into the quarantine, as chosen when the plan was made.
CREATE TABLE IF NOT EXISTS `drizzle_audit_quarantine_products` AS SELECT CAST(NULL AS CHAR(255)) AS quarantine_batch, CAST(NULL AS CHAR(255)) AS quarantine_cause, CAST(NULL AS CHAR(255)) AS quarantine_action, CAST(NULL AS CHAR(255)) AS quarantine_columns, CAST(NULL AS CHAR(255)) AS quarantined_at, t.`id`, t.`store_id`, t.`slug`, t.`price`, t.`created_at` FROM `products` t WHERE 1 = 0;
CREATE TABLE IF NOT EXISTS `drizzle_audit_quarantine_reviews` AS SELECT CAST(NULL AS CHAR(255)) AS quarantine_batch, CAST(NULL AS CHAR(255)) AS quarantine_cause, CAST(NULL AS CHAR(255)) AS quarantine_action, CAST(NULL AS CHAR(255)) AS quarantine_columns, CAST(NULL AS CHAR(255)) AS quarantined_at, t.`id`, t.`product_id`, t.`text` FROM `reviews` t WHERE 1 = 0;
CREATE TABLE IF NOT EXISTS `drizzle_audit_quarantine_wishes` AS SELECT CAST(NULL AS CHAR(255)) AS quarantine_batch, CAST(NULL AS CHAR(255)) AS quarantine_cause, CAST(NULL AS CHAR(255)) AS quarantine_action, CAST(NULL AS CHAR(255)) AS quarantine_columns, CAST(NULL AS CHAR(255)) AS quarantined_at, t.`id`, t.`product_id` FROM `wishes` t WHERE 1 = 0;
SET @drizzle_audit_batch = CONCAT(UUID(), '');
START TRANSACTION;

-- products
INSERT INTO `drizzle_audit_quarantine_products` (quarantine_batch, quarantine_cause, quarantine_action, quarantine_columns, quarantined_at, `id`, `store_id`, `slug`, `price`, `created_at`)
  SELECT @drizzle_audit_batch, 'products_store_id_stores_id_fk', 'delete', '', CURRENT_TIMESTAMP, t.`id`, t.`store_id`, t.`slug`, t.`price`, t.`created_at` FROM `products` t WHERE t.`store_id` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `stores` p WHERE p.`id` = t.`store_id`) AND NOT EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_products` d WHERE d.quarantine_batch = @drizzle_audit_batch AND d.quarantine_action IN ('delete', 'cascade') AND d.`id` = t.`id`);
INSERT INTO `drizzle_audit_quarantine_products` (quarantine_batch, quarantine_cause, quarantine_action, quarantine_columns, quarantined_at, `id`, `store_id`, `slug`, `price`, `created_at`)
  SELECT @drizzle_audit_batch, 'products_store_id_slug', 'delete', '', CURRENT_TIMESTAMP, t.`id`, t.`store_id`, t.`slug`, t.`price`, t.`created_at` FROM `products` t WHERE EXISTS (SELECT 1 FROM (SELECT u.`id`, row_number() OVER (PARTITION BY u.`store_id`, u.`slug` ORDER BY u.`created_at` DESC, u.`id` DESC) AS quarantine_place FROM `products` u WHERE u.`store_id` IS NOT NULL AND u.`slug` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_products` d WHERE d.quarantine_batch = @drizzle_audit_batch AND d.quarantine_action IN ('delete', 'cascade') AND d.`id` = u.`id`)) r WHERE r.quarantine_place > 1 AND r.`id` = t.`id`) AND NOT EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_products` d WHERE d.quarantine_batch = @drizzle_audit_batch AND d.quarantine_action IN ('delete', 'cascade') AND d.`id` = t.`id`);

-- reviews
INSERT INTO `drizzle_audit_quarantine_reviews` (quarantine_batch, quarantine_cause, quarantine_action, quarantine_columns, quarantined_at, `id`, `product_id`, `text`)
  SELECT @drizzle_audit_batch, 'reviews_product_id_products_id_fk', 'cascade', '', CURRENT_TIMESTAMP, t.`id`, t.`product_id`, t.`text` FROM `reviews` t WHERE EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_products` q WHERE q.quarantine_batch = @drizzle_audit_batch AND q.quarantine_action IN ('delete', 'cascade') AND q.`id` = t.`product_id`) AND NOT EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_reviews` d WHERE d.quarantine_batch = @drizzle_audit_batch AND d.quarantine_action IN ('delete', 'cascade') AND d.`id` = t.`id`);

-- wishes
INSERT INTO `drizzle_audit_quarantine_wishes` (quarantine_batch, quarantine_cause, quarantine_action, quarantine_columns, quarantined_at, `id`, `product_id`)
  SELECT @drizzle_audit_batch, 'wishes_product_id_products_id_fk', 'set null', 'product_id', CURRENT_TIMESTAMP, t.`id`, t.`product_id` FROM `wishes` t WHERE EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_products` q WHERE q.quarantine_batch = @drizzle_audit_batch AND q.quarantine_action IN ('delete', 'cascade') AND q.`id` = t.`product_id`) AND NOT EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_wishes` d WHERE d.quarantine_batch = @drizzle_audit_batch AND d.quarantine_action IN ('delete', 'cascade') AND d.`id` = t.`id`);

-- Rows that nobody has chosen for: stop, and change nothing.
SET @drizzle_audit_n = (SELECT count(*) FROM `reviews` t WHERE EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_products` q WHERE q.quarantine_batch = @drizzle_audit_batch AND q.quarantine_action IN ('delete', 'cascade') AND q.`id` = t.`product_id`) AND NOT EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_reviews` d WHERE d.quarantine_batch = @drizzle_audit_batch AND d.quarantine_action IN ('delete', 'cascade') AND d.`id` = t.`id`));
SET @drizzle_audit_sql = IF(@drizzle_audit_n > 0, CONCAT('SELECT `', @drizzle_audit_n, ': rows refer by reviews_product_id_products_id_fk to rows that would go`'), 'DO 0');
PREPARE drizzle_audit FROM @drizzle_audit_sql;
EXECUTE drizzle_audit;
DEALLOCATE PREPARE drizzle_audit;

-- All is copied. Children first.
DELETE FROM `reviews` WHERE EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_reviews` d WHERE d.quarantine_batch = @drizzle_audit_batch AND d.quarantine_action IN ('delete', 'cascade') AND d.`id` = `reviews`.`id`);
DELETE FROM `products` WHERE EXISTS (SELECT 1 FROM `drizzle_audit_quarantine_products` d WHERE d.quarantine_batch = @drizzle_audit_batch AND d.quarantine_action IN ('delete', 'cascade') AND d.`id` = `products`.`id`);

SET @drizzle_audit_n = (SELECT count(*) FROM `products` t WHERE t.`store_id` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `stores` p WHERE p.`id` = t.`store_id`));
SET @drizzle_audit_sql = IF(@drizzle_audit_n > 0, CONCAT('SELECT `', @drizzle_audit_n, ': rows still violate products_store_id_stores_id_fk`'), 'DO 0');
PREPARE drizzle_audit FROM @drizzle_audit_sql;
EXECUTE drizzle_audit;
DEALLOCATE PREPARE drizzle_audit;
SET @drizzle_audit_n = (SELECT coalesce(sum(g.n - 1), 0) FROM (SELECT count(*) AS n FROM `products` t WHERE t.`store_id` IS NOT NULL AND t.`slug` IS NOT NULL GROUP BY t.`store_id`, t.`slug` HAVING count(*) > 1) g);
SET @drizzle_audit_sql = IF(@drizzle_audit_n > 0, CONCAT('SELECT `', @drizzle_audit_n, ': rows still violate products_store_id_slug`'), 'DO 0');
PREPARE drizzle_audit FROM @drizzle_audit_sql;
EXECUTE drizzle_audit;
DEALLOCATE PREPARE drizzle_audit;
COMMIT;
SELECT 'products' AS `table`, quarantine_cause, quarantine_action, count(*) FROM `drizzle_audit_quarantine_products` GROUP BY quarantine_cause, quarantine_action;
SELECT 'reviews' AS `table`, quarantine_cause, quarantine_action, count(*) FROM `drizzle_audit_quarantine_reviews` GROUP BY quarantine_cause, quarantine_action;
SELECT 'wishes' AS `table`, quarantine_cause, quarantine_action, count(*) FROM `drizzle_audit_quarantine_wishes` GROUP BY quarantine_cause, quarantine_action;
