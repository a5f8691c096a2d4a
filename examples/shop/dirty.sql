-- examples/shop, filled: :products products, one in a hundred of a store that does not exist; as many tags, one in two hundred with the slug of
-- the one before; a tenth as many customers, three in a hundred of whom have a copy of their orders that is not up to date. Everything is
-- made of numbers, so that every count is known.
SET client_min_messages = warning;
CREATE FUNCTION pg_temp.key(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT (lpad(kind::text, 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;

INSERT INTO stores (id, slug, subdomain, name, settings) SELECT pg_temp.key(1, n), 'store-' || n, 'store-' || n, 'Store ' || n, '{}' FROM generate_series(1, 50) n;
INSERT INTO categories (id, store_id, slug, name) SELECT pg_temp.key(2, n), pg_temp.key(1, n % 50 + 1), 'category-' || n, 'Category' FROM generate_series(1, 500) n;
INSERT INTO products (id, store_id, category_id, slug, title, base_price)
  SELECT pg_temp.key(3, n), CASE WHEN n % 100 = 0 THEN pg_temp.key(9, n) ELSE pg_temp.key(1, n % 50 + 1) END, pg_temp.key(2, n % 500 + 1), 'product-' || n, 'Product', n
  FROM generate_series(1, :products) n;
-- Every tenth product has a variant; it goes with its product.
INSERT INTO product_variants (id, store_id, product_id, sku, title, price)
  SELECT pg_temp.key(4, n), CASE WHEN n % 100 = 0 THEN pg_temp.key(9, n) ELSE pg_temp.key(1, n % 50 + 1) END, pg_temp.key(3, n), 'sku-' || n, 'Variant', n
  FROM generate_series(10, :products, 10) n;
INSERT INTO tags (id, store_id, slug, name, created_at)
  SELECT pg_temp.key(5, n), pg_temp.key(1, 1), 'tag-' || CASE WHEN n % 200 = 0 THEN n - 1 ELSE n END, 'Tag', timestamptz '2024-01-01' + n * interval '1 minute'
  FROM generate_series(1, :products) n;
INSERT INTO store_customers (id, store_id, email, orders)
  SELECT pg_temp.key(6, n), pg_temp.key(1, n % 50 + 1), 'customer-' || n || '@example.org',
         CASE WHEN n % 100 < 97 THEN jsonb_build_array(jsonb_build_object('id', pg_temp.key(7, n), 'orderNumber', n)) ELSE '[]' END
  FROM generate_series(1, :products / 10) n;
INSERT INTO orders (id, store_id, customer_id, order_number, currency, subtotal, total, shipping_address_snapshot)
  SELECT pg_temp.key(7, n), pg_temp.key(1, n % 50 + 1), pg_temp.key(6, n), n, 'EUR', n, n, '{}' FROM generate_series(1, :products / 10) n;
-- Every tenth order's variant goes, which empties this reference.
INSERT INTO order_items (id, order_id, product_id, variant_id, title, quantity, unit_price)
  SELECT pg_temp.key(8, n), pg_temp.key(7, n), pg_temp.key(3, 1), pg_temp.key(4, n * 10), 'Item', 1, 1 FROM generate_series(1, :products / 10) n;
INSERT INTO reviews (product_id, customer_id, rating, created_at)
  SELECT pg_temp.key(3, 1), pg_temp.key(6, n), 5, timestamptz '2024-01-01' + k * interval '1 day' FROM generate_series(1, 10) n, generate_series(1, 2) k;
ANALYZE;
