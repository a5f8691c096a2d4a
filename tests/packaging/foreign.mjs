// Programs for other platforms, run on this machine. usage: foreign.mjs linux-arm64|win32-x64
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, dist, finish, folder, need, needCommand, program, run, shop, version } from './harness.mjs';

const [platform] = process.argv.slice(2);
const file = join(dist, 'programs', platform, platform === 'win32-x64' ? 'drizzle-audit.exe' : 'drizzle-audit');
need([file, program], 'packaging/build --all makes it');
const emulator = platform === 'win32-x64' ? 'wine64' : 'qemu-aarch64';
const place = folder();
const env = { ...process.env, WINEPREFIX: join(place, 'wine'), WINEDEBUG: '-all', DISPLAY: '', WINEDLLOVERRIDES: 'mscoree,mshtml=' };
const wine = ['/usr/lib/wine/wine64'].find((path) => platform === 'win32-x64' && statSync(path, { throwIfNoEntry: false }));
if (!wine) needCommand(emulator);
const start = (words, options = {}) => run(wine ?? emulator, [file, ...words], { env, ...options });

const project = join(place, 'a project, ünïcode');
cpSync(shop, project, { recursive: true, filter: (path) => !path.endsWith('/node_modules') });

if (platform === 'win32-x64') run(wine ?? emulator, ['wineboot', '--init'], { env });

await check('version', () => {
  const result = start(['version']);
  assert.deepEqual([result.status, result.stdout], [0, `drizzle-audit ${version}\n`], result.stderr);
});

const expected = run(program, ['check', '--format', 'json'], { cwd: project });

await check('the same findings as on x64 Linux, byte by byte', () => {
  const result = start(['check', '--format', 'json'], { cwd: project });
  assert.equal(result.stdout, expected.stdout, result.stderr);
  assert.equal(result.status, expected.status);
});

await check('the other formats and commands', () => {
  for (const words of [['check', '--format', 'sarif'], ['check', '--format', 'concise'], ['schema'], ['schema', '--format', 'sql'], ['rules'], ['config', 'schema']]) {
    assert.equal(start(words, { cwd: project }).stdout, run(program, words, { cwd: project }).stdout, words.join(' '));
  }
});

await check('reports into files', () => {
  writeFileSync(join(project, 'report.json'), 'old');
  assert.equal(start(['check', '--format', 'json', '-o', 'report.json'], { cwd: project }).status, 1);
  assert.equal(readFileSync(join(project, 'report.json'), 'utf8'), expected.stdout);
  mkdirSync(join(project, 'folder'));
  const refused = start(['check', '-o', 'folder'], { cwd: project });
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /cannot write folder: /);
  assert.deepEqual(readdirSync(project).filter((name) => name.includes('.tmp')), []);
});

await check('what is wrong is said', () => {
  const missing = start(['check', '--root', 'no/such/folder'], { cwd: project });
  assert.deepEqual([missing.status, missing.stderr.replace(/\r/g, '')], [2, 'drizzle-audit: error: --root: there is no folder no/such/folder\n']);
  assert.equal(start(['--no-such-flag'], { cwd: project }).status, 2);
});

if (platform === 'win32-x64') {
  await check('paths in Windows’ own writing', () => {
    const native = `Z:${project.replaceAll('/', '\\')}`;
    const result = start(['check', '--format', 'json', '--root', native]);
    assert.equal(result.stdout, expected.stdout, result.stderr);
    const part = start(['check', '--format', 'json', `${native}\\src\\lib\\db\\schema\\ecommerce\\categories.ts`]);
    assert.deepEqual([...new Set(JSON.parse(part.stdout).findings.map(({ location }) => location.path))], ['src/lib/db/schema/ecommerce/categories.ts']);
    const doctor = start(['doctor', '--format', 'json', '--root', native]);
    assert.equal(JSON.parse(doctor.stdout).root, native);
  });
}

console.log(`${statSync(file).size} bytes`);
finish();
