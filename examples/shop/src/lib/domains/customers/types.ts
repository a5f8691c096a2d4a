import type { AddressSnapshot, addresses } from '$lib/db/schema';

/** A line of the customer's order history. */
export interface CustomerOrder {
  id: string;
  orderNumber: string;
  status: string;
  total: bigint;
  currency: string;
  placedAt: Date;
  itemCount: number;
}

/** A customer as the account page shows it. Agrees with its table. */
export interface CustomerProfile {
  id: string;
  email: string;
  name: string | null;
  acceptsMarketing: boolean;
  createdAt: Date;
}

export type CustomerAddress = typeof addresses.$inferSelect;
export type NewCustomerAddress = Omit<typeof addresses.$inferInsert, 'id' | 'customerId'>;
export type ShippingAddress = AddressSnapshot;
