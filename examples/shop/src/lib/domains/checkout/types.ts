import type { AddressSnapshot, orders, payments } from '$lib/db/schema';

/** What the customer sees after paying. */
export interface CheckoutResult {
  orderId: string;
  orderNumber: bigint;
  paymentStatus: 'pending' | 'paid' | 'failed';
  redirectUrl: string | null;
}

/** What the checkout form sends. */
export interface CheckoutInput {
  cartId: string;
  couponCode?: string;
  note?: string;
  shippingAddress: AddressSnapshot;
  provider: 'stripe' | 'paypal';
}

/** A line of the cart with what the page computes for it. */
export interface CartLine {
  variantId: string;
  quantity: number;
  title: string;
  unitPrice: bigint;
  lineTotal: bigint;
}

export type Order = typeof orders.$inferSelect;
export type PaymentProvider = (typeof payments.$inferSelect)['provider'];
