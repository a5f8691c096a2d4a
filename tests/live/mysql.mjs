// drizzle-audit verify on a real MariaDB: before a plan, after it, drift both ways, that nothing is written, and what keeps it from answering.
// usage: mysql.mjs PROGRAM
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, check, equal, finish, must, temporaryFolder } from '../migrate/common.mjs';
import { startMariadb } from '../migrate/servers.mjs';
import { projectOf } from '../migrate/two_schemas.mjs';
import { answers, auditLater, freePort, checkBefore, until, withCheck } from './common.mjs';

const port = await freePort();
const server = await startMariadb({ port });
const root = projectOf('mysql_shop', false).folder;
server.query('', 'CREATE DATABASE shop');
server.query('shop', must(['schema', '--format', 'sql', '--root', root]).out);
const verify = (...words) => audit(['verify', '--root', root, '--url', server.url('shop'), ...words]);
const json = (...words) => JSON.parse(verify('--format', 'json', ...words).out);

checkBefore(verify, () => server.query('shop', `INSERT INTO stores SELECT seq, 'store' FROM seq_1_to_5;
  INSERT INTO products (id, store_id, slug, created_at) SELECT seq, IF(seq % 20 = 0, 99, seq % 5 + 1), CONCAT('p', IF(seq % 200 = 7, seq - 5, seq)),
    TIMESTAMPADD(MINUTE, seq, '2024-01-01') FROM seq_1_to_1000`));

// ---- nothing is written, whatever plan.json says
const rows = server.query('shop', 'CHECKSUM TABLE stores, pages, products, reviews, wishes');
const plan = join(temporaryFolder(), 'plan');
must(['plan', '--root', root, '--out', plan, '--on-orphans', 'delete', '--on-duplicates', 'keep-newest']);
const document = join(plan, 'plan.json');
for (const statement of ['DELETE FROM products', 'CREATE TABLE mine (id int)', 'SELECT 1; DELETE FROM products', 'COMMIT']) {
  const refused = verify('--plan', withCheck(document, statement));
  check(refused.status === 2 && refused.out === '', `refused: ${statement}`, `${refused.status} ${refused.out}${refused.err}`);
}
equal(server.query('shop', 'CHECKSUM TABLE stores, pages, products, reviews, wishes'), rows, 'no row was touched');
equal(server.query('shop', "SHOW TABLES LIKE 'mine'"), '', 'no table was made');
server.query('', "SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = ON");
verify('--plan', document);
server.query('', 'SET GLOBAL general_log = OFF');
const said = server.query('', "SELECT argument FROM mysql.general_log WHERE command_type = 'Query' AND argument NOT LIKE 'SET GLOBAL%'").split('\n');
check(said.some((line) => line.startsWith('START TRANSACTION') && line.includes('READ ONLY')), 'one read-only transaction', said.join('\n'));
equal(said.filter((line) => !/^(SELECT|SHOW CREATE TABLE|SET (SESSION|NAMES)|START TRANSACTION)/i.test(line)), [], 'nothing but questions');

// ---- after the plan
equal(json('--stage', 'after').drift.map(({ kind, name }) => `${kind} ${name}`).sort(),
  ['missing products_store_id_slug', 'missing products_store_id_stores_id_fk', 'unexpected products_store_id_idx'], 'before the plan its constraints are missing');
for (const file of ['1_cleanup.sql', '2_apply.sql']) server.query('shop', readFileSync(join(plan, file), 'utf8'));
const done = verify('--stage', 'after', '--plan', document);
equal(done.status, 0, `after the plan all is in place: ${done.out}${done.err}`);
server.query('shop', 'ALTER TABLE reviews ADD zap int');
server.query('shop', 'CREATE TABLE extra (id int); ALTER TABLE wishes DROP FOREIGN KEY wishes_product_id_products_id_fk; CREATE INDEX foo ON reviews (text); ALTER TABLE reviews DROP FOREIGN KEY reviews_product_id_products_id_fk; ALTER TABLE reviews ADD CONSTRAINT reviews_product_id_products_id_fk FOREIGN KEY (product_id) REFERENCES products (id) ON UPDATE CASCADE');
const drift = ({ out }) => JSON.parse(out).drift.filter(({ table }) => !table.startsWith('drizzle_audit'))
  .map(({ kind, object, table, name }) => `${kind} ${object} ${table} ${name}`).sort();
const drifted = ['different foreign key reviews reviews_product_id_products_id_fk', 'missing foreign key wishes wishes_product_id_products_id_fk',
  'unexpected column reviews zap', 'unexpected index reviews foo', 'unexpected table extra extra'];
equal(drift(verify('--format', 'json', '--stage', 'after', '--plan', document)), drifted, 'drift both ways');

