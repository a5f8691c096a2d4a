// The Debian package: unpacked, and installed by dpkg into a root of its own.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, dist, finish, folder, need, needCommand, program, run, shop, version } from './harness.mjs';

const file = join(dist, `drizzle-audit_${version}_amd64.deb`);
need([file], 'packaging/build deb makes it');
needCommand('dpkg-deb');

const field = (name) => run('dpkg-deb', ['--field', file, name]).stdout.trim();

await check('its fields', () => {
  assert.deepEqual(['Package', 'Version', 'Architecture', 'Depends'].map(field), ['drizzle-audit', version, 'amd64', '']);
  assert.match(field('Description'), /^static analyser for Drizzle ORM schemas\n Reads the TypeScript/);
  assert.ok(field('Maintainer') && field('Section') && Number(field('Installed-Size')) > 1000);
});

await check('files belong to root and lie where Debian wants them', () => {
  const lines = run('dpkg-deb', ['--contents', file]).stdout.trim().split('\n');
  for (const line of lines) assert.match(line, /^\S+ root\/root .* \.\/(usr(\/.*)?)?$/);
  const program = lines.find((line) => line.endsWith(' ./usr/bin/drizzle-audit'));
  assert.match(program, /^-rwxr-xr-x/);
});

const place = folder();
run('dpkg-deb', ['--extract', file, place]);

await check('what is unpacked runs, and brings completions and a man page', () => {
  const unpacked = join(place, 'usr', 'bin', 'drizzle-audit');
  const result = run(unpacked, ['check', '--root', shop, '--format', 'json']);
  assert.deepEqual([result.status, result.stdout], [1, run(program, ['check', '--root', shop, '--format', 'json']).stdout]);
  const share = join(place, 'usr', 'share');
  for (const name of ['copyright', 'THIRD_PARTY_LICENSES']) assert.ok(existsSync(join(share, 'doc', 'drizzle-audit', name)));
  const generated = ['bash-completion/completions/drizzle-audit', 'zsh/vendor-completions/_drizzle-audit', 'fish/vendor_completions.d/drizzle-audit.fish'];
  for (const name of [...generated, 'man/man1/drizzle-audit.1.gz']) assert.ok(statSync(join(share, name)).size > 100, name);
});

await check('dpkg installs and removes it', () => {
  const other = folder();
  for (const name of ['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/dpkg/triggers', 'var/log']) mkdirSync(join(other, name), { recursive: true });
  writeFileSync(join(other, 'var/lib/dpkg/status'), '');
  const words = [`--root=${other}`, '--force-not-root', '--force-script-chrootless', `--log=${join(other, 'log')}`];
  const installed = run('dpkg', [...words, '--install', file]);
  assert.equal(installed.status, 0, installed.stderr);
  assert.equal(run(join(other, 'usr/bin/drizzle-audit'), ['version']).stdout, `drizzle-audit ${version}\n`);
  const removed = run('dpkg', [...words, '--purge', 'drizzle-audit']);
  assert.equal(removed.status, 0, removed.stderr);
  assert.deepEqual(existsSync(join(other, 'usr')) ? readdirSync(join(other, 'usr')) : [], []);
});

finish();
