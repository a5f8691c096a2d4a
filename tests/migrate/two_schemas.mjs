// A file of schemas/ as a project: the defective or the fixed schema of it (schemas/README.md).
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOf, equal, here, must, source, temporaryFolder } from './common.mjs';

const modules = join(source, 'examples', 'shop', 'node_modules');

function sourceOf(name, fixed) {
  const lines = readFileSync(join(here, 'schemas', `${name}.ts`), 'utf8').split('\n');
  return lines
    .filter((line) => (fixed ? !line.endsWith('//-') : !/^\s*\/\/\+ /.test(line)))
    .map((line) => line.replace(/\s*\/\/-$/, '').replace(/^(\s*)\/\/\+ /, '$1'))
    .join('\n');
}

export function projectOf(name, fixed) {
  const folder = temporaryFolder();
  const text = sourceOf(name, fixed);
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'schema.ts'), text);
  writeFileSync(join(folder, 'package.json'), '{ "name": "test", "private": true, "type": "module", "dependencies": { "drizzle-orm": "0.45.4" } }\n');
  const casing = /^\/\/ casing: (\S+)/.exec(text)?.[1];
  const dialect = /from 'drizzle-orm\/(\w+)-core'/.exec(text)[1].replace(/^pg$/, 'postgresql');
  writeFileSync(join(folder, 'drizzle.config.ts'),
    `export default { dialect: '${dialect}', schema: './src/schema.ts', out: './drizzle'${casing ? `, casing: '${casing}'` : ''} };\n`);
  symlinkSync(modules, join(folder, 'node_modules'));
  return { folder, casing, dialect };
}

/// A copy of the project as --fix leaves it.
export function fixed(folder) {
  const copy = copyOf(folder);
  symlinkSync(modules, join(copy, 'node_modules'));
  const report = JSON.parse(must(['check', '--fix', '--unsafe-fixes', '--exit-zero', '--format', 'json', '--root', copy]).out);
  equal(report.findings.filter(({ fix }) => fix).map(({ fingerprint }) => fingerprint), [], 'nothing fixable is left');
  return copy;
}

/// What a schema declares, in any order.
export const statementsOf = (folder) =>
  must(['schema', '--format', 'sql', '--root', folder]).out.split('\n').map((line) => line.replace(/,$/, '')).sort().join('\n');
