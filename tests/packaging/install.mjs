// The packed tarballs, installed into a fresh project by real package managers, and run. usage: install.mjs npm|pnpm|yarn|yarn-pnp
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, dist, finish, folder, need, program, root, run, shop, tools, version } from './harness.mjs';
import { startRegistry } from './registry.mjs';

const [manager] = process.argv.slice(2);
need([join(dist, 'npm'), program], 'packaging/build makes it');
need([join(tools, 'pnpm')], 'scripts/setup --test installs it');

const registry = await startRegistry(join(dist, 'npm'));
const project = folder();
cpSync(shop, project, { recursive: true, filter: (path) => !path.endsWith('/node_modules') && !path.endsWith('package-lock.json') });
// Without drizzle-orm, which this registry has not: the schema is read, not run.
const manifest = { name: 'fresh', private: true, devDependencies: { 'drizzle-audit': version } };
writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, null, 2));

const home = folder();
const environment = {
  PATH: process.env.PATH,
  HOME: home,
  CI: '1',
  npm_config_registry: registry.address,
  npm_config_cache: join(home, 'npm'),
  ...(manager === 'pnpm' && { npm_config_store_dir: join(home, 'store') }),
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  YARN_NPM_REGISTRY_SERVER: registry.address,
  YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
  YARN_ENABLE_TELEMETRY: '0',
  YARN_PNP_ENABLE_ESM_LOADER: 'true',
  YARN_ENABLE_GLOBAL_CACHE: 'false',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  YARN_CACHE_FOLDER: join(home, 'yarn'),
};
const node = process.execPath;
const pnpm = [node, join(tools, 'pnpm', 'bin', 'pnpm.cjs')];
const yarn = [node, join(tools, 'yarn', 'bin', 'yarn.js')];
const berry = [node, join(tools, '@yarnpkg', 'cli-dist', 'bin', 'yarn.js')];
const kManagers = {
  npm: { install: ['npm', 'install'], exec: ['npx', '--no'] },
  pnpm: { install: [...pnpm, 'install', '--no-frozen-lockfile'], exec: [...pnpm, 'exec'] },
  yarn: { install: [...yarn, 'install', '--non-interactive'], exec: [...yarn, '--silent', 'run'] },
  'yarn-pnp': { install: [...berry, 'install'], exec: [...berry, 'run'] },
};
const { install, exec } = kManagers[manager];

