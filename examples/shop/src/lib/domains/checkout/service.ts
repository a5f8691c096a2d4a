import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { db } from '$lib/db';
import { cartItems, carts, coupons, inventoryLevels, orderItems, orders, payments, products, productVariants } from '$lib/db/schema';
import type { CartLine, CheckoutInput, CheckoutResult, Order } from './types';

export async function cartLines(cartId: string): Promise<CartLine[]> {
  const rows = await db
    .select({
      variantId: cartItems.variantId,
      quantity: cartItems.quantity,
      title: productVariants.title,
      unitPrice: productVariants.price,
    })
    .from(cartItems)
    .innerJoin(productVariants, eq(cartItems.variantId, productVariants.id))
    .where(eq(cartItems.cartId, cartId));
  return rows.map((row) => ({ ...row, lineTotal: row.unitPrice * BigInt(row.quantity) }));
}

export async function setQuantity(cartId: string, variantId: string, quantity: number): Promise<void> {
  await db
    .insert(cartItems)
    .values({ cartId, variantId, quantity })
    .onConflictDoUpdate({ target: [cartItems.cartId, cartItems.variantId], set: { quantity } });
}

async function couponByCode(storeId: string, code: string) {
  return db.query.coupons.findFirst({
    where: and(
      eq(coupons.storeId, storeId),
      eq(coupons.code, code),
      or(isNull(coupons.expiresAt), gt(coupons.expiresAt, new Date())),
    ),
  });
}

export async function checkout(input: CheckoutInput): Promise<CheckoutResult> {
  return db.transaction(async (tx) => {
    const [cart] = await tx.select().from(carts).where(eq(carts.id, input.cartId)).limit(1).for('update');
    if (!cart) throw new Error('no such cart');
    const lines = await tx
      .select({ item: cartItems, variant: productVariants, product: products })
      .from(cartItems)
      .innerJoin(productVariants, eq(cartItems.variantId, productVariants.id))
      .innerJoin(products, eq(productVariants.productId, products.id))
      .where(eq(cartItems.cartId, cart.id));
    const subtotal = lines.reduce((sum, { item, variant }) => sum + variant.price * BigInt(item.quantity), 0n);
    const coupon = input.couponCode ? await couponByCode(cart.storeId, input.couponCode) : undefined;
    const discount = coupon?.amount ?? 0n;

    const [order] = await tx
      .insert(orders)
      .values({
        storeId: cart.storeId,
        customerId: cart.customerId,
        couponId: coupon?.id,
        orderNumber: sql`(select coalesce(max(${orders.orderNumber}), 0) + 1 from ${orders} where ${orders.storeId} = ${cart.storeId})`,
        currency: 'EUR',
        subtotal,
        total: subtotal > discount ? subtotal - discount : 0n,
        shippingAddressSnapshot: input.shippingAddress,
        note: input.note,
      })
      .returning();
    if (!order) throw new Error('the order was not created');

    for (const { item, variant, product } of lines) {
      await tx.insert(orderItems).values({
        orderId: order.id,
        productId: product.id,
        variantId: variant.id,
        title: `${product.title}, ${variant.title}`,
        quantity: item.quantity,
        unitPrice: variant.price,
      });
      await tx
        .update(inventoryLevels)
        .set({ reserved: sql`${inventoryLevels.reserved} + ${item.quantity}` })
        .where(eq(inventoryLevels.variantId, variant.id));
    }
    await tx.insert(payments).values({
      orderId: order.id,
      provider: input.provider,
      providerReference: crypto.randomUUID(),
      amount: order.total,
    });
    return resultOf(order);
  });
}

function resultOf(order: Order): CheckoutResult {
  return {
    orderId: order.id,
    orderNumber: order.orderNumber,
    // Refunds are not a result of a checkout, or so one thought.
    paymentStatus: order.paymentStatus as CheckoutResult['paymentStatus'],
    redirectUrl: null,
  };
}

/** Which orders hold this variant: asked before a variant may be deleted. */
export async function ordersWithVariant(variantId: string) {
  return db
    .select({ orderId: orders.id, orderNumber: orders.orderNumber })
    .from(orderItems)
    .innerJoin(orders, eq(orderItems.orderId, orders.id))
    .where(eq(orderItems.variantId, variantId));
}

/** Whether the customer has bought the product: only then may they review it. */
export async function hasBought(customerId: string, productId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: orderItems.id })
    .from(orderItems)
    .innerJoin(orders, eq(orderItems.orderId, orders.id))
    .where(and(eq(orders.customerId, customerId), eq(orderItems.productId, productId)))
    .limit(1);
  return row !== undefined;
}
