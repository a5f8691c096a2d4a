// --drizzle: a migration for drizzle-kit, carried out by its own migrator, after which `drizzle-kit generate` from the fixed schema finds nothing.
// usage: drizzle_kit.mjs PROGRAM
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, check, equal, finish, must, source } from './common.mjs';
import { skip, startPostgres } from './servers.mjs';
import { projectOf } from './two_schemas.mjs';

const kit = join(source, 'examples', 'shop', 'node_modules', 'drizzle-kit', 'bin.cjs');
if (!existsSync(kit)) skip('npm ci in examples/shop was not run');
const server = startPostgres();

function drizzleKit(folder, ...words) {
  const result = spawnSync('node', [kit, ...words], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60000 });
  return result.stdout + result.stderr;
}

for (const name of ['tenant_key', 'other_schema']) {
  const { folder } = projectOf(name, false);
  const database = name;
  server.createDatabase(database);
  writeFileSync(join(folder, 'drizzle.config.ts'), `export default { dialect: 'postgresql', schema: './src/schema.ts', out: './drizzle',
    dbCredentials: { host: '${server.folder}', user: 'test', database: '${database}', ssl: false } };\n`);
  drizzleKit(folder, 'generate');
  const migrated = drizzleKit(folder, 'migrate');
  check(migrated.includes('applied successfully'), `${name}: the first migration`, migrated);
  const journal = readFileSync(join(folder, 'drizzle/meta/_journal.json'), 'utf8');

  const table = name === 'tenant_key' ? 'products' : 'billing.payments';
  if (name === 'tenant_key') server.query(database, "INSERT INTO products (store_id, slug) VALUES (gen_random_uuid(), 'orphan')");
  else server.query(database, "INSERT INTO billing.payments (account_id) VALUES (7)");

  const made = must(['plan', '--root', folder, '--drizzle', '--name', 'integrity']);
  check(made.err.includes('0001_integrity.sql') && made.err.includes('one transaction'), `${name}: says what it wrote, and warns`, made.err);
  // Abort by default: the migrator stops, and nothing is changed.
  const stopped = drizzleKit(folder, 'migrate');
  check(!stopped.includes('applied successfully'), `${name}: rows are in the way, and the migrator stops`, stopped);
  equal(server.query(database, `SELECT count(*) FROM ${table}`), '1', `${name}: and nothing is gone`);
  for (const file of ['0001_integrity.sql', 'meta/0001_snapshot.json']) execFileSync('rm', [join(folder, 'drizzle', file)]);
  writeFileSync(join(folder, 'drizzle/meta/_journal.json'), journal);

  must(['plan', '--root', folder, '--drizzle', '--name', 'integrity', '--on-orphans', 'delete']);
  const applied = drizzleKit(folder, 'migrate');
  check(applied.includes('applied successfully'), `${name}: the plan's migration`, applied);
  equal(server.query(database, `SELECT count(*) FROM ${table}`), '0', `${name}: the orphan is gone`);
  equal(server.query(database, `SELECT count(*) FROM drizzle_audit_quarantine."${table.includes('.') ? table : `public.${table}`}"`), '1', `${name}: and in the quarantine`);
  equal(server.query(database, 'SELECT count(*) FROM pg_constraint WHERE NOT convalidated'), '0', `${name}: all constraints are valid`);

  must(['check', '--fix', '--unsafe-fixes', '--exit-zero', '--root', folder]);
  const nothing = drizzleKit(folder, 'generate');
  check(nothing.includes('No schema changes'), `${name}: drizzle-kit generate from the fixed schema finds nothing`, nothing);
  equal(readdirSync(join(folder, 'drizzle')).filter((file) => file.endsWith('.sql')).length, 2, `${name}: and writes nothing`);
  const verified = drizzleKit(folder, 'check');
  check(verified.includes("Everything's fine"), `${name}: drizzle-kit check`, verified);
  const second = audit(['plan', '--root', folder, '--drizzle']);
  check(second.status === 0 && second.err.includes('nothing to plan'), `${name}: nothing is left to plan`, second.err);
}
server.stop();
finish();
