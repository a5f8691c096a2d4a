import { pgEnum } from 'drizzle-orm/pg-core';

export const productStatus = pgEnum('product_status', ['draft', 'active', 'archived']);
export const couponKind = pgEnum('coupon_kind', ['percentage', 'amount', 'free_shipping']);
export const orderStatus = pgEnum('order_status', ['pending', 'confirmed', 'packed', 'shipped', 'delivered', 'cancelled']);
export const paymentStatus = pgEnum('payment_status', [
  'pending',
  'authorized',
  'paid',
  'partially_refunded',
  'refunded',
  'failed',
]);
