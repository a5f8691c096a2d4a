import { char, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { id, timestamps } from '../columns';
import { storeStatus } from './enums';

/** What a store's owner can configure. Stored as one document. */
export interface StoreSettings {
  theme: { primaryColor: string; logoUrl: string | null };
  checkout: { guestAllowed: boolean; taxIncluded: boolean };
  locale: string;
}

export const stores = pgTable('stores', {
  id: id(),
  name: text('name').notNull(),
  slug: text('slug').notNull().unique(),
  subdomain: text('subdomain').notNull().unique(),
  status: storeStatus('status').notNull().default('draft'),
  currency: char('currency', { length: 3 }).notNull().default('EUR'),
  settings: jsonb('settings').$type<StoreSettings>().notNull(),
  ...timestamps,
});
