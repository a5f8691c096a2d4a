import { eq } from 'drizzle-orm';
import { pgView } from 'drizzle-orm/pg-core';
import { products } from './products';

export const activeProducts = pgView('active_products').as((qb) =>
  qb
    .select({ id: products.id, storeId: products.storeId, title: products.title, slug: products.slug, basePrice: products.basePrice })
    .from(products)
    .where(eq(products.status, 'active')),
);
