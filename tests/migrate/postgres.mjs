// Plans for PostgreSQL on a real server: examples/shop filled with 100,000 products, 1 % orphans, 0.5 % duplicate slugs, 3 % differences.
// usage: postgres.mjs PROGRAM [PRODUCTS]
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, equal, finish, here, must, source, temporaryFolder } from './common.mjs';
import { startPostgres } from './servers.mjs';

const PRODUCTS = Number(process.argv[3] ?? 100000);
const started = Date.now();
const elapsed = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
const shop = join(source, 'examples', 'shop');
const server = startPostgres();
const folder = temporaryFolder();
const plan = join(folder, 'plan');
const PHASES = ['1_cleanup.sql', '2_expand.sql', '3_concurrent.sql', '4_validate.sql', '5_contract.sql'];
const CHOICES = {
  products_store_id_stores_id_fk: 'delete',
  product_variants_store_id_stores_id_fk: 'delete',
  tags_store_id_slug_unique: 'keep-newest',
  reviews_product_id_customer_id_unique: 'keep-newest',
  store_customers_orders: 'accept',
};

const run = (database, file, variables = {}) => server.psql(database, { file: join(plan, file), variables });
function mustRun(database, file, variables) {
  const result = run(database, file, variables);
  check(result.status === 0, `${database}: ${file}`, result.err);
  return result;
}

/// One number for each row of the result, by its first column.
const table = (text) => Object.fromEntries(text.split('\n').filter(Boolean).map((line) => [line.split('|')[0], line.split('|').slice(1).map(Number)]));

/// A query over every table of a schema in one go: `part` has %I for the table's name.
function forEachTable(database, schema, part, where = 'true') {
  const union = server.query(database, `SELECT string_agg(format(${part}, tablename, schemaname, tablename), ' UNION ALL ') FROM pg_tables WHERE schemaname = '${schema}' AND ${where}`);
  return union === '' ? {} : table(server.query(database, `${union} ORDER BY 1`));
}

/// Rows of every table of the schema: { name: [n] }.
const counts = (database, schema = 'public') => forEachTable(database, schema, "'SELECT %L, count(*) FROM %I.%I'");

/// What all rows of all tables are, as one number each: for "the same result".
const contents = (database) => forEachTable(database, 'public', "'SELECT %L, count(*), sum(hashtextextended(t::text, 0)) % 1000000007 FROM %I.%I t'".replace(' % ', ' %% '));

/// Rows in the quarantine by the table they come from.
const quarantined = (database, actions) =>
  Object.fromEntries(Object.entries(forEachTable(database, 'drizzle_audit_quarantine',
    `$$SELECT %L, count(*) FROM %I.%I WHERE quarantine_action IN (${actions})$$`, "tablename LIKE 'public.%'")).map(([name, [n]]) => [name.replace('public.', ''), n]));

/// All phases in one session of psql.
function mustRunAll(database, phases = PHASES) {
  const words = phases.flatMap((phase) => ['-f', join(plan, phase)]);
  const choices = Object.entries(CHOICES).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
  const result = spawnSync(join(server.bin, 'psql'), [...server.connection(database), '-v', 'ON_ERROR_STOP=1', ...choices, ...words], { encoding: 'utf8' });
  check(result.status === 0, `${database}: ${phases.join(', ')}`, result.stderr);
}

must(['plan', '--root', shop, '--out', plan]);
server.createDatabase('shop');
server.psql('shop', { text: must(['schema', '--format', 'sql', '--root', shop]).out });
const filled = server.psql('shop', { file: join(shop, 'dirty.sql'), variables: { products: PRODUCTS } });
check(filled.status === 0, 'the shop is filled', filled.err);
const catalogue = server.dump('shop');
const rows = counts('shop');
const data = contents('shop');

