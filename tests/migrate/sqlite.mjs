// Plans for SQLite, on real files, with the sqlite3 program. usage: sqlite.mjs PROGRAM
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, equal, finish, must, temporaryFolder } from './common.mjs';
import { skip } from './servers.mjs';
import { fixed as fixedBy, projectOf, statementsOf } from './two_schemas.mjs';

if (spawnSync('sqlite3', ['--version']).status !== 0) skip('no sqlite3 on this machine (apt-get install sqlite3)');
const folder = temporaryFolder();
const sqlite = (file, input) => {
  const result = spawnSync('sqlite3', [file], { encoding: 'utf8', input });
  return { status: result.status, out: result.stdout.trim(), err: result.stderr };
};
const query = (file, text) => {
  const result = sqlite(file, text);
  if (result.status !== 0) throw new Error(`${text}\n${result.err}`);
  return result.out;
};
const project = projectOf('sqlite_shop', false).folder;
const fixed = fixedBy(project);
equal(statementsOf(fixed), statementsOf(projectOf('sqlite_shop', true).folder), '--fix makes the right schema');
const plan = (name, ...words) => {
  must(['plan', '--root', project, '--out', join(folder, name), ...words]);
  return (file) => readFileSync(join(folder, name, file), 'utf8');
};
const TABLES = ['stores', 'pages', 'products', 'reviews', 'wishes'];
const rows = (file) => Object.fromEntries(TABLES.map((t) => [t, Number(query(file, `SELECT count(*) FROM ${t}`))]));
const contents = (file) => TABLES.map((t) => query(file, `SELECT * FROM ${t} ORDER BY id`)).join('\n');
const schemaOf = (file) => query(file, "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'drizzle_audit%' ORDER BY 1, 2");

const database = join(folder, 'shop.db');
query(database, `PRAGMA foreign_keys = ON; ${must(['schema', '--format', 'sql', '--root', project]).out}
  INSERT INTO stores SELECT value, 'store' FROM generate_series(1, 5);
  INSERT INTO products (id, store_id, slug, created_at) SELECT value, CASE WHEN value % 100 = 0 THEN 99 ELSE value % 5 + 1 END,
    'p' || CASE WHEN value % 200 = 7 THEN value - 5 ELSE value END, value FROM generate_series(1, 1000);
  INSERT INTO reviews SELECT value, value % 1000 + 1, 'r' FROM generate_series(1, 3000);
  INSERT INTO wishes SELECT value, value % 1000 + 1 FROM generate_series(1, 1000);`);
const before = { rows: rows(database), contents: contents(database), schema: schemaOf(database) };

const careful = plan('careful');
const preflight = sqlite(database, careful('0_preflight.sql'));
check(preflight.status !== 0 && preflight.err.includes('orphans products_store_id_stores_id_fk'), 'preflight refuses', preflight.err);
check(/^orphans products_store_id_stores_id_fk\|10$/m.test(preflight.out) && /^duplicates products_store_id_slug\|5$/m.test(preflight.out), 'preflight counts', preflight.out);
const refused = sqlite(database, careful('1_cleanup.sql'));
check(refused.status !== 0 && refused.err.includes('need a choice'), 'cleanup without choices refuses', refused.err);
equal(contents(database), before.contents, 'and changes nothing');
const premature = sqlite(database, careful('2_apply.sql'));
check(premature.status !== 0, 'apply refuses while rows are in the way', premature.err);
equal({ contents: contents(database), schema: schemaOf(database) }, { contents: before.contents, schema: before.schema }, 'and changes nothing');

const file = plan('plan', '--on-orphans', 'delete', '--on-duplicates', 'keep-newest');
const run = (name, target = database) => {
  const result = sqlite(target, file(name));
  check(result.status === 0, name, result.err);
};
run('1_cleanup.sql');
run('0_preflight.sql');
run('2_apply.sql');
run('verify.sql');
const quarantine = (table, actions = "'delete', 'cascade'") => Number(query(database, `SELECT count(*) FROM drizzle_audit_quarantine_${table} WHERE quarantine_action IN (${actions})`));
const after = rows(database);
for (const table of ['products', 'reviews']) equal(after[table] + quarantine(table), before.rows[table], `rows of ${table} and of its quarantine are those before`);
equal(quarantine('products'), 15, 'products in the quarantine');
equal(quarantine('reviews'), 45, 'the rows that go with them are there, too');
equal(quarantine('wishes', "'set null'"), 15, 'and those that lose a reference');
equal([after.stores, after.pages, after.wishes], [before.rows.stores, before.rows.pages, before.rows.wishes], 'other tables keep their rows');
equal(query(database, 'PRAGMA foreign_key_check'), '', 'no foreign key is violated');
check(sqlite(database, "PRAGMA foreign_keys = ON; INSERT INTO products (id, store_id, slug, created_at) VALUES (5000, 77, 'x', 1)").err.includes('FOREIGN KEY'), 'the new foreign key holds');
const fresh = join(folder, 'fresh.db');
query(fresh, must(['schema', '--format', 'sql', '--root', fixed]).out);
const keys = "SELECT m.name, k.\"table\", k.\"from\", k.\"to\", k.on_delete FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) k WHERE m.name NOT LIKE 'drizzle_audit%' ORDER BY 1, 3";
equal(query(database, keys), query(fresh, keys), 'the foreign keys of the fixed schema');

const again = { schema: schemaOf(database), contents: contents(database) };
for (const name of ['1_cleanup.sql', '2_apply.sql', 'verify.sql']) run(name);
equal({ schema: schemaOf(database), contents: contents(database) }, again, 'a second run of every file changes nothing');

// The rebuild inside a migrator's transaction, with foreign keys on, would delete all reviews. It refuses.
const copy = join(folder, 'copy.db');
copyFileSync(database, copy);
const inside = sqlite(copy, `.bail on\nPRAGMA foreign_keys = ON;\nBEGIN;\n${file('2_apply.sql').replace('BEGIN IMMEDIATE;', '')}`);
check(inside.status !== 0 && inside.err.includes('foreign keys are on'), 'the rebuild refuses to start where foreign keys cannot be switched off', inside.err);
equal(rows(copy), rows(database), 'and the children are still there');
query(copy, 'CREATE TRIGGER mine AFTER INSERT ON products BEGIN SELECT 1; END;');
check(sqlite(copy, file('2_apply.sql')).err.includes('has triggers'), 'a table with triggers is not rebuilt');
query(copy, 'DROP TRIGGER mine; ALTER TABLE products ADD COLUMN unknown text;');
check(sqlite(copy, file('2_apply.sql')).err.includes('has columns that the schema lacks'), 'nor one with columns that the schema lacks');

run('rollback.sql');
equal(contents(database), before.contents, 'rollback.sql brings the rows and references back');
const shape = (text) => text.replace(/"/g, '');
equal(shape(schemaOf(database)), shape(before.schema), 'and the schema');
equal(query(database, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'drizzle_audit%'"), '0', 'and leaves nothing behind');
finish();
