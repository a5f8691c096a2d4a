// After the plan, drizzle-kit has nothing left to do. For examples/shop and every file of schemas/: a database is made from the defective
// schema, the plan is carried out by psql, `check --fix --unsafe-fixes` corrects the schema, and drizzle-kit compares the two (drizzle-kit
// push). The catalogue must be the one that the fixed schema itself makes, too, but for the order of columns and constraints; and the fixed
// schema must declare what its author wrote down as right (schemas/README.md).
// usage: no_difference.mjs PROGRAM
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, equal, finish, here, must, source, temporaryFolder } from './common.mjs';
import { skip, startPostgres } from './servers.mjs';
import { fixed, projectOf, statementsOf } from './two_schemas.mjs';

const modules = join(source, 'examples', 'shop', 'node_modules');
const kit = join(modules, 'drizzle-kit', 'bin.cjs');
if (!existsSync(kit)) skip('npm ci in examples/shop was not run');

const PHASES = ['0_preflight.sql', '1_cleanup.sql', '2_expand.sql', '3_concurrent.sql', '4_validate.sql', '5_contract.sql', 'verify.sql'];

const server = startPostgres();

/// What drizzle-kit push says; it asks before it does anything, and nobody answers.
function push(name, database, folder, { casing, schemas }) {
  const config = join(folder, `push-${database}.json`);
  const schema = name === 'shop' ? './src/lib/db/schema/index.ts' : './src/schema.ts';
  writeFileSync(config, JSON.stringify({ dialect: 'postgresql', schema, out: './drizzle', schemaFilter: schemas, strict: true, verbose: true, ...(casing && { casing }),
    dbCredentials: { host: server.folder, user: 'test', database, ssl: false } }));
  return new Promise((resolve) => {
    const child = execFile('node', [kit, 'push', `--config=${config}`], { cwd: folder, timeout: 60000 }, (error, out, err) => resolve(out + err));
    child.stdin.end();
  });
}

/// The catalogue in an order that does not depend on when things were made.
function catalogueOf(database) {
  return server.query(database, `
    SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
      WHERE connamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'drizzle_audit_quarantine')
    UNION ALL SELECT 'index', indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid FROM pg_index
      JOIN pg_class ON pg_class.oid = indrelid WHERE relnamespace::regnamespace::text NOT IN ('pg_catalog', 'pg_toast', 'information_schema', 'drizzle_audit_quarantine')
    UNION ALL SELECT 'column', attrelid::regclass::text, attname::text, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute
      JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' WHERE attnum > 0 AND NOT attisdropped
      AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'drizzle_audit_quarantine')
    ORDER BY 1, 2, 3`);
}

async function run(name, before, after, { casing, schemas = ['public'], words = [] } = {}) {
  const [planned, fresh] = [`${name}_planned`, `${name}_fresh`];
  for (const [database, folder] of [[planned, before], [fresh, after]]) {
    server.createDatabase(database);
    const created = server.psql(database, { text: must(['schema', '--format', 'sql', '--root', folder]).out });
    check(created.status === 0, `${name}: the schema can be created`, created.err);
  }
  const plan = join(temporaryFolder(), 'plan');
  must(['plan', '--root', before, '--out', plan, ...words]);
  for (const phase of PHASES) {
    const result = server.psql(planned, { file: join(plan, phase) });
    check(result.status === 0, `${name}: ${phase}`, result.err);
  }
  // A view beside the tables is the plan's, not the schema's.
  const ignoring = (text) => text.split('\n').filter((line) => !line.includes('store_customers_with_orders')).join('\n');
  equal(ignoring(catalogueOf(planned)), catalogueOf(fresh), `${name}: the catalogue of the fixed schema`);
  const said = await push(name, planned, after, { casing, schemas });
  check(said.includes('No changes detected'), `${name}: drizzle-kit has nothing left to do`, said.slice(-1500));
  if (name !== 'shop' && name !== 'tenant_key') return;
  // The test can fail: without the plan drizzle-kit has work to do.
  const undone = server.psql(planned, { file: join(plan, 'rollback.sql') });
  check(undone.status === 0, `${name}: rollback.sql`, undone.err);
  const again = await push(name, planned, after, { casing, schemas });
  check(!again.includes('No changes detected') && again.includes('ADD CONSTRAINT'), `${name}: after the rollback drizzle-kit has work again`, again.slice(-1500));
}

const jobs = readdirSync(join(here, 'schemas')).filter((one) => one.endsWith('.ts') && !/^(mysql|sqlite)_/.test(one)).sort().map((file) => async () => {
  const name = file.replace('.ts', '');
  const before = projectOf(name, false);
  const right = projectOf(name, true);
  const after = fixed(before.folder);
  equal(statementsOf(after), statementsOf(right.folder), `${name}: the fixed schema is the right one`);
  await run(name, before.folder, after, { casing: before.casing, schemas: name === 'other_schema' ? ['public', 'billing'] : ['public'] });
});
const shop = join(source, 'examples', 'shop');
jobs.unshift(() => run('shop', shop, fixed(shop), { words: ['--redundant-columns', 'drop'] }));
const schemas = jobs.length;
// drizzle-kit takes its time to start: two at once.
const worker = async () => {
  for (let job = jobs.shift(); job; job = jobs.shift()) await job();
};
await Promise.all([worker(), worker()]);
server.stop();
console.log(`${schemas} schemas, all of them as --fix leaves them`);
finish();