// ---- preflight names every class with its exact count, and fails
const preflight = run('shop', '0_preflight.sql');
check(preflight.status !== 0, 'preflight refuses');
const named = Object.fromEntries([...preflight.err.matchAll(/^ {2}(\w+ [\w.]+): (\d+)$/gm)].map(([, name, n]) => [name, Number(n)]));
equal(named, {
  'orphans product_variants_store_id_stores_id_fk': PRODUCTS / 100,
  'orphans products_store_id_stores_id_fk': PRODUCTS / 100,
  'duplicates reviews_product_id_customer_id_unique': 10,
  'duplicates tags_store_id_slug_unique': PRODUCTS / 200,
  'differences store_customers.orders': (PRODUCTS / 10) * 3 / 100,
}, 'preflight names every class with the exact count');
check((preflight.err.match(/orphans products_store_id.*for example (.*)/)[1].match(/\(id=/g) ?? []).length === Math.min(25, PRODUCTS / 100), 'preflight shows 25 keys');

// ---- nothing is chosen, so nothing happens
const refused = run('shop', '1_cleanup.sql');
check(refused.status !== 0 && refused.err.includes('nothing was changed'), 'cleanup without choices refuses', refused.err);
check(run('shop', '1_cleanup.sql', { ...CHOICES, tags_store_id_slug_unique: 'set-null' }).err.includes('cannot be set-null'), 'an impossible choice is refused');
check(run('shop', '1_cleanup.sql', { ...CHOICES, products_store_id_stores_id_fk: 'set-null' }).err.includes('NOT NULL'), 'set-null of a NOT NULL column is refused');
equal(contents('shop'), data, 'a refused cleanup changes no row');
equal(server.dump('shop'), catalogue, 'a refused cleanup changes no catalogue');

// ---- the whole plan
server.createDatabase('clean', 'shop');
for (const phase of PHASES) mustRun('clean', phase, CHOICES);
mustRun('clean', '0_preflight.sql');
mustRun('clean', 'verify.sql');
equal(server.query('clean', "SELECT count(*) FROM pg_constraint WHERE NOT convalidated"), '0', 'all constraints are valid');
equal(server.query('clean', "SELECT count(*) FROM pg_index WHERE NOT indisvalid"), '0', 'all indexes are valid');
const gone = quarantined('clean', "'delete', 'cascade'");
const left = counts('clean');
for (const [name, [n]] of Object.entries(rows)) equal(left[name][0] + (gone[name] ?? 0), n, `rows of ${name} and of its quarantine are those before`);
equal(gone.products, PRODUCTS / 100, 'products in the quarantine');
equal(quarantined('clean', "'set null'").order_items, PRODUCTS / 100, 'references that existing foreign keys empty are in the quarantine, too');
const update = (text) => server.psql('clean', { text });
check(update("UPDATE store_customers SET orders = '[1]'").err.includes('is read-only: write to orders'), 'a redundant column that is kept is read-only');
check(update("UPDATE store_customers SET name = 'x' WHERE email LIKE 'customer-1@%'").status === 0, 'its table is not');
check(update("INSERT INTO store_customers (store_id, email) SELECT id, 'new@example.org' FROM stores LIMIT 1").status === 0, 'new rows need not say anything of it');
update("DELETE FROM store_customers WHERE email = 'new@example.org'; UPDATE store_customers SET name = NULL WHERE name = 'x'");
equal(server.query('clean', "SELECT orders->0->>'orderNumber' FROM drizzle_audit_views.store_customers_with_orders WHERE email = 'customer-99@example.org'"), '99',
  'the compatibility view makes the list of the rows');
check(update("UPDATE drizzle_audit_views.store_customers_with_orders SET name = 'y'").err.includes('cannot update view'), 'the compatibility view is read-only');

// ---- all of it once more changes nothing
const after = server.dump('clean');
for (const phase of ['0_preflight.sql', ...PHASES, 'verify.sql']) mustRun('clean', phase, CHOICES);
equal(server.dump('clean'), after, 'a second run of every file leaves the catalogue as it is');

// ---- rollback
server.createDatabase('back', 'clean');
mustRun('back', 'rollback.sql');
equal(server.dump('back'), catalogue, 'rollback.sql brings the catalogue back');
equal(counts('back'), rows, 'rollback.sql brings the rows back');
const references = 'SELECT count(*) FROM order_items WHERE variant_id IS NULL';
equal(server.query('back', references), server.query('shop', references), 'rollback.sql brings emptied references back');
mustRun('back', 'rollback.sql');

// ---- a redundant column that is dropped
server.createDatabase('dropped', 'clean');
mustRun('dropped', '5_contract.sql', { redundant_columns: 'drop' });
mustRun('dropped', 'verify.sql');
mustRun('dropped', '5_contract.sql', { redundant_columns: 'drop' });
equal(server.query('dropped', "SELECT count(*) FROM information_schema.columns WHERE table_name = 'store_customers' AND column_name = 'orders'"), '0', 'the column is gone');
equal(server.query('dropped', 'SELECT count(*) FROM drizzle_audit_quarantine."backup of store_customers.orders"'), String(PRODUCTS / 10), 'its values are in the backup');
mustRun('dropped', 'rollback.sql');
const sorted = (dump) => dump.split('\n').map((line) => line.replace(/,$/, '')).sort().join('\n');
equal(sorted(server.dump('dropped')), sorted(catalogue), 'rollback.sql brings the column back, at the end of its table');
equal(server.query('dropped', 'SELECT sum(hashtextextended(id::text || orders::text, 0)) FROM store_customers'),
  server.query('shop', 'SELECT sum(hashtextextended(id::text || orders::text, 0)) FROM store_customers'), 'with its values');
const dirty = run('shop', '5_contract.sql', { redundant_columns: 'drop' });
check(dirty.status !== 0 && dirty.err.includes('still differs'), 'a column with differences is not dropped', dirty.err);
mustRun('shop', 'rollback.sql');

console.log(`the plan, ${PRODUCTS} products: ${elapsed()}`);

// ---- interrupted at every statement: the client is killed there, and the plan run to its end afterwards
/// The file's statements, as psql sees them: what ends with ; or \gexec at the end of a line, outside of dollar quotes.
function statements(text) {
  const list = [];
  let now = '';
  let open;
  for (const line of text.split(/(?<=\n)/)) {
    now += line;
    for (const [tag] of line.matchAll(/\$\w*\$/g)) {
      if (!open) open = tag;
      else if (open === tag) open = undefined;
    }
    if (!open && /(;|\\gexec|^\\(if|else|endif|set).*)\s*$/.test(line)) {
      list.push(now);
      now = '';
    }
  }
  return list;
}

/// Feeds the first `n` statements to psql and kills it while the next one, which never ends, runs.
function killAfter(database, text) {
  return new Promise((resolve) => {
    const words = [...server.connection(database), '-v', 'ON_ERROR_STOP=1', ...Object.entries(CHOICES).flatMap(([k, v]) => ['-v', `${k}=${v}`])];
    const client = spawn(join(server.bin, 'psql'), words, { stdio: ['pipe', 'pipe', 'ignore'] });
    client.on('exit', resolve);
    client.stdin.on('error', () => {});
    client.stdout.on('data', (chunk) => {
      if (chunk.includes('here it dies')) client.kill('SIGKILL');
    });
    // The end of the input, too: inside of an \\if that is false nothing is run.
    client.stdin.end(`${text}\n\\echo here it dies\nSELECT pg_sleep(60);\n`);
  });
}

server.createDatabase('small');
server.psql('small', { text: must(['schema', '--format', 'sql', '--root', shop]).out });
server.psql('small', { file: join(shop, 'dirty.sql'), variables: { products: 2000 } });
server.createDatabase('whole', 'small');
mustRunAll('whole');
/// Quicker than pg_dump, which the tests above use.
const definitions = (database) => server.query(database, `SELECT conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE connamespace > 16384 OR connamespace = 'public'::regnamespace
  UNION ALL SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid FROM pg_index WHERE indrelid > 16384 AND indrelid::regclass::text NOT LIKE 'pg_toast%' UNION ALL SELECT tgname, pg_get_triggerdef(oid), true
  FROM pg_trigger WHERE NOT tgisinternal UNION ALL SELECT viewname, definition, true FROM pg_views WHERE schemaname = 'drizzle_audit_views' ORDER BY 1, 2`);
const expected = { catalogue: definitions('whole'), contents: contents('whole'), rows: counts('whole', 'drizzle_audit_quarantine') };
const points = PHASES.flatMap((phase) => {
  const list = statements(readFileSync(join(plan, phase), 'utf8'));
  // Only where something of the database's changes: setting a psql variable is none of it.
  return list.map((_, n) => [phase, list.slice(0, n + 1)]).filter(([, part]) => !part.at(-1).startsWith('\\'));
});
// The first ones of a file define functions; every point of a small plan would take a minute.
const chosen = points.filter((_, n) => n % Math.max(1, Math.floor(points.length / 31)) === 0);
check(chosen.length >= 30, `at least 30 points of interruption (${chosen.length} of ${points.length})`);
for (const [n, [phase, part]] of chosen.entries()) {
  const database = 'killed';
  server.createDatabase(database, 'small');
  if (phase !== PHASES[0]) mustRunAll(database, PHASES.slice(0, PHASES.indexOf(phase)));
  await killAfter(database, part.join(''));
  server.query('small', "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'killed'");
  mustRunAll(database);
  equal({ catalogue: definitions(database), contents: contents(database), rows: counts(database, 'drizzle_audit_quarantine') }, expected,
    `killed at point ${n} (${phase}, after ${part.length} statements), then run to the end: the same result`);
  server.dropDatabase(database);
}

console.log(`interruptions: ${elapsed()}`);

// ---- killed while an index is being built: an invalid one is left, and replaced
server.createDatabase('invalid', 'small');
mustRunAll('invalid', PHASES.slice(0, 2));
const blocker = spawn(join(server.bin, 'psql'), [...server.connection('invalid'), '-c', 'SELECT count(*), pg_sleep(60) FROM tags WHERE false'], { stdio: 'ignore' });
async function until(query) {
  for (let i = 0; i < 200 && server.query('invalid', query) === '0'; ++i) await new Promise((resolve) => setTimeout(resolve, 50));
}
await until("SELECT count(*) FROM pg_stat_activity WHERE datname = 'invalid' AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL");
const builder = server.start('invalid', join(plan, '3_concurrent.sql'));
await until('SELECT count(*) FROM pg_index WHERE NOT indisvalid');
builder.kill('SIGKILL');
// The build first: without what it waits for, it would be done before it is ended itself.
const BUILD = "datname = 'invalid' AND query NOT LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()";
server.query('invalid', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${BUILD}`);
await until(`SELECT CASE WHEN EXISTS (SELECT FROM pg_stat_activity WHERE ${BUILD}) THEN 0 ELSE 1 END`);
blocker.kill('SIGKILL');
server.query('small', "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'invalid'");
check(Number(server.query('invalid', 'SELECT count(*) FROM pg_index WHERE NOT indisvalid')) > 0, 'an interrupted build leaves an invalid index');
mustRunAll('invalid', PHASES.slice(2));
mustRun('invalid', 'verify.sql');
equal(server.query('invalid', 'SELECT count(*) FROM pg_index WHERE NOT indisvalid'), '0', 'the next run replaces it');

server.stop();
finish();
