// The WebAssembly build against the native program: the same bytes, the same status, over projects good and bad. And its JavaScript interface.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { check, dist, finish, folder, need, program, root, run, shop } from './harness.mjs';

const wasm = join(dist, 'staging', 'wasm');
need([join(wasm, 'drizzle-audit.wasm'), program], 'packaging/build makes it');
const { auditProject, auditText, DrizzleAuditError } = createRequire(import.meta.url)(wasm);

const command = ['-e', `require(${JSON.stringify(wasm)}).runCommandLine(process.argv.slice(1))`, '--'];

/// Both builds with the same words in the same folder: status, stdout and stderr must agree.
function same(words, options = {}) {
  const native = run(program, words, options);
  const other = run(process.execPath, [...command, ...words], options);
  assert.deepEqual([other.status, other.stderr, other.stdout], [native.status, native.stderr, native.stdout], `${words.join(' ')} in ${options.cwd}`);
  return native;
}

await check('examples/shop in every format of check, byte by byte', () => {
  for (const format of ['json', 'concise', 'pretty', 'sarif', 'markdown', 'html']) {
    const result = same(['check', '--format', format], { cwd: shop });
    assert.equal(result.status, 1);
    assert.ok(result.stdout.length > 1000);
  }
});

await check('examples/shop: the other commands', () => {
  for (const words of [['schema'], ['schema', '--format', 'sql'], ['rules'], ['explain', 'missing-foreign-key'], ['config', 'print'], ['version'], ['check', '--help']]) {
    assert.equal(same(words, { cwd: shop }).status, 0);
  }
});

await check('schemas of the differential test', () => {
  const fixtures = join(root, 'tests', 'oracle', 'fixtures');
  const files = readdirSync(fixtures, { recursive: true }).filter((name) => name.endsWith('.ts')).sort();
  let compared = 0;
  for (const file of files.filter((_, index) => index % 16 === 0)) {
    if (same(['schema', '--root', fixtures, '--schema', file]).status === 0) compared++;
  }
  assert.ok(compared >= 5, `${compared} compared`);
});

await check('what is wrong is said in the same words', () => {
  const empty = folder();
  writeFileSync(join(empty, 'package.json'), '{}');
  const bad = folder();
  mkdirSync(join(bad, 'src'));
  writeFileSync(join(bad, 'drizzle-audit.json'), '{ "rules": { "no-such-rule": "error" } }');
  writeFileSync(join(bad, 'src', 'schema.ts'), 'import { pgTable } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", {\n');
  for (const words of [[], ['check', '--root', '/no/such/folder'], ['no/such/path'], ['--no-such-flag'], ['explain', 'no-such-rule']]) {
    assert.equal(same(words, { cwd: empty }).status, 2);
  }
  assert.equal(same([], { cwd: bad }).status, 2);
  assert.equal(same(['--no-config', '--format', 'concise'], { cwd: bad }).status, 2);
});

await check('odd names, links, large and binary files', () => {
  const odd = folder();
  const source = 'import { integer, pgTable } from "drizzle-orm/pg-core";\nexport const NAME = pgTable("NAME", { id: integer("id").primaryKey() });\n';
  const names = ['with space', "quo'te", 'colon:', 'ünïcode', 'new\nline', 'dollar$', '-dash'];
  names.forEach((name, index) => {
    mkdirSync(join(odd, name));
    writeFileSync(join(odd, name, 'schema.ts'), source.replaceAll('NAME', `t${index}`));
  });
  writeFileSync(join(odd, 'large.ts'), source + ' '.repeat(17 << 20));
  writeFileSync(join(odd, 'binary.ts'), `import "drizzle-orm"; pgTable(\0`);
  symlinkSync('/no/such/place', join(odd, 'broken.ts'));
  symlinkSync(odd, join(odd, 'loop'));
  symlinkSync(join(odd, 'with space', 'schema.ts'), join(odd, 'linked.ts'));
  const result = same(['schema'], { cwd: odd });
  assert.equal(JSON.parse(result.stdout).tables.length, names.length);
  same(['check', '--format', 'json'], { cwd: odd });
});

await check('reports into files: new, replaced, through a link, refused', () => {
  for (const [name, file, words] of [['native', program, []], ['wasm', process.execPath, command]]) {
    const place = folder();
    writeFileSync(join(place, 'old.json'), 'old');
    symlinkSync('old.json', join(place, 'link.json'));
    mkdirSync(join(place, 'folder'));
    const write = (target) => run(file, [...words, 'check', '--root', shop, '--format', 'json', '-o', target], { cwd: place });
    assert.equal(write('new.json').status, 1);
    assert.equal(write('link.json').status, 1);
    assert.deepEqual(readFileSync(join(place, 'old.json')), readFileSync(join(place, 'new.json')), name);
    assert.deepEqual(readdirSync(place).sort(), ['folder', 'link.json', 'new.json', 'old.json']);
    for (const target of ['folder', 'no/such/folder.json']) {
      const refused = write(target);
      assert.equal(refused.status, 2, name);
      assert.match(refused.stderr, /cannot write (folder: Is a directory|no\/such\/folder.json: No such file or directory)/);
    }
    const pipe = 'exec "$@" check --root "$ROOT" --format json -o /dev/stdout | cat; echo "${PIPESTATUS[0]}"';
    const device = run('bash', ['-c', pipe, 'bash', file, ...words], { env: { ...process.env, ROOT: shop } });
    assert.equal(device.stdout, `${readFileSync(join(place, 'new.json'), 'utf8')}1\n`);
  }
});

