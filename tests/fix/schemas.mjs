#!/usr/bin/env node
// `node schemas.mjs PROGRAM [name…]`: the example shop and every folder of schemas/, fixed with everything that can be fixed, and completed
// relations. Afterwards: drizzle-orm and drizzle-kit load it, tsc reports nothing (unused imports count), our model of it is the one that
// drizzle-orm builds, nothing fixable is left, and a second run edits nothing. Folders that begin with v1 use drizzle-orm 1.0.
// Exit status 77 when tests/oracle has no packages.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = path.dirname(fileURLToPath(import.meta.url));
const oracle = path.join(here, '..', 'oracle');
const shop = path.join(here, '..', '..', 'examples', 'shop');
const [program, ...only] = process.argv.slice(2);
if (!program) {
	process.stderr.write('usage: node schemas.mjs PROGRAM [name…]\n');
	process.exit(2);
}
if (!fs.existsSync(path.join(oracle, 'node_modules', 'drizzle-kit')) || !fs.existsSync(path.join(oracle, 'v1', 'node_modules', 'drizzle-orm'))) {
	process.stdout.write('SKIPPED: run node install.mjs in tests/oracle\n');
	process.exit(77);
}
const exec = promisify(execFile);
const failures = [];

async function run(cwd, file, ...args) {
	try {
		const { stdout, stderr } = await exec(file, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
		return { status: 0, stdout, stderr };
	} catch (error) {
		return { status: error.code ?? null, stdout: error.stdout ?? '', stderr: error.stderr ?? String(error) };
	}
}

const compilerOptions = { target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', strict: true, noUnusedLocals: true, skipLibCheck: true, noEmit: true, allowJs: true };

/** A copy of the project with its packages; `main` are the files that hold the schema. */
function prepare(name) {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-fix-'));
	const v1 = name.startsWith('v1');
	if (name === 'shop') {
		fs.cpSync(shop, folder, { recursive: true, filter: (from) => !from.includes('node_modules') });
	} else {
		fs.cpSync(path.join(here, 'schemas', name), folder, { recursive: true });
		fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, type: 'module', dependencies: { 'drizzle-orm': v1 ? '1.0.0-rc.4' : '0.45.4' } }));
		fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, exclude: ['drizzle.config.ts'] }));
	}
	const modules = name === 'shop' ? path.join(shop, 'node_modules') : path.join(oracle, v1 ? 'v1' : '', 'node_modules');
	fs.symlinkSync(modules, path.join(folder, 'node_modules'));
	return { name, folder, v1 };
}

const expectClean = (project, what, result) => {
	if (result.status !== 0) failures.push(`${project.name}: ${what} (status ${result.status}):\n${result.stdout}${result.stderr}`.slice(0, 4000));
};

async function check(name) {
	const project = prepare(name);
	const { folder, v1 } = project;
	const tsc = () => run(folder, process.execPath, path.join(oracle, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.');
	const bare = name === 'shop' ? ['--skip', 'redundant-json-column,domain-type-mismatch,domain-enum-drift,json-shape-drift'] : [];  // the shop's code uses the column and these types
	const fixed = await run(folder, program, 'check', '--fix', '--unsafe-fixes', ...bare, '--exit-zero', '--format', 'json');
	expectClean(project, '--fix', fixed);
	if (fixed.status === 0) {
		const report = JSON.parse(fixed.stdout);
		if (report.summary.fixable > 0) failures.push(`${name}: still fixable: ${report.findings.filter((f) => f.fix).map((f) => f.fingerprint)}`);
		const left = report.findings.filter((f) => f.severity === 'error' && !f.suppressed);
		if (left.length > 0) failures.push(`${name}: errors are left: ${left.map((f) => f.fingerprint).join(', ')}`);
		if (!/applied \d+ fix/.test(fixed.stderr) && !name.startsWith('v1')) failures.push(`${name}: nothing was fixed`);
	}
	expectClean(project, 'a second --fix edits again', await run(folder, program, 'check', '--diff', '--unsafe-fixes', ...bare));
	expectClean(project, 'relations --write', await run(folder, program, 'relations', '--write'));
	expectClean(project, 'tsc after', await tsc());
	const again = await run(folder, program, 'relations', '--write');
	if (!again.stderr.includes('the relations are complete')) failures.push(`${name}: relations are not complete after a run: ${again.stderr}`);

	const config = fs.readFileSync(path.join(folder, 'drizzle.config.ts'), 'utf8');
	const entries = [...config.matchAll(/'(\.\/[^']*)'/g)].map((match) => path.join(folder, match[1])).filter((at) => fs.existsSync(at) && !at.endsWith('/drizzle'));
	const extra = path.join(folder, 'relations.ts');
	if (v1 && fs.existsSync(extra) && !entries.includes(extra)) entries.push(extra);
	const snapshot = await run(folder, process.execPath, path.join(oracle, 'snapshot.mjs'), ...(v1 ? ['--orm', path.join(oracle, 'v1', 'node_modules', 'drizzle-orm')] : []), '--tsconfig', path.join(folder, 'tsconfig.json'), ...entries);
	expectClean(project, 'drizzle-orm loads it', snapshot);
	const globs = v1 ? entries.flatMap((at) => ['--schema', path.relative(folder, at)]) : [];
	const ours = await run(folder, program, 'schema', '--format', 'json', ...globs);
	expectClean(project, 'schema', ours);
	if (snapshot.status === 0 && ours.status === 0) {
		const files = ['oracle.json', 'ours.json'].map((file) => path.join(folder, file));
		fs.writeFileSync(files[0], snapshot.stdout);
		fs.writeFileSync(files[1], ours.stdout);
		expectClean(project, 'the models differ', await run(folder, process.execPath, path.join(oracle, 'compare.mjs'), ...files, '--root', folder));
	}
	if (!v1) {
		const kit = await run(folder, process.execPath, path.join(oracle, 'node_modules', 'drizzle-kit', 'bin.cjs'), 'export');
		if (kit.status !== 0 || !kit.stdout.includes('CREATE TABLE')) failures.push(`${name}: drizzle-kit export: ${kit.stdout.slice(0, 500)}${kit.stderr.slice(0, 500)}`);
	}
	if (process.env.DRZ_KEEP) process.stdout.write(`${name}: ${folder}\n`);
	else fs.rmSync(folder, { recursive: true });
}

const installed = fs.existsSync(path.join(shop, 'node_modules'));
if (!installed) process.stdout.write('without the shop: run npm ci in examples/shop\n');
const names = [...(installed ? ['shop'] : []), ...fs.readdirSync(path.join(here, 'schemas')).sort()].filter((name) => only.length === 0 || only.includes(name));
const queue = [...names];
await Promise.all([0, 1].map(async () => {
	for (let name = queue.shift(); name; name = queue.shift()) await check(name);
}));
for (const failure of failures) process.stdout.write(`${failure}\n`);
process.stdout.write(`${names.length} schemas, ${failures.length} failures\n`);
process.exit(names.length > 0 && failures.length === 0 ? 0 : 1);
