// Plans for MySQL on a real MariaDB. usage: mysql.mjs PROGRAM
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, equal, finish, must, temporaryFolder } from './common.mjs';
import { startMariadb } from './servers.mjs';
import { fixed as fixedBy, projectOf, statementsOf } from './two_schemas.mjs';

const server = await startMariadb();
const folder = temporaryFolder();
const project = projectOf('mysql_shop', false).folder;
const fixed = fixedBy(project);
equal(statementsOf(fixed), statementsOf(projectOf('mysql_shop', true).folder), '--fix makes the right schema');
const plan = (name, ...words) => {
  must(['plan', '--root', project, '--out', join(folder, name), ...words]);
  return (file) => readFileSync(join(folder, name, file), 'utf8');
};
const TABLES = ['stores', 'pages', 'products', 'reviews', 'wishes'];
const rows = (database) => Object.fromEntries(TABLES.map((t) => [t, Number(server.query(database, `SELECT count(*) FROM ${t}`))]));
const contents = (database) => TABLES.map((t) => server.query(database, `SELECT * FROM ${t} ORDER BY id`)).join('\n');
const schemaOf = (database) => TABLES.map((t) => server.query(database, `SHOW CREATE TABLE ${t}`)).join('\n');

for (const [database, root] of [['shop', project], ['fresh', fixed]]) {
  server.query('', `CREATE DATABASE ${database}`);
  server.query(database, must(['schema', '--format', 'sql', '--root', root]).out);
}
server.query('shop', `INSERT INTO stores SELECT seq, 'store' FROM seq_1_to_5;
  INSERT INTO products (id, store_id, slug, created_at) SELECT seq, IF(seq % 100 = 0, 99, seq % 5 + 1), CONCAT('p', IF(seq % 200 = 7, seq - 5, seq)),
    TIMESTAMPADD(MINUTE, seq, '2024-01-01') FROM seq_1_to_1000;
  INSERT INTO reviews SELECT seq, seq % 1000 + 1, 'r' FROM seq_1_to_3000;
  INSERT INTO wishes SELECT seq, seq % 1000 + 1 FROM seq_1_to_1000;`);
const before = { rows: rows('shop'), contents: contents('shop'), schema: schemaOf('shop') };

const careful = plan('careful');
const preflight = server.mysql('shop', careful('0_preflight.sql'));
check(preflight.status !== 0 && preflight.err.includes('orphans products_store_id_stores_id_fk: rows are in the way'), 'preflight refuses', preflight.err);
check(/^orphans products_store_id_stores_id_fk\t10$/m.test(preflight.out) && /^duplicates products_store_id_slug\t5$/m.test(preflight.out), 'preflight counts', preflight.out);
const refused = server.mysql('shop', careful('1_cleanup.sql'));
check(refused.status !== 0 && refused.err.includes('need a choice'), 'cleanup without choices refuses', refused.err);
equal(contents('shop'), before.contents, 'and changes nothing');
check(server.mysql('shop', careful('2_apply.sql')).status !== 0, 'apply fails while rows are in the way');

const file = plan('plan', '--on-orphans', 'delete', '--on-duplicates', 'keep-newest');
const run = (name) => {
  const result = server.mysql('shop', file(name));
  check(result.status === 0, name, result.err);
};
for (const name of ['1_cleanup.sql', '0_preflight.sql', '2_apply.sql', 'verify.sql']) run(name);
const quarantine = (table, actions = "'delete', 'cascade'") =>
  Number(server.query('shop', `SELECT count(*) FROM drizzle_audit_quarantine_${table} WHERE quarantine_action IN (${actions})`));
const after = rows('shop');
for (const table of ['products', 'reviews']) equal(after[table] + quarantine(table), before.rows[table], `rows of ${table} and of its quarantine are those before`);
equal([quarantine('products'), quarantine('reviews'), quarantine('wishes', "'set null'")], [15, 45, 15], 'rows in the quarantine');
const plain = (text) => text.replace(/KEY `products_store_id\w*` .*\n?/g, '').split(/\\n|\n/).map((line) => line.trim().replace(/,$/, '')).sort().join('\n');
equal(plain(schemaOf('shop')), plain(schemaOf('fresh')), 'the catalogue is that of the fixed schema');
const again = { schema: schemaOf('shop'), contents: contents('shop') };
for (const name of ['1_cleanup.sql', '2_apply.sql', 'verify.sql']) run(name);
equal({ schema: schemaOf('shop'), contents: contents('shop') }, again, 'a second run of every file changes nothing');
run('rollback.sql');
equal(contents('shop'), before.contents, 'rollback.sql brings the rows and references back');
equal(schemaOf('shop'), before.schema, 'and the catalogue');
equal(server.query('shop', "SHOW TABLES LIKE 'drizzle_audit%'"), '', 'and leaves nothing behind');
server.stop();
await server.gone;
finish();
