// One recipe of docs/hooks.md in a repository of its own. usage: hooks.mjs SOURCE PROGRAM git|pre-commit|husky|lefthook|lint-staged
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [source, program, recipe] = process.argv.slice(2);
const packages = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hooks-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const env = { ...process.env, HOME: folder, PRE_COMMIT_HOME: join(folder, 'pre-commit-home'), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', NO_COLOR: '1' };
for (const who of ['AUTHOR', 'COMMITTER']) Object.assign(env, { [`GIT_${who}_NAME`]: 'A', [`GIT_${who}_EMAIL`]: 'a@example.com' });
// Hooks must not find the program by chance, nor feel that they run in a CI system.
for (const name of ['CI', 'HUSKY', 'LEFTHOOK', 'DRIZZLE_AUDIT_FORMAT', 'GIT_DIR', 'GIT_INDEX_FILE']) delete env[name];

const project = join(folder, 'a shop');
function run(command, words, { ok = true, cwd = project, more = {} } = {}) {
  const result = spawnSync(command, words, { cwd, env: { ...env, ...more }, encoding: 'utf8', timeout: 120_000 });
  const output = `${result.stdout}${result.stderr}`;
  if (ok) assert.equal(result.status, 0, `${command} ${words.join(' ')}: ${result.error ?? ''}${output}`);
  return { status: result.status, output };
}
const git = (...words) => run('git', words);
const write = (path, text) => {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
};

/// What stands in the page under `<!-- file: path -->`.
function recipeFile(path) {
  const page = readFileSync(join(source, 'docs/hooks.md'), 'utf8');
  const [, text] = page.split(`<!-- file: ${path} -->\n\`\`\``)[1]?.match(/^\w*\n([\s\S]*?)```/) ?? [];
  assert(text, `docs/hooks.md has no ${path}`);
  return text;
}

const kHead = 'import { index, pgTable, uuid } from "drizzle-orm/pg-core";\n';
const table = (name, extras = '') => `export const ${name} = pgTable("${name}", { id: uuid("id").primaryKey() }${extras});\n`;
const kBad = ', () => [index("nothing")]';
const kFinding = /error: index\("nothing"\) of (stores|carts) .*\[ineffective-table-extra\]/;

mkdirSync(join(project, 'node_modules', '.bin'), { recursive: true });
symlinkSync(program, join(project, 'node_modules', '.bin', 'drizzle-audit'));
git('init', '-q', '-b', 'main');
write('.gitignore', 'node_modules\n');
write('package.json', '{ "name": "shop", "private": true, "dependencies": { "drizzle-orm": "0.45.2" } }\n');
// An old finding, which must never stop anybody.
write('schema.ts', kHead + table('stores', kBad));
git('add', '.');
git('commit', '-q', '-m', 'first');

/// For pre-commit: a repository of hooks, as a clone of this one would be.
function hookRepository() {
  const hooks = join(folder, 'hooks');
  mkdirSync(join(hooks, 'packaging/pre-commit'), { recursive: true });
  for (const path of ['.pre-commit-hooks.yaml', 'packaging/pre-commit/drizzle-audit-hook']) copyFileSync(join(source, path), join(hooks, path));
  run('git', ['init', '-q'], { cwd: hooks });
  run('git', ['add', '.'], { cwd: hooks });
  run('git', ['commit', '-q', '-m', 'hooks'], { cwd: hooks });
  run('git', ['tag', 'v0.1.0'], { cwd: hooks });
  return hooks;
}

const kRecipes = {
  git() {
    write('.git/hooks/pre-commit', recipeFile('.git/hooks/pre-commit'));
    chmodSync(join(project, '.git/hooks/pre-commit'), 0o755);
  },
  'pre-commit'() {
    if (spawnSync('pre-commit', ['--version']).status !== 0) {
      console.log('skipped: there is no pre-commit here');
      process.exit(77);
    }
    const hooks = hookRepository();
    run('pre-commit', ['validate-manifest', '.pre-commit-hooks.yaml'], { cwd: hooks });
    write('.pre-commit-config.yaml', recipeFile('.pre-commit-config.yaml').replace(/https:\S+/, hooks));
    git('add', '.pre-commit-config.yaml');
    run('pre-commit', ['install']);
    git('commit', '-q', '-m', 'hooks');
    // As its authors would try it.
    const tried = run('pre-commit', ['try-repo', hooks, 'drizzle-audit', '--all-files', '--verbose'], { ok: false });
    assert.match(tried.output, kFinding, 'nothing is staged: everything counts');
    assert.equal(tried.status, 1);
    write('drizzle-audit.json', '{ "presett": "all" }');
    git('add', 'drizzle-audit.json');
    const config = run('pre-commit', ['try-repo', hooks, 'drizzle-audit-config'], { ok: false });
    assert.match(config.output, /presett/);
    assert.equal(config.status, 1);
    git('rm', '-q', '-f', 'drizzle-audit.json');
    const absent = run('pre-commit', ['try-repo', hooks, 'drizzle-audit', '--all-files'], { ok: false, more: { DRIZZLE_AUDIT_BINARY: '/no/program' } });
    assert.notEqual(absent.status, 0);
    const since = run('pre-commit', ['try-repo', hooks, 'drizzle-audit', '--from-ref', 'HEAD~1', '--to-ref', 'HEAD', '--verbose'], { ok: false });
    assert.equal(since.status, 0, since.output);
    write('schema.ts', kHead + table('stores', kBad) + 'export const carts = pgTable("carts", { id: uuid("id").primaryKey(), storeId: uuid("store_id").references(() => stores.id) });\n');
    const before = readFileSync(join(project, 'schema.ts'), 'utf8');
    git('add', 'schema.ts');
    const fixed = run('pre-commit', ['try-repo', hooks, 'drizzle-audit-fix'], { ok: false });
    assert.notEqual(readFileSync(join(project, 'schema.ts'), 'utf8'), before, `nothing was fixed: ${fixed.output}`);
    assert.match(fixed.output, /files were modified by this hook/);
    git('checkout', '-q', 'HEAD', '--', 'schema.ts');
  },
  husky() {
    write('.husky/pre-commit', recipeFile('.husky/pre-commit'));
    run('node', [join(packages, 'husky/bin.js')]);
    git('add', '.husky');
  },
  lefthook() {
    write('lefthook.yml', recipeFile('lefthook.yml'));
    run('node', [join(packages, 'lefthook/bin/index.js'), 'install']);
    git('add', 'lefthook.yml');
  },
  'lint-staged'() {
    write('lint-staged.config.mjs', recipeFile('lint-staged.config.mjs'));
    write('.git/hooks/pre-commit', `#!/bin/sh\nexec node "${join(packages, 'lint-staged/bin/lint-staged.js')}"\n`);
    chmodSync(join(project, '.git/hooks/pre-commit'), 0o755);
    git('add', 'lint-staged.config.mjs');
  },
};
kRecipes[recipe]();
const path = { PATH: `${join(packages, '.bin')}:${env.PATH}` };

// A new finding is refused, and the old one is not mentioned.
write('schema.ts', kHead + table('stores', kBad) + table('carts', kBad));
git('add', 'schema.ts');
const refused = run('git', ['commit', '-m', 'bad'], { ok: false, more: path });
assert.notEqual(refused.status, 0, `the commit was not refused: ${refused.output}`);
assert.match(refused.output, kFinding);
assert.match(refused.output, /carts/);
assert.doesNotMatch(refused.output, /of stores/);

// What is not staged does not count.
write('schema.ts', kHead + table('stores', kBad) + table('carts'));
git('add', 'schema.ts');
write('schema.ts', kHead + table('stores', kBad) + table('carts') + table('later', kBad));
run('git', ['commit', '-m', 'good'], { more: path });
assert.match(git('log', '--format=%s', '-1').output, /good/);
assert.match(readFileSync(join(project, 'schema.ts'), 'utf8'), /later/);
console.log(`${recipe}: refused and accepted as it should`);
