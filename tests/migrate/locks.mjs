// While indexes are built and constraints validated on a large table, nobody is kept waiting: a writer with a lock timeout of two seconds never
// fails. usage: locks.mjs PROGRAM [ROWS]; DRZ_FULL=1 makes it a million rows.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, equal, finish, must, temporaryFolder } from './common.mjs';
import { startPostgres } from './servers.mjs';
import { projectOf } from './two_schemas.mjs';

const ROWS = Number(process.argv[3] ?? (process.env.DRZ_FULL ? 1000000 : 100000));
const server = startPostgres();
const folder = temporaryFolder();
const plan = join(folder, 'plan');
const project = projectOf('large', false).folder;
must(['plan', '--root', project, '--out', plan]);
server.createDatabase('large');
server.psql('large', { text: must(['schema', '--format', 'sql', '--root', project]).out });
server.query('large', `INSERT INTO organizations (id, slug) SELECT n, 'o' || n FROM generate_series(1, 1000) n;
  INSERT INTO documents (id, organization_id, slug, created_at) SELECT n, n % 1000 + 1, 's' || n, now() FROM generate_series(1, ${ROWS}) n; ANALYZE`);

// Two writers and a long reader beside each other, as fast as they can.
const writes = (from) => `SET lock_timeout = '2s';\n${Array.from({ length: 20000 }, (_, i) => i % 3 === 0
  ? `INSERT INTO documents (id, organization_id, slug, created_at) VALUES (${from + i}, ${(i % 1000) + 1}, 'w${from + i}', now());`
  : i % 3 === 1 ? `UPDATE documents SET slug = 'u${from + i}' WHERE id = ${((i * 37) % ROWS) + 1};`
    : `UPDATE organizations SET slug = slug || 'x' WHERE id = ${(i % 1000) + 1};`).join('\n')}\n`;
function writer(from) {
  const file = join(folder, `writes-${from}.sql`);
  writeFileSync(file, writes(from));
  const client = spawn(join(server.bin, 'psql'), [...server.connection('large'), '-v', 'ON_ERROR_STOP=0', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  client.stderr.on('data', (chunk) => (errors += chunk));
  const gone = new Promise((resolve) => client.on('exit', resolve));
  return { client, gone, errors: () => errors };
}
const runFile = (file) => new Promise((resolve) => {
  const client = server.start('large', join(plan, file));
  let err = '';
  client.stderr.on('data', (chunk) => (err += chunk));
  client.on('exit', (status) => resolve({ status, err }));
});
const written = () => Number(server.query('large', "SELECT n_tup_ins + n_tup_upd FROM pg_stat_user_tables WHERE relname = 'documents'"));

const expanded = await runFile('2_expand.sql');
check(expanded.status === 0, '2_expand.sql', expanded.err);
const writers = [writer(ROWS + 1), writer(ROWS + 100001)];
await new Promise((resolve) => setTimeout(resolve, 500));
const before = written();
for (const file of ['3_concurrent.sql', '4_validate.sql']) {
  const started = Date.now();
  const result = await runFile(file);
  check(result.status === 0, file, result.err);
  console.log(`${file}: ${((Date.now() - started) / 1000).toFixed(1)} s, ${ROWS} rows`);
}
await new Promise((resolve) => setTimeout(resolve, 1100));  // statistics are sent once a second
check(written() > before, 'the writers wrote meanwhile', `${before} → ${written()}`);
console.log(`${written() - before} rows written meanwhile`);
for (const { client, gone, errors } of writers) {
  client.kill();
  await gone;
  equal(errors().split('\n').filter((line) => line.includes('ERROR')), [], 'a writer never fails');
}
const verified = await runFile('verify.sql');
check(verified.status === 0, 'verify.sql', verified.err);
server.stop();
finish();
