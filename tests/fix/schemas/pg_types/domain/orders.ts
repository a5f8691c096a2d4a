import type { orders } from '../schema';

export type Row = typeof orders.$inferSelect;

/** As the list shows it. */
export interface OrderSummary {
  id: string;
  orderNumber: number; // shown with a #
  total: number;
  quantity?: string;
  note: string;
  gift: boolean;
  status: 'pending' | 'paid';
  address: { street: string; town: string };
  createdAt: string;
}

export const label = (order: OrderSummary): string => `${order.orderNumber}: ${order.status}`;
