import { and, count, desc, eq } from 'drizzle-orm';
import { db } from '$lib/db';
import { addresses, orderItems, orders, storeCustomers } from '$lib/db/schema';
import type { CustomerOrder, CustomerProfile, NewCustomerAddress } from './types';

export async function findOrCreateCustomer(storeId: string, email: string): Promise<CustomerProfile> {
  const [customer] = await db
    .insert(storeCustomers)
    .values({ storeId, email: email.toLowerCase() })
    .onConflictDoUpdate({ target: [storeCustomers.storeId, storeCustomers.email], set: { updatedAt: new Date() } })
    .returning();
  if (!customer) throw new Error('the customer was neither created nor found');
  return customer;
}

export async function customerWithAddresses(customerId: string) {
  return db.query.storeCustomers.findFirst({
    where: eq(storeCustomers.id, customerId),
    with: { addresses: true },
  });
}

export async function orderHistory(storeId: string, customerId: string): Promise<CustomerOrder[]> {
  const rows = await db
    .select({
      id: orders.id,
      orderNumber: orders.orderNumber,
      status: orders.status,
      total: orders.total,
      currency: orders.currency,
      placedAt: orders.placedAt,
      itemCount: count(orderItems.id),
    })
    .from(orders)
    .innerJoin(orderItems, eq(orderItems.orderId, orders.id))
    .where(and(eq(orders.storeId, storeId), eq(orders.customerId, customerId)))
    .groupBy(orders.id)
    .orderBy(desc(orders.placedAt));
  return rows.map((row) => ({ ...row, orderNumber: String(row.orderNumber) }));
}

export async function addAddress(customerId: string, address: NewCustomerAddress): Promise<void> {
  await db.insert(addresses).values({ ...address, customerId });
}

/** The copy of the order history that the account page reads. Whoever changes an order has to think of it. */
export async function refreshOrderCopy(storeId: string, customerId: string): Promise<void> {
  const history = await orderHistory(storeId, customerId);
  const copy = history.map(({ id, orderNumber, status, total, placedAt }) => ({
    id,
    orderNumber,
    status,
    total: total.toString(),
    placedAt: placedAt.toISOString(),
  }));
  await db.update(storeCustomers).set({ orders: copy }).where(eq(storeCustomers.id, customerId));
}