// Asynchronously: the registry answers from this process.
const start = ([file, ...words], more = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, words, { cwd: project, env: { ...environment, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });

if (manager === 'yarn-pnp') writeFileSync(join(project, 'yarn.lock'), '');
const installed = await start(install);
await check(`${manager} installs`, () => assert.equal(installed.status, 0, installed.stdout + installed.stderr));

const native = run(program, ['check', '--format', 'json'], { cwd: project });
await check('the program finds something', () => assert.equal(native.status, 1, native.stderr));

await check('drizzle-audit runs, with the same output and status as the program', async () => {
  const result = await start([...exec, 'drizzle-audit', 'check', '--format', 'json']);
  assert.equal(result.stderr, native.stderr);
  assert.equal(result.stdout, native.stdout);
  assert.equal(result.status, 1);
});

await check('the version is the package’s', async () => {
  const result = await start([...exec, 'drizzle-audit', 'version']);
  assert.equal(result.stdout, `drizzle-audit ${version}\n`);
  assert.equal(result.status, 0);
});

await check('WebAssembly prints the same', async () => {
  // A platform for which there is no package: the launcher asks process.platform.
  const pretend = join(project, 'pretend.cjs');
  writeFileSync(pretend, "Object.defineProperty(process, 'platform', { value: 'sunos' });");
  const NODE_OPTIONS = manager === 'yarn-pnp' ? `--require ${join(project, '.pnp.cjs')} --require ${pretend}` : `--require ${pretend}`;
  const result = await start([...exec, 'drizzle-audit', 'check', '--format', 'json'], { NODE_OPTIONS });
  assert.equal(result.stderr, native.stderr);
  assert.equal(result.stdout, native.stdout);
  assert.equal(result.status, 1);
});

const script = (name, text) => {
  writeFileSync(join(project, name), text);
  return manager === 'yarn-pnp' ? [...berry, 'node', name] : [node, name];
};

await check('the JavaScript interface by import and by require', async () => {
  const body = `const report = await auditProject('.');
    console.log(JSON.stringify({ same: Object.keys(report), errors: report.summary.errors }));`;
  const expected = JSON.parse(native.stdout);
  for (const words of [
    script('use.mjs', `import { auditProject } from 'drizzle-audit';\n${body}`),
    script('use.cjs', `const { auditProject } = require('drizzle-audit');\n(async () => { ${body} })();`),
  ]) {
    const result = await start(words);
    assert.deepEqual(
      JSON.parse(result.stdout || '{}'),
      { same: Object.keys(expected), errors: expected.summary.errors },
      result.stderr,
    );
  }
});

await check('the example of docs/npm.md', async () => {
  const [, example] = /```js\n(.*?)```/s.exec(readFileSync(join(root, 'docs', 'npm.md'), 'utf8'));
  const result = await start(script('example.mjs', example));
  assert.equal(result.stderr, '');
  assert.match(result.stdout, /^\d+\nwarning missing-foreign-key posts\.user_id/);
});

await check('the config’s schema is what the program prints', async () => {
  const words = script('schema.cjs', "process.stdout.write(require('node:fs').readFileSync(require.resolve('drizzle-audit/schema.json')));");
  assert.equal((await start(words)).stdout, run(program, ['config', 'schema']).stdout);
});

await check('only this platform’s program was installed, and no script could have run', () => {
  const asked = new Set(registry.requests.filter((path) => path.startsWith('tarballs/')));
  const foreign = [...asked].filter((path) => /linux-arm64|win32/.test(path));
  if (manager !== 'yarn') assert.deepEqual(foreign, []); // yarn 1 fetches all and installs what fits
  if (existsSync(join(project, 'node_modules', '@drizzle-audit'))) {
    assert.deepEqual(readdirSync(join(project, 'node_modules', '@drizzle-audit')).sort(), ['linux-x64', 'wasm']);
  }
  for (const file of readdirSync(join(dist, 'npm'))) {
    const text = run('tar', ['-xzOf', join(dist, 'npm', file), 'package/package.json']).stdout;
    const { scripts, license, version: packed, dependencies = {}, optionalDependencies = {} } = JSON.parse(text);
    assert.equal(scripts, undefined, file);
    assert.equal(license, 'MIT', file);
    assert.equal(packed, version, file);
    for (const pinned of [...Object.values(dependencies), ...Object.values(optionalDependencies)]) assert.equal(pinned, version, file);
    const names = run('tar', ['-tzf', join(dist, 'npm', file)]).stdout.split('\n');
    for (const wanted of ['package/LICENSE', 'package/THIRD_PARTY_LICENSES', 'package/README.md']) assert.ok(names.includes(wanted), `${file}: ${wanted}`);
  }
});

if (manager === 'npm') {
  await check('the types hold what the document holds', async () => {
    writeFileSync(
      join(project, 'types.mts'),
      `import { auditProject, auditText, DrizzleAuditError, type AuditReport, type Finding } from 'drizzle-audit';
const report: AuditReport = await auditProject('.', { only: ['missing-foreign-key'], config: false, baseline: false, paths: 'src' });
const first: Finding | undefined = report.findings[0];
if (first?.suppressed === null) console.log(first.location.line + report.summary.errors + report.coverage.tables);
await auditText({ 'a.ts': '' }, { dialect: 'mysql', config: { preset: 'strict' } }).catch((error: DrizzleAuditError) => error.exitStatus);
// @ts-expect-error there is no such option
await auditProject('.', { verbose: true });
const document = ${native.stdout};
const typed: AuditReport = document as unknown as AuditReport;
console.log(typed.tool.name);
`,
    );
    const words = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', '--skipLibCheck', 'false', 'types.mts'];
    const result = run(node, [join(tools, 'typescript', 'bin', 'tsc'), ...words], { cwd: project });
    assert.equal(result.status, 0, result.stdout);
  });
}

registry.close();
finish();
