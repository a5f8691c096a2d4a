import type { ProductSeo, productImages, productStatus } from '$lib/db/schema';

/** One size or colour of a product, as the product page shows it. */
export interface ProductVariant {
  id: string;
  productId: string;
  title: string;
  sku: string;
  price: number;
  compareAtPrice: string | null;
  weightGrams: number | null;
  options: Record<string, string>;
  available: boolean;
}

export type ProductStatus = (typeof productStatus.enumValues)[number];
export type ProductImage = typeof productImages.$inferSelect;

/** A product as the editor loads it. Agrees with its table. */
export interface Product {
  id: string;
  storeId: string;
  categoryId: string | null;
  title: string;
  slug: string;
  description: string | null;
  status: ProductStatus;
  basePrice: bigint;
  seo: ProductSeo | null;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What the product list may be filtered by; it cannot show archived products. */
export interface ProductFilter {
  status?: 'draft' | 'active';
  categorySlug?: string;
  tagSlugs?: string[];
}

export interface CategoryNode {
  id: string;
  parentId: string | null;
  name: string;
  slug: string;
  children: CategoryNode[];
}
