// Makes the npm packages of the programs in dist/programs, as tarballs in dist/npm. Run by packaging/build.
//
// Nothing here names a version: it is the one in CMakeLists.txt. schema.json is what the program prints.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const programs = join(root, 'dist', 'programs');
const staging = join(root, 'dist', 'staging');
const target = join(root, 'dist', 'npm');

const [, version] = /project\(drizzle-audit\s+VERSION ([0-9.]+)/.exec(readFileSync(join(root, 'CMakeLists.txt'), 'utf8'));

const kPlatforms = [
  { name: 'linux-x64', program: 'drizzle-audit', os: 'linux', cpu: 'x64', words: '64-bit Linux, any distribution' },
  { name: 'linux-arm64', program: 'drizzle-audit', os: 'linux', cpu: 'arm64', words: '64-bit Linux on ARM, any distribution' },
  { name: 'win32-x64', program: 'drizzle-audit.exe', os: 'win32', cpu: 'x64', words: '64-bit Windows' },
];

const kCommon = {
  version,
  license: 'MIT',
  keywords: ['drizzle', 'drizzle-orm', 'lint', 'linter', 'schema', 'postgres', 'mysql', 'sqlite', 'static-analysis'],
};

/// Empty folder dist/staging/`name` with the files that every package has.
function stage(name, manifest, page) {
  const folder = join(staging, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2) + '\n');
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  cpSync(join(root, 'packaging', 'THIRD_PARTY_LICENSES'), join(folder, 'THIRD_PARTY_LICENSES'));
  if (page) writeFileSync(join(folder, 'README.md'), page);
  return folder;
}

function pack(folder) {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target], { cwd: folder, encoding: 'utf8' }),
  );
  const file = join(target, filename.replace('@', '').replace('/', '-'));
  console.log(`packaging/build: npm ${statSync(file).size} bytes ${file.slice(root.length + 1)}`);
}

function platformPackage({ name, program, os, cpu, words }) {
  const full = `@drizzle-audit/${name}`;
  const description = `The drizzle-audit program for ${words}`;
  const manifest = { name: full, description, ...kCommon, os: [os], cpu: [cpu], preferUnplugged: true, files: ['bin', 'THIRD_PARTY_LICENSES'] };
  const folder = stage(name, manifest, `# ${full}\n\n${description}. Install [drizzle-audit](https://www.npmjs.com/package/drizzle-audit) instead.\n`);
  mkdirSync(join(folder, 'bin'));
  cpSync(join(programs, name, program), join(folder, 'bin', program));
  pack(folder);
}

function wasmPackage() {
  const name = '@drizzle-audit/wasm';
  const description = 'drizzle-audit as WebAssembly: for platforms without a native program, and as its JavaScript interface';
  const manifest = {
    name,
    description,
    ...kCommon,
    main: 'index.js',
    engines: { node: '>=18' },
    files: ['index.js', 'worker.js', 'hosts.js', 'drizzle-audit.js', 'drizzle-audit.wasm', 'THIRD_PARTY_LICENSES'],
    preferUnplugged: true,
  };
  const folder = stage('wasm', manifest, `# ${name}\n\n${description}. Install [drizzle-audit](https://www.npmjs.com/package/drizzle-audit) instead.\n`);
  for (const file of ['index.js', 'worker.js', 'hosts.js']) cpSync(join(here, 'wasm', file), join(folder, file));
  for (const file of ['drizzle-audit.js', 'drizzle-audit.wasm']) cpSync(join(programs, 'wasm', file), join(folder, file));
  pack(folder);
}

function mainPackage() {
  const manifest = {
    name: 'drizzle-audit',
    description: 'Static analyser for Drizzle ORM schemas: missing foreign keys, indexes, unique constraints, silently dropped declarations',
    ...kCommon,
    bin: { 'drizzle-audit': 'bin/drizzle-audit.js' },
    main: 'index.js',
    types: 'index.d.ts',
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './schema.json': './schema.json',
      './package.json': './package.json',
    },
    files: ['bin', 'lib', 'index.js', 'index.d.ts', 'schema.json', 'THIRD_PARTY_LICENSES'],
    engines: { node: '>=18' },
    dependencies: { '@drizzle-audit/wasm': version },
    optionalDependencies: Object.fromEntries(kPlatforms.map(({ name }) => [`@drizzle-audit/${name}`, version])),
  };
  const folder = stage('drizzle-audit', manifest, readFileSync(join(root, 'docs', 'npm.md'), 'utf8'));
  for (const entry of ['bin', 'lib', 'index.js', 'index.d.ts']) cpSync(join(here, 'drizzle-audit', entry), join(folder, entry), { recursive: true });
  const program = join(programs, 'linux-x64', 'drizzle-audit');
  writeFileSync(join(folder, 'schema.json'), execFileSync(program, ['config', 'schema']));
  pack(folder);
}

for (const folder of [staging, target]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
const made = new Set(existsSync(programs) ? readdirSync(programs) : []);
for (const needed of ['linux-x64', 'wasm']) {
  if (made.has(needed)) continue;
  console.error(`packaging/npm/pack.mjs: dist/programs/${needed} is missing; run packaging/build ${needed} first`);
  process.exit(1);
}
for (const platform of kPlatforms) {
  if (made.has(platform.name)) platformPackage(platform);
}
wasmPackage();
mainPackage();
