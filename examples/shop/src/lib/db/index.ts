import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as relations from '../../../drizzle/relations';
import * as schema from './schema';

const client = postgres(process.env.DATABASE_URL ?? 'postgres://localhost:5432/shop');

export const db = drizzle(client, { schema: { ...schema, ...relations } });
