// drizzle-audit verify on a real PostgreSQL: before a plan, after it, drift both ways, and everything that keeps it from reaching the database.
// usage: verify.mjs PROGRAM
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { audit, check, equal, finish, must, source, temporaryFolder } from '../migrate/common.mjs';
import { startPostgres } from '../migrate/servers.mjs';
import { answers, auditLater, until, withCheck } from './common.mjs';

const server = startPostgres();
const root = join(source, 'examples', 'shop');
server.createDatabase('shop');
server.psql('shop', { text: must(['schema', '--format', 'sql', '--root', root]).out });
const verify = (...words) => audit(['verify', '--root', root, '--url', server.url('shop'), ...words]);
const json = (...words) => JSON.parse(verify('--format', 'json', ...words).out);

equal(verify().status, 0, 'an empty database of the schema is clean');
server.psql('shop', { file: join(root, 'dirty.sql'), variables: { products: 4000 } });
equal(verify().status, 1, 'rows in the way are violations');
const dirty = json();
equal(Object.fromEntries(dirty.checks.filter(({ count }) => count > 0).map(({ kind, name, count }) => [`${kind} ${name}`, count])), {
  'orphans product_variants_store_id_stores_id_fk': 40,
  'orphans products_store_id_stores_id_fk': 40,
  'duplicates reviews_product_id_customer_id_unique': 10,
  'duplicates tags_store_id_slug_unique': 20,
  'differences store_customers.orders': 12,
}, 'every class with its count');
equal(dirty.checks.find(({ name }) => name === 'products_store_id_stores_id_fk').samples.length, 25, '25 sample keys');
equal(dirty.drift, [], 'no drift');

const plan = join(temporaryFolder(), 'plan');
must(['plan', '--root', root, '--out', plan]);
const notYet = json('--stage', 'after').drift;
equal(notYet.length, 10, 'before the plan its constraints and indexes are missing');
check(notYet.every(({ kind }) => kind === 'missing'), 'and nothing else differs');
const variables = { products_store_id_stores_id_fk: 'delete', product_variants_store_id_stores_id_fk: 'delete', tags_store_id_slug_unique: 'keep-newest',
  reviews_product_id_customer_id_unique: 'keep-newest', store_customers_orders: 'accept' };
for (const phase of ['1_cleanup.sql', '2_expand.sql']) server.psql('shop', { file: join(plan, phase), variables });
check(json('--stage', 'after').drift.some(({ kind, name }) => kind === 'invalid' && name === 'products_store_id_stores_id_fk'), 'NOT VALID is seen');
for (const phase of ['3_concurrent.sql', '4_validate.sql', '5_contract.sql']) server.psql('shop', { file: join(plan, phase), variables });
equal(verify('--stage', 'after').status, 0, 'after the plan all is in place');
equal(verify('--plan', join(plan, 'plan.json'), '--stage', 'after').status, 0, 'by plan.json, too');

server.query('shop', `ALTER TABLE pages DROP CONSTRAINT pages_store_id_slug_unique; CREATE TABLE extra (); ALTER TABLE users ADD zap int;
  ALTER TABLE pages ALTER title TYPE varchar(200); CREATE INDEX foo ON pages (title); ALTER TABLE users ALTER email DROP NOT NULL`);
equal(json('--stage', 'after').drift.map(({ kind, object, table, name }) => `${kind} ${object} ${table} ${name}`).sort(), [
  'different column pages title', 'different column users email', 'missing unique constraint pages pages_store_id_slug_unique',
  'unexpected column users zap', 'unexpected index pages foo', 'unexpected table extra extra'], 'drift both ways');
equal(json('--stage', 'after', '--no-drift').compared, false, '--no-drift compares nothing');

