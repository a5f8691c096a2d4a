import { pgEnum } from 'drizzle-orm/pg-core';

export const storeStatus = pgEnum('store_status', ['draft', 'active', 'suspended']);
export const memberRole = pgEnum('member_role', ['owner', 'admin', 'editor', 'viewer']);
