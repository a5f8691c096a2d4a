// Real database servers for tests: throw-away clusters on a unix socket in a temporary folder, stopped and removed at the end. PostgreSQL and
// MariaDB refuse to run as root, so root starts them as another user.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/// CTest's SKIP_RETURN_CODE.
export const SKIPPED = 77;

export function skip(reason) {
  console.log(`SKIPPED: ${reason}`);
  process.exit(SKIPPED);
}

const isRoot = process.getuid() === 0;

function idOf(user, flag) {
  const result = spawnSync('id', [flag, user], { encoding: 'utf8' });
  return result.status === 0 ? Number(result.stdout.trim()) : undefined;
}

/// A folder that the server's user owns.
function folderFor(user) {
  const folder = mkdtempSync(join(tmpdir(), 'drz-db-'));
  chmodSync(folder, 0o755);
  if (isRoot) chownSync(folder, idOf(user, '-u'), idOf(user, '-g'));
  return folder;
}

const as = (user, command) => (isRoot ? ['runuser', '-u', user, '--', ...command] : command);

function call(command, options = {}) {
  const [program, ...words] = command;
  return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });
}

export function postgresFolder() {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).filter((v) => existsSync(join(root, v, 'bin', 'initdb'))) : [];
  if (versions.length > 0) return join(root, versions.sort((a, b) => Number(b) - Number(a))[0], 'bin');
  const found = spawnSync('which', ['initdb'], { encoding: 'utf8' });
  return found.status === 0 ? join(found.stdout.trim(), '..') : undefined;
}

/// A running PostgreSQL: { bin, folder, url(database, user), psql(…), stop() }. Trusts everybody who reaches its socket.
export function startPostgres({ settings = [] } = {}) {
  const bin = postgresFolder();
  if (!bin) skip('no PostgreSQL server on this machine (apt-get install postgresql)');
  const user = isRoot ? (idOf('postgres', '-u') === undefined ? 'nobody' : 'postgres') : undefined;
  const folder = folderFor(user);
  const data = join(folder, 'data');
  const run = (command) => call(as(user, command), { cwd: folder });
  run([join(bin, 'initdb'), '-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']);
  const options = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'autovacuum=off', ...settings];
  // pg_ctl's server keeps pipes open, so its output goes to a file.
  execFileSync(...first(as(user, [join(bin, 'pg_ctl'), '-D', data, '-w', '-l', join(folder, 'log'), '-o',
    options.map((o) => `-c ${o.replace(/=$/, "=''")}`).join(' '), 'start'])), { cwd: folder, stdio: 'ignore' });
  let running = true;
  const stop = () => {
    if (!running) return;
    running = false;
    spawnSync(...first(as(user, [join(bin, 'pg_ctl'), '-D', data, '-m', 'immediate', '-w', 'stop'])), { cwd: folder, stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  const connection = (database, login = 'test') => ['-X', '-q', '-h', folder, '-U', login, '-d', database];
  return {
    bin,
    folder,
    user,
    connection,
    stop,
    url: (database, login = 'test') => `postgres://${login}@/${database}?host=${folder}`,
    /// Runs psql on a text or a file; { status, out, err }.
    psql(database, { file, text, variables = {}, login } = {}) {
      const words = [...connection(database, login), '-v', 'ON_ERROR_STOP=1', '-A', '-t'];
      for (const [name, value] of Object.entries(variables)) words.push('-v', `${name}=${value}`);
      if (file) words.push('-f', file);
      const result = spawnSync(join(bin, 'psql'), words, { encoding: 'utf8', input: file ? '' : text, maxBuffer: 1 << 28 });
      return { status: result.status, out: result.stdout, err: result.stderr };
    },
    /// The result of a query, which must work, as a text: rows are lines, columns are separated by |.
    query(database, text) {
      const result = this.psql(database, { text });
      if (result.status !== 0) throw new Error(`${text}\n${result.err}`);
      return result.out.trim();
    },
    start(database, file) {
      return spawn(join(bin, 'psql'), [...connection(database), '-v', 'ON_ERROR_STOP=1', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    },
    createDatabase: (database, template = 'template0') =>
      call([join(bin, 'createdb'), '-h', folder, '-U', 'test', '-T', template, database]),
    dropDatabase: (database) => call([join(bin, 'dropdb'), '-h', folder, '-U', 'test', '--force', database]),
    /// The catalogue as text, without what differs from run to run.
    dump: (database, ...words) =>
      call([join(bin, 'pg_dump'), '-h', folder, '-U', 'test', '--schema-only', ...words, database], { maxBuffer: 1 << 28 })
        .replace(/^\\(un)?restrict .*$/gm, ''),
  };
}

function first([program, ...words]) {
  return [program, words];
}

/// A running MariaDB: { folder, socket, mysql(database, text), query, stop }; with a port it listens on 127.0.0.1, too. `settings` are lines of
/// its configuration.
export async function startMariadb({ port, settings = [] } = {}) {
  const server = ['/usr/sbin/mariadbd', '/usr/sbin/mysqld', '/usr/libexec/mysqld'].find(existsSync);
  const install = ['/usr/bin/mariadb-install-db', '/usr/bin/mysql_install_db'].find(existsSync);
  if (!server || !install) skip('no MariaDB server on this machine (apt-get install mariadb-server)');
  const user = isRoot ? (idOf('mysql', '-u') === undefined ? 'nobody' : 'mysql') : undefined;
  const folder = folderFor(user);
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  const config = join(folder, 'my.cnf');
  writeFileSync(config, `[mysqld]\ndatadir=${data}\nsocket=${socket}\npid-file=${join(folder, 'pid')}\n${port ? `bind-address=127.0.0.1\nport=${port}` : 'skip-networking'}\n` +
    ['innodb_flush_log_at_trx_commit=0', 'innodb_buffer_pool_size=64M', 'skip-log-bin', ...settings, ''].join('\n'));
  call(as(user, [install, `--defaults-file=${config}`, '--auth-root-authentication-method=normal', '--skip-test-db']), { cwd: folder });
  const [program, words] = first(as(user, [server, `--defaults-file=${config}`]));
  const child = spawn(program, words, { cwd: folder, stdio: 'ignore' });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  let running = true;
  const stop = () => {
    if (!running) return;
    running = false;
    const end = spawnSync('mysqladmin', ['--no-defaults', `--socket=${socket}`, '-u', 'root', 'shutdown'], { stdio: 'ignore' });
    if (end.status !== 0) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  const client = (database, text) =>
    spawnSync('mysql', ['--no-defaults', `--socket=${socket}`, '-u', 'root', '--skip-column-names', '--batch', ...(database ? [database] : [])],
      { encoding: 'utf8', input: text, maxBuffer: 1 << 28 });
  for (let i = 0; client('', 'SELECT 1').status !== 0; ++i) {
    if (i === 100) throw new Error('MariaDB does not answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    folder,
    socket,
    gone,
    stop,
    url: (database) => `mysql://root@localhost/${database}?socket=${socket}`,
    mysql(database, text) {
      const result = client(database, text);
      return { status: result.status, out: result.stdout, err: result.stderr };
    },
    query(database, text) {
      const result = client(database, text);
      if (result.status !== 0) throw new Error(`${text}\n${result.stderr}`);
      return result.stdout.trim();
    },
  };
}
