import { and, count, eq } from 'drizzle-orm';
import { db } from '$lib/db';
import { pages, storeMembers, stores } from '$lib/db/schema';
import type { StoreData, StoreMember, StoreSummary } from './types';

export async function storeBySubdomain(subdomain: string): Promise<StoreSummary | undefined> {
  const [store] = await db
    .select({ id: stores.id, name: stores.name, slug: stores.slug, currency: stores.currency })
    .from(stores)
    .where(and(eq(stores.subdomain, subdomain), eq(stores.status, 'active')))
    .limit(1);
  return store;
}

export async function storeForDashboard(storeId: string): Promise<StoreData | undefined> {
  const store = await db.query.stores.findFirst({ where: eq(stores.id, storeId) });
  if (!store) return undefined;
  const { theme, checkout, locale } = store.settings;
  return {
    ...store,
    settings: {
      primaryColor: theme.primaryColor,
      logoUrl: theme.logoUrl ?? '',
      guestCheckout: checkout.guestAllowed,
      locale,
    },
  };
}

export async function membersOf(storeId: string) {
  return db.query.storeMembers.findMany({
    where: eq(storeMembers.storeId, storeId),
    with: { user: true },
  });
}

export async function addMember(storeId: string, userId: string, role: StoreMember['role']): Promise<void> {
  await db
    .insert(storeMembers)
    .values({ storeId, userId, role })
    .onConflictDoUpdate({ target: [storeMembers.storeId, storeMembers.userId], set: { role } });
}

export async function pageBySlug(storeId: string, slug: string) {
  return db.query.pages.findFirst({
    where: and(eq(pages.storeId, storeId), eq(pages.slug, slug), eq(pages.published, true)),
  });
}

export async function publishedPageCount(storeId: string): Promise<number> {
  const [row] = await db
    .select({ pages: count() })
    .from(pages)
    .where(and(eq(pages.storeId, storeId), eq(pages.published, true)));
  return row?.pages ?? 0;
}
