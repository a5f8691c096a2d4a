// drizzle-audit verify on SQLite files: before a plan, after it, drift both ways, that nothing is written, and what keeps it from answering.
// usage: sqlite.mjs PROGRAM
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, check, equal, finish, must, temporaryFolder } from '../migrate/common.mjs';
import { skip } from '../migrate/servers.mjs';
import { projectOf } from '../migrate/two_schemas.mjs';
import { answers, checkBefore, until, withCheck } from './common.mjs';

if (spawnSync('sqlite3', ['--version']).status !== 0) skip('no sqlite3 on this machine (apt-get install sqlite3)');
const folder = temporaryFolder();
const database = join(folder, 'shop of mine.db');
function query(text) {
  const result = spawnSync('sqlite3', [database], { encoding: 'utf8', input: text });
  if (result.status !== 0) throw new Error(`${text}\n${result.stderr}`);
  return result.stdout.trim();
}
const root = projectOf('sqlite_shop', false).folder;
query(must(['schema', '--format', 'sql', '--root', root]).out);
const verify = (...words) => audit(['verify', '--root', root, '--url', database, ...words]);
const json = (...words) => JSON.parse(verify('--format', 'json', ...words).out);

equal(audit(['verify', '--root', root, '--url', `file:${database}`]).status, 0, 'file:PATH');
checkBefore(verify, () => query(`INSERT INTO stores SELECT value, 'store' FROM generate_series(1, 5);
  INSERT INTO products (id, store_id, slug, created_at) SELECT value, CASE WHEN value % 20 = 0 THEN 99 ELSE value % 5 + 1 END,
    'p' || CASE WHEN value % 200 = 7 THEN value - 5 ELSE value END, value FROM generate_series(1, 1000);`));

// ---- nothing is written, whatever plan.json says
const plan = join(folder, 'plan');
must(['plan', '--root', root, '--out', plan, '--on-orphans', 'delete', '--on-duplicates', 'keep-newest']);
const document = join(plan, 'plan.json');
const bytes = readFileSync(database);
for (const statement of ['DELETE FROM products', 'CREATE TABLE mine (id int)', 'SELECT 1; DELETE FROM products', 'COMMIT', `ATTACH '${folder}/other.db' AS other`]) {
  const refused = verify('--plan', withCheck(document, statement));
  check(refused.status === 2 || statement.startsWith('SELECT'), `refused: ${statement}`, `${refused.status} ${refused.out}${refused.err}`);
}
check(bytes.equals(readFileSync(database)), 'no byte of the file has changed');
equal(readdirSync(folder).sort(), ['plan', 'shop of mine.db'], 'and there is no other file');

// ---- after the plan
equal(json('--stage', 'after').drift.map(({ kind, object }) => `${kind} ${object}`).sort(),
  ['missing foreign key', 'missing index', 'unexpected index'], 'before the plan its constraints are missing');
for (const file of ['1_cleanup.sql', '2_apply.sql']) query(readFileSync(join(plan, file), 'utf8'));
const done = verify('--stage', 'after', '--plan', document);
equal(done.status, 0, `after the plan all is in place: ${done.out}${done.err}`);
query('CREATE TABLE extra (id int); ALTER TABLE reviews ADD zap int; CREATE INDEX foo ON reviews (text); DROP INDEX wishes_product_id_idx');
equal(json('--stage', 'after', '--plan', document).drift.filter(({ table }) => !table.startsWith('drizzle_audit'))
  .map(({ kind, object, table, name }) => `${kind} ${object} ${table} ${name}`).sort(),
['missing index wishes wishes_product_id_idx', 'unexpected column reviews zap', 'unexpected index reviews foo', 'unexpected table extra extra'], 'drift both ways');

// ---- what keeps it from answering
writeFileSync(join(folder, 'text.db'), 'This is no database, although it is long enough to be the beginning of one.\n'.repeat(20));
for (const [url, words] of [
  [join(folder, 'nothing.db'), 'unable to open'],
  [folder, 'it is a folder'],
  [join(folder, 'text.db'), 'not a database'],
  ['libsql://bob:geheim@example.org', 'cannot be reached'],
  ['https://example.org/?authToken=geheim', 'cannot be reached'],
  ['postgres://bob:geheim@127.0.0.1/shop', 'the URL is for postgresql'],
]) answers(audit(['verify', '--root', root, '--url', url]), words, url);
check(!existsSync(join(folder, 'nothing.db')), 'a file that is missing is not made');
writeFileSync(join(folder, 'empty.db'), '');
answers(audit(['verify', '--root', root, '--url', join(folder, 'empty.db')]), 'no such table', 'a database without tables');
const slow = 'SELECT count(*) FROM (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)';
answers(verify('--plan', withCheck(document, slow), '--timeout', '1'), 'longer than 1 seconds', 'a statement that takes too long');
const writer = spawn('sqlite3', [database], { stdio: ['pipe', 'pipe', 'ignore'] });
let began = false;
writer.stdout.on('data', () => { began = true; });
writer.stdin.write("BEGIN EXCLUSIVE;\nSELECT 'locked';\n");
await until(() => began);
answers(verify('--timeout', '1'), 'locked', 'a database that somebody writes to');
writer.kill();
finish();