await check('nesting that the native program reads', () => {
  const deep = folder();
  const nested = (open, close, depth) => `export const x = ${open.repeat(depth)}1${close.repeat(depth)};\n`;
  const table = 'import { integer, pgTable } from "drizzle-orm/pg-core";\nexport const t = pgTable("t", { id: integer("id").primaryKey() });\n';
  for (const [open, close] of [['(', ')'], ['[', ']'], ['{ a: ', ' }'], ['(() => ', ')()'], ['1 + (', ')']]) {
    for (const depth of [300, 690, 20000]) {
      writeFileSync(join(deep, 'schema.ts'), table + nested(open, close, depth));
      same(['check', '--format', 'json'], { cwd: deep });
    }
  }
  writeFileSync(join(deep, 'schema.ts'), `${table}const f = (n: number): number => (n > 0 ? f(n - 1) + 1 : 0);\nexport const u = pgTable("u" + f(100000), {});\n`);
  same(['schema'], { cwd: deep });
});

await check('auditProject resolves to the document of the command line', async () => {
  const native = run(program, ['check', '--format', 'json', '--root', shop]);
  assert.deepEqual(await auditProject(shop), JSON.parse(native.stdout));
  const narrowed = run(program, ['check', '--format', 'json', '--root', shop, '--only', 'missing-foreign-key', '--preset', 'strict']);
  assert.deepEqual(await auditProject(shop, { only: ['missing-foreign-key'], preset: 'strict' }), JSON.parse(narrowed.stdout));
  const categories = join(shop, 'src', 'lib', 'db', 'schema', 'ecommerce', 'categories.ts');
  const paths = new Set((await auditProject(shop, { paths: categories })).findings.map(({ location }) => location.path));
  assert.deepEqual([...paths], ['src/lib/db/schema/ecommerce/categories.ts']);
  const both = await Promise.all([auditProject(shop), auditProject(shop, { skip: 'integrity' })]);
  assert.ok(both[0].findings.length > both[1].findings.length);
});

await check('auditText reads what it is given, and nothing else', async () => {
  const files = {
    'src/schema.ts': `import { integer, pgTable } from 'drizzle-orm/pg-core';
      import { id } from '@/columns';
      export const users = pgTable('users', { id });
      export const posts = pgTable('posts', { id, userId: integer('user_id').notNull() });`,
    'src/columns.ts': `import { integer } from 'drizzle-orm/pg-core'; export const id = integer('id').primaryKey();`,
    'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  };
  const report = await auditText(files, { only: 'missing-foreign-key' });
  assert.deepEqual(report.findings.map(({ rule, location }) => `${rule} ${location.path}:${location.line}`), ['missing-foreign-key src/schema.ts:4']);
  assert.deepEqual([report.coverage.tables, report.coverage.unknowns], [2, 0]);
  const off = await auditText(files, { config: { rules: { 'missing-foreign-key': 'off' } } });
  assert.equal(off.findings.filter(({ rule }) => rule === 'missing-foreign-key').length, 0);
});

await check('what cannot be audited rejects, and says why', async () => {
  const cases = [
    [() => auditText({}), DrizzleAuditError, /^no (table found|drizzle.config and no file that defines tables)/],
    [() => auditText({ 'a.ts': '' }, { dialect: 'oracle' }), DrizzleAuditError, /oracle is none of/],
    [() => auditText({ 'a.ts': '' }, { config: { presett: 'all' } }), DrizzleAuditError, /presett/],
    [() => auditText({ 'a.ts': '' }, { configg: {} }), TypeError, /there is no option configg/],
    [() => auditText({ '../a.ts': '' }), TypeError, /no path relative to the project's root/],
    [() => auditText({ '/a.ts': '' }), TypeError, /no path relative/],
    [() => auditText({ 'a.ts': 1 }), TypeError, /must be a string/],
    [() => auditText({ a: '', 'a/b.ts': '' }), TypeError, /a file and a folder/],
    [() => auditText(null), TypeError, /must be an object/],
    [() => auditProject('/no/such/folder'), DrizzleAuditError, /there is no folder \/no\/such\/folder/],
    [() => auditProject(''), TypeError, /must be a path/],
    [() => auditProject(shop, { only: 'no-such-rule' }), DrizzleAuditError, /there is no rule or category no-such-rule/],
    [() => auditProject(shop, { only: '--help' }), DrizzleAuditError, /there is no rule or category --help/],
  ];
  for (const [call, kind, message] of cases) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof kind, `${error.constructor.name}: ${error.message}`);
      assert.match(error.message, message);
      if (kind === DrizzleAuditError) assert.equal(error.exitStatus, 2);
      return true;
    });
  }
});

await check('size: at most 2 MB gzipped', () => {
  const bytes = readFileSync(join(wasm, 'drizzle-audit.wasm'));
  const packed = gzipSync(bytes, { level: 9 }).length;
  console.log(`drizzle-audit.wasm ${bytes.length} bytes, ${packed} gzipped`);
  assert.ok(packed <= 2_000_000);
});

finish();
