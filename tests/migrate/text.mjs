// Plans as text: every file of the plans for examples/shop and for schemas of the other dialects, byte for byte; the command's errors.
// usage: text.mjs PROGRAM; DRZ_UPDATE=1 writes expected/ anew.
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, check, equal, finish, here, must, source, temporaryFolder } from './common.mjs';
import { projectOf } from './two_schemas.mjs';

const update = process.env.DRZ_UPDATE === '1';
const shop = join(source, 'examples', 'shop');
const projects = { shop, mysql: projectOf('mysql_shop', false).folder, sqlite: projectOf('sqlite_shop', false).folder };
const flags = { mysql: ['--on-orphans', 'delete', '--on-duplicates', 'keep-newest'], sqlite: ['--on-orphans', 'delete', '--on-duplicates', 'keep-newest'] };

for (const [name, root] of Object.entries(projects)) {
  const expected = join(here, 'expected', name);
  const out = join(temporaryFolder(), 'plan');
  must(['plan', '--root', root, '--out', out, ...(flags[name] ?? [])]);
  const files = readdirSync(out).sort();
  if (update) {
    rmSync(expected, { recursive: true, force: true });
    mkdirSync(expected, { recursive: true });
  }
  for (const file of files) {
    let text = readFileSync(join(out, file), 'utf8');
    // The checks and the schema in it are tested where they are used.
    if (file === 'plan.json') {
      const json = JSON.parse(text);
      equal([...json.files].sort(), files, `${name}: plan.json lists the files`);
      text = `${JSON.stringify({ ...json, tool: { name: json.tool.name }, checks: json.checks.length, schema: json.schema.tables.length }, null, 2)}\n`;
    }
    if (update) writeFileSync(join(expected, file), text);
    equal(text, existsSync(join(expected, file)) ? readFileSync(join(expected, file), 'utf8') : '(no such file)', `${name}/${file}`);
  }
  if (existsSync(expected)) equal(readdirSync(expected).sort(), files, `${name}: the files of the plan`);
  equal(audit(['plan', '--root', root, ...(flags[name] ?? [])]).out, audit(['plan', '--root', root, '-j1', ...(flags[name] ?? [])]).out, `${name}: the same on one thread`);
}

// ---- without --out
const printed = must(['plan', '--root', shop]).out;
check(printed.includes('-- ======== 3_concurrent.sql ========') && printed.includes('-- * foreign key products_store_id_stores_id_fk'), 'without --out the files are printed');
const json = JSON.parse(must(['plan', '--root', shop, '--format', 'json']).out);
check(json.formatVersion === 1 && json.files.some(({ name, text }) => name === '1_cleanup.sql' && text.includes('BEGIN;')), '--format json holds the files');

// ---- what the command refuses
const refuses = (words, message, help = '') => {
  const result = audit(['plan', '--root', shop, ...words]);
  check(result.status === 2 && result.err.includes(message) && result.err.includes(help), `plan ${words.join(' ')}: ${message}`, `${result.status} ${result.err}`);
};
const folder = temporaryFolder();
writeFileSync(join(folder, 'mine.txt'), 'mine');
refuses(['--out', folder], 'is there already', '--force');
equal(readdirSync(folder), ['mine.txt'], 'a folder with something in it is left alone');
must(['plan', '--root', shop, '--out', folder, '--force']);
check(readdirSync(folder).includes('mine.txt') && readdirSync(folder).includes('README.md'), '--force adds to it');
refuses(['--out', join(folder, 'mine.txt')], 'is no folder');
refuses(['--choose', 'nothing=delete'], 'the plan has nothing called nothing', 'products_store_id_stores_id_fk');
refuses(['--choose', 'products_store_id_stores_id_fk=set-null'], 'cannot be set-null', 'NOT NULL');
refuses(['--choose', 'products_store_id_stores_id_fk=keep-newest'], 'cannot be keep-newest');
refuses(['--choose', 'products_store_id_stores_id_fk'], 'NAME=CHOICE');
refuses(['--on-orphans', 'vanish'], 'vanish is none of');
refuses(['--lock-timeout', '1 s; DROP TABLE x'], 'is no duration');
refuses(['--drizzle', '--out', 'x'], 'exclude each other');
refuses(['--drizzle'], 'holds no migration to go on from', 'drizzle-kit generate');
const other = temporaryFolder();
writeFileSync(join(other, 'schema.ts'), "import { mssqlTable, int } from 'drizzle-orm/mssql-core';\nexport const a = mssqlTable('a', { id: int() });\n");
writeFileSync(join(other, 'package.json'), '{}');
const mssql = audit(['plan', '--root', other]);
check(mssql.status === 2 && mssql.err.includes('there are no plans for mssql yet'), 'dialects without plans say so', mssql.err);
// An index that a new constraint makes needless goes, unless nobody wants to hear of such indexes.
const covered = projectOf('snake_casing', false).folder;
const drops = (...words) => must(['plan', '--root', covered, ...words]).out.includes('DROP INDEX CONCURRENTLY "public"."webhooks_workspace_id_idx"');
equal([drops(), drops('--skip', 'redundant-index'), drops('--only', 'ineffective-table-extra')], [true, false, false], 'indexes that become needless');
const sloppy = audit(['plan', '--root', projectOf('ineffective_extras', false).folder]);
check(sloppy.out.includes('-- not in this plan: add index books_author_idx to books: needless: books_title begins with its columns'), 'and are not made', sloppy.out.slice(0, 800));
const sound = audit(['plan', '--root', projectOf('tenant_key', true).folder]);
check(sound.status === 0 && sound.out === '' && sound.err.includes('nothing to plan'), 'a sound schema needs no plan', sound.err);
if (process.getuid() !== 0) {
  const locked = temporaryFolder();
  chmodSync(locked, 0o555);
  refuses(['--out', join(locked, 'plan')], 'cannot make the folder');
  chmodSync(locked, 0o755);
}
refuses(['--out', '/proc/nothing/plan'], 'cannot make the folder');
finish();
