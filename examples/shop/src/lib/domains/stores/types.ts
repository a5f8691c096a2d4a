import type { storeMembers, stores } from '$lib/db/schema';

/** A store with its settings, as the dashboard works with it. */
export interface StoreData {
  id: string;
  name: string;
  slug: string;
  subdomain: string;
  status: 'draft' | 'active' | 'suspended';
  currency: string;
  settings: {
    primaryColor: string;
    logoUrl: string;
    guestCheckout: boolean;
    locale: string;
  };
  createdAt: Date;
  updatedAt: Date;
}

/** What a visitor may know of a store. */
export interface StoreSummary {
  id: string;
  name: string;
  slug: string;
  currency: string;
}

export type StoreMember = typeof storeMembers.$inferSelect;
export type StoreStatus = (typeof stores.$inferSelect)['status'];
