import { bigint, bigserial, index, pgSchema, text, unique } from 'drizzle-orm/pg-core';

export const billing = pgSchema('billing');
export const accounts = billing.table('accounts', { id: bigserial('id', { mode: 'number' }).primaryKey(), code: text('code').notNull() });
export const invoices = billing.table('invoices', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  accountId: bigint('account_id', { mode: 'number' }).notNull().references(() => accounts.id, { onDelete: 'restrict' }),
  number: text('number').notNull(),
}, (t) => [unique().on(t.accountId, t.number)]);
export const payments = billing.table('payments', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  accountId: bigint('account_id', { mode: 'number' }).notNull(), //-
  invoiceId: bigint('invoice_id', { mode: 'number' }), //-
  //+ accountId: bigint('account_id', { mode: 'number' }).notNull().references(() => accounts.id, { onDelete: 'restrict' }),
  //+ invoiceId: bigint('invoice_id', { mode: 'number' }).references(() => invoices.id),
}, (t) => [index().on(t.accountId), index().on(t.invoiceId)]);