// ---- what keeps it from answering: status 2, in words, never with a password
server.query('', "CREATE USER bob@localhost IDENTIFIED BY 'geheim'; GRANT SELECT ON shop.* TO bob@localhost; CREATE USER bob@'127.0.0.1' IDENTIFIED BY 'geheim'; GRANT SELECT ON shop.* TO bob@'127.0.0.1'; CREATE USER eve@localhost IDENTIFIED BY 'geheim'");
const url = (login, database = 'shop') => `mysql://${login}@localhost/${database}?socket=${server.socket}`;
const overTcp = `mysql://bob:geheim@127.0.0.1:${port}/shop`;
for (const address of [url('bob:geheim'), overTcp, `${overTcp}?ssl-mode=DISABLED`])
  equal(drift(audit(['verify', '--root', root, '--stage', 'after', '--plan', document, '--format', 'json', '--url', address])), drifted, `a user who may only read sees the same: ${address}`);
for (const [address, words] of [
  [url('bob:geheim-nicht'), 'Access denied'],
  [url('eve:geheim'), 'Access denied'],
  [url('bob:geheim', 'mysql'), 'denied'],
  [url('root', 'nothing'), 'Unknown database'],
  [url('root', ''), 'names no database'],
  ['mysql://bob:geheim@127.0.0.1:1/shop', 'cannot connect'],
  ['mysql://bob:geheim@nowhere.invalid/shop', 'cannot connect'],
  [`${overTcp}?ssl-mode=REQUIRED`, 'the server offers no TLS'],
  [`${url('bob:geheim')}&ssl-mode=REQUIRED`, 'the server offers no TLS'],
  [`${overTcp}?ssl-mode=VERIFY_IDENTITY`, 'cannot connect'],
  [`${url('bob:geheim')}&ssl-mode=sometimes`, 'is not known'],
  ['mysql://bob:geheim@x@127.0.0.1/shop', 'cannot be read'],
  ['postgres://bob:geheim@127.0.0.1/shop', 'the URL is for postgresql'],
]) answers(audit(['verify', '--root', root, '--url', address]), words, address);

// ---- a statement that takes too long, a connection and a server that go while one runs
const slow = withCheck(document, 'SELECT count(*) FROM (SELECT SLEEP(60)) t');
answers(verify('--plan', slow, '--timeout', '1'), '--timeout SECONDS', 'a statement that takes too long');
const running = "SELECT count(*) FROM information_schema.processlist WHERE info LIKE '%SLEEP(60)%' AND id <> CONNECTION_ID()";
for (const [what, end] of [
  ['a connection that is ended', () => server.query('', `KILL ${server.query('', `${running.replace('count(*)', 'id')}`)}`)],
  ['a server that stops', () => server.stop()],
]) {
  const later = auditLater(['verify', '--root', root, '--url', server.url('shop'), '--plan', slow]);
  await until(() => server.query('', running) === '1');
  end();
  answers(await later, 'the connection to the database was lost', what);
}
await server.gone;
answers(verify(), 'cannot connect', 'a server that is gone');

// ---- TLS: a server that has it, by a certificate of its own
const [certificate, key] = ['cert.pem', 'key.pem'].map((name) => join(temporaryFolder(), name));
const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
  '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate]);
if (made.status === 0) {
  chmodSync(key, 0o644);
  const securePort = await freePort();
  const secure = await startMariadb({ port: securePort, settings: [`ssl-cert=${certificate}`, `ssl-key=${key}`] });
  secure.query('', "CREATE DATABASE shop; CREATE USER bob@'127.0.0.1' IDENTIFIED BY 'geheim' REQUIRE SSL; GRANT SELECT ON shop.* TO bob@'127.0.0.1'");
  secure.query('shop', must(['schema', '--format', 'sql', '--root', root]).out);
  const ask = (query) => audit(['verify', '--root', root, '--url', `mysql://bob:geheim@127.0.0.1:${securePort}/shop${query}`]);
  for (const query of ['', '?ssl-mode=PREFERRED', '?ssl-mode=REQUIRED', `?ssl-mode=VERIFY_CA&ssl-ca=${certificate}`, `?ssl-mode=VERIFY_IDENTITY&ssl-ca=${certificate}`])
    equal(ask(query).err, '', `TLS: ${query}`);
  for (const query of ['?ssl-mode=DISABLED', '?ssl-mode=VERIFY_CA', '?ssl-mode=VERIFY_IDENTITY'])
    answers(ask(query), 'cannot connect', `TLS: ${query}`);
  secure.stop();
  await secure.gone;
} else {
  console.log('not tried: TLS (needs openssl)');
}
finish();