// ---- what keeps it from the database: status 2, in words, never with a password
const secret = 'geheim%20x';
server.query('shop', "CREATE ROLE reader LOGIN; REVOKE ALL ON SCHEMA public FROM PUBLIC");
for (const [url, words] of [
  [`postgres://bob:${secret}@nowhere.invalid/db`, 'cannot connect'],
  [`postgres://bob:${secret}@127.0.0.1:1/db?sslmode=verify-full`, 'cannot connect'],
  ['postgres://bob:geheim@x@127.0.0.1/db', 'cannot be read'],
  ['postgres://bob:geheim/x@127.0.0.1/db', 'cannot be read'],
  ['mysql://bob:geheim@127.0.0.1/db', 'the URL is for mysql'],
  ['geheim', 'cannot be read'],
  [`postgres://nobody@/shop?host=${server.folder}`, 'does not exist'],
  [`postgres://test@/nothing?host=${server.folder}`, 'does not exist'],
  [server.url('shop', 'reader'), 'permission denied'],
]) answers(audit(['verify', '--root', root, '--url', url]), words, url);
const nothing = audit(['verify', '--root', root], { env: { ...process.env, DATABASE_URL: '' } });
check(nothing.status === 2 && nothing.err.includes('verify needs a database'), 'without a URL', nothing.err);
equal(audit(['verify', '--root', root, '--no-drift', '--stage', 'after'], { env: { ...process.env, DATABASE_URL: server.url('shop') } }).status, 0, 'DATABASE_URL');

// ---- a user who may only read sees what the owner sees
server.query('shop', 'GRANT USAGE ON SCHEMA public TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader');
const asReader = audit(['verify', '--root', root, '--url', server.url('shop', 'reader'), '--format', 'json']);
equal(asReader.out, verify('--format', 'json').out, `a reader: ${asReader.err}`);
check(JSON.parse(asReader.out).drift.length > 0, 'and it is something');

// ---- nothing is written, whatever plan.json says
const document = join(plan, 'plan.json');
const rows = server.query('shop', 'SELECT count(*) FROM tags');
for (const statement of ['DELETE FROM tags', 'CREATE TABLE mine ()', 'SELECT 1; COMMIT; DELETE FROM tags', 'COMMIT'])
  check(verify('--plan', withCheck(document, statement)).status === 2, `refused: ${statement}`);
equal(server.query('shop', "SELECT (SELECT count(*) FROM tags), to_regclass('mine')"), `${rows}|`, 'no row and no table was touched');

// ---- a statement that takes too long, one that waits for a lock, a connection and a server that go while one runs
const slow = withCheck(document, 'SELECT count(*) FROM pg_sleep(60)');
answers(verify('--plan', slow, '--timeout', '1'), '--timeout SECONDS', 'a statement that takes too long');
const locking = spawn(join(server.bin, 'psql'), [...server.connection('shop'), '-c', "BEGIN; LOCK TABLE products", '-c', 'SELECT pg_sleep(50)'], { stdio: 'ignore' });
const waits = (text) => `SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%${text}%' AND state = 'active' AND pid <> pg_backend_pid()`;
await until(() => server.query('shop', waits('pg_sleep(50)')) === '1');
answers(verify('--timeout', '1'), '--timeout SECONDS', 'a table that somebody has locked');
locking.kill();
const output = join(temporaryFolder(), 'report.json');
for (const [what, end] of [
  ['a connection that is ended', () => server.query('shop', waits('pg_sleep(60)').replace('count(*)', 'pg_terminate_backend(pid)'))],
  ['a server that stops', () => server.stop()],
]) {
  const later = auditLater(['verify', '--root', root, '--url', server.url('shop'), '--plan', slow, '--format', 'json', '--output-file', output]);
  await until(() => server.query('shop', waits('pg_sleep(60)')) === '1');
  end();
  const result = await later;
  answers(result, 'nothing was changed; run it again', what);
  check(!existsSync(output), `${what}: no half a report`);
}
answers(verify(), 'cannot connect', 'a server that is gone');
finish();
