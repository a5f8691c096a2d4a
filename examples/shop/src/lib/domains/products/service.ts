import { and, asc, eq, inArray } from 'drizzle-orm';
import { db } from '$lib/db';
import { categories, products, productTags, productVariants, stores, tags } from '$lib/db/schema';
import type { CategoryNode, Product, ProductFilter, ProductVariant } from './types';

export async function categoryBySlug(storeId: string, slug: string) {
  return db.query.categories.findFirst({
    where: and(eq(categories.storeId, storeId), eq(categories.slug, slug)),
  });
}

export async function categoryTree(storeId: string): Promise<CategoryNode[]> {
  const rows = await db.select().from(categories).where(eq(categories.storeId, storeId)).orderBy(asc(categories.position));
  const nodes = new Map<string, CategoryNode>();
  for (const { id, parentId, name, slug } of rows) nodes.set(id, { id, parentId, name, slug, children: [] });
  const roots: CategoryNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.parentId ? nodes.get(node.parentId) : undefined;
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

export async function productBySlug(subdomain: string, slug: string): Promise<Product | undefined> {
  const [row] = await db
    .select({ product: products })
    .from(products)
    .innerJoin(stores, eq(products.storeId, stores.id))
    .where(and(eq(stores.subdomain, subdomain), eq(products.slug, slug)))
    .limit(1);
  return row?.product;
}

export async function listProducts(storeId: string, filter: ProductFilter): Promise<Product[]> {
  const conditions = [eq(products.storeId, storeId)];
  if (filter.status) conditions.push(eq(products.status, filter.status));
  if (filter.categorySlug) {
    const category = await categoryBySlug(storeId, filter.categorySlug);
    if (!category) return [];
    conditions.push(eq(products.categoryId, category.id));
  }
  if (filter.tagSlugs?.length) {
    const tagged = db
      .select({ id: productTags.productId })
      .from(productTags)
      .innerJoin(tags, eq(productTags.tagId, tags.id))
      .where(and(eq(tags.storeId, storeId), inArray(tags.slug, filter.tagSlugs)));
    conditions.push(inArray(products.id, tagged));
  }
  return db.select().from(products).where(and(...conditions));
}

export async function variantsOf(productId: string): Promise<ProductVariant[]> {
  const rows = await db.select().from(productVariants).where(eq(productVariants.productId, productId));
  return rows.map((row) => ({
    ...row,
    price: Number(row.price) / 100,
    compareAtPrice: row.compareAtPrice === null ? null : (Number(row.compareAtPrice) / 100).toFixed(2),
  }));
}

export async function variantBySku(storeId: string, sku: string) {
  return db.query.productVariants.findFirst({
    where: and(eq(productVariants.storeId, storeId), eq(productVariants.sku, sku)),
  });
}

/** Creates the tag or renames it. */
export async function saveTag(storeId: string, slug: string, name: string): Promise<void> {
  await db
    .insert(tags)
    .values({ storeId, slug, name })
    .onConflictDoUpdate({ target: [tags.storeId, tags.slug], set: { name } });
}
