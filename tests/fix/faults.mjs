#!/usr/bin/env node
// `node faults.mjs PROGRAM`: what goes wrong while fixes are written. In every case: a clear error, exit status 2, files either as they were
// or whole, and no temporary file left. What needs root (a small file system of its own) is skipped without it.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [program] = process.argv.slice(2);
if (!program) {
	process.stderr.write('usage: node faults.mjs PROGRAM\n');
	process.exit(2);
}
const failures = [];
let count = 0;
const expect = (what, holds, detail = '') => {
	count += 1;
	if (!holds) failures.push(`${what}${detail && `: ${detail}`}`);
};
const table = (name) => `import { integer, pgTable } from "drizzle-orm/pg-core";
import { users } from "./users";

export const ${name} = pgTable("${name}", { id: integer("id").primaryKey(), userId: integer("user_id").references(() => users.id) });
`;
const users = `import { integer, pgTable } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: integer("id").primaryKey() });
`;

function project(folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-fault-'))) {
	fs.mkdirSync(path.join(folder, 'db'), { recursive: true });
	fs.writeFileSync(path.join(folder, 'package.json'), '{ "name": "fault", "dependencies": { "drizzle-orm": "0.45.4" } }\n');
	fs.writeFileSync(path.join(folder, 'drizzle.config.ts'), "export default { dialect: 'postgresql', schema: './db/*.ts' };\n");
	fs.writeFileSync(path.join(folder, 'db/users.ts'), users);
	for (const name of ['a', 'b', 'c']) fs.writeFileSync(path.join(folder, `db/${name}.ts`), table(name));
	return folder;
}
const read = (folder, name) => fs.readFileSync(path.join(folder, 'db', name), 'utf8');
const fix = (folder, ...args) => spawnSync(program, ['check', '--fix', '--only', 'missing-index', '--format', 'concise', ...args], { cwd: folder, encoding: 'utf8' });
const leftovers = (folder) => fs.readdirSync(path.join(folder, 'db')).filter((name) => name.endsWith('.tmp'));
const remove = (folder) => fs.rmSync(folder, { recursive: true, force: true });

{ // permissions and links
	const folder = project();
	fs.chmodSync(path.join(folder, 'db/a.ts'), 0o640);
	fs.renameSync(path.join(folder, 'db/b.ts'), path.join(folder, 'elsewhere.ts'));
	fs.symlinkSync('../elsewhere.ts', path.join(folder, 'db/b.ts'));
	fs.writeFileSync(path.join(folder, 'elsewhere.ts'), table('b').replace('./users', './db/users'));
	const result = fix(folder);
	expect('fixes are applied', result.status === 0 && read(folder, 'a.ts').includes('index('), result.stderr);
	expect('permissions stay', (fs.statSync(path.join(folder, 'db/a.ts')).mode & 0o777) === 0o640);
	expect('a link stays a link', fs.lstatSync(path.join(folder, 'db/b.ts')).isSymbolicLink());
	expect('no temporary file', leftovers(folder).length === 0);
	remove(folder);
}
{ // a read-only file
	const folder = project();
	fs.chmodSync(path.join(folder, 'db/b.ts'), 0o444);
	const result = fix(folder);
	expect('read-only: status 2', result.status === 2, String(result.status));
	expect('read-only: says which file and why', result.stderr.includes('db/b.ts') && result.stderr.includes('read-only'), result.stderr);
	expect('read-only: says what was written before', result.stderr.includes('written before that: db/a.ts'), result.stderr);
	expect('read-only: the one before is whole', read(folder, 'a.ts').includes('index('));
	expect('read-only: it and the one after are as they were', read(folder, 'b.ts') === table('b') && read(folder, 'c.ts') === table('c'));
	expect('read-only: no temporary file', leftovers(folder).length === 0);
	const diff = spawnSync(program, ['check', '--diff', '--only', 'missing-index'], { cwd: folder, encoding: 'utf8' });
	expect('read-only: --diff still shows it', diff.status === 1 && diff.stdout.includes('+++ b/db/b.ts'));
	remove(folder);
}
{ // a file that changes while the fixes are worked out
	const folder = project();
	// Enough tables that there is time; whichever file is written meanwhile must keep what was written.
	const many = Array.from({ length: 400 }, (_, i) => `export const t${i} = pgTable("t${i}", { id: integer("id").primaryKey(), userId: integer("user_id").references(() => users.id) });`).join('\n');
	fs.writeFileSync(path.join(folder, 'db/a.ts'), `import { integer, pgTable } from "drizzle-orm/pg-core";\nimport { users } from "./users";\n\n${many}\n`);
	const before = read(folder, 'a.ts');
	const child = spawn(program, ['check', '--fix', '--only', 'missing-index', '--format', 'concise'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	child.stderr.on('data', (chunk) => { said += chunk; });
	const ended = new Promise((resolve) => child.on('exit', resolve));
	// The file has been read once its access time could have changed; to be sure, it is written over and over until the program ends.
	let running = true;
	let n = 0;
	ended.then(() => { running = false; });
	await new Promise((resolve) => setTimeout(resolve, 60));
	while (running) {
		n += 1;
		fs.appendFileSync(path.join(folder, 'db/a.ts'), `// ${n}\n`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	const status = await ended;
	expect('changed meanwhile: status 2', status === 2, `${status} ${said}`);
	expect('changed meanwhile: says so', said.includes('db/a.ts') && said.includes('changed since it was read'), said);
	expect('changed meanwhile: keeps what was written', read(folder, 'a.ts').startsWith(before) && read(folder, 'a.ts').includes(`// ${n}\n`));
	expect('changed meanwhile: nothing else was written', read(folder, 'b.ts') === table('b'));
	remove(folder);
}
{ // a full disk
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-full-'));
	const mounted = process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
	if (!mounted) {
		process.stdout.write('not tried: a full disk (needs root and mount)\n');
	} else {
		try {
			project(folder);
			// All that is left is used up.
			const filler = fs.openSync(path.join(folder, 'filler'), 'w');
			try {
				for (;;) fs.writeSync(filler, Buffer.alloc(4096));
			} catch {
				fs.closeSync(filler);
			}
			const result = fix(folder);
			expect('full disk: status 2', result.status === 2, String(result.status));
			expect('full disk: says so', result.stderr.includes('No space left'), result.stderr);
			expect('full disk: nothing was written', result.stderr.includes('nothing was written') && ['a', 'b', 'c'].every((name) => read(folder, `${name}.ts`) === table(name)), result.stderr);
			expect('full disk: no temporary file', leftovers(folder).length === 0);
		} finally {
			spawnSync('umount', [folder]);
		}
	}
	remove(folder);
}
{ // usage
	const folder = project();
	const alone = spawnSync(program, ['check', '--unsafe-fixes'], { cwd: folder, encoding: 'utf8' });
	expect('--unsafe-fixes alone is an error', alone.status === 2 && alone.stderr.includes('--fix or --diff'), alone.stderr);
	const diff = spawnSync(program, ['check', '--diff'], { cwd: folder, encoding: 'utf8' });
	expect('--diff: status 1', diff.status === 1);
	const applied = spawnSync('patch', ['-p1', '--dry-run'], { cwd: folder, input: diff.stdout, encoding: 'utf8' });
	if (applied.error === undefined) expect('--diff: patch takes it', applied.status === 0, applied.stdout);
	expect('--diff writes nothing', read(folder, 'a.ts') === table('a'));
	fs.writeFileSync(path.join(folder, 'db/relations.ts'), 'export {};\n');
	const relations = spawnSync(program, ['relations', '--write'], { cwd: folder, encoding: 'utf8' });
	expect('relations: a file that is there is not replaced', relations.status === 2 && relations.stderr.includes('is there already'), relations.stderr);
	remove(folder);
}
for (const failure of failures) process.stdout.write(`FAILED ${failure}\n`);
process.stdout.write(`${count} checks, ${failures.length} failures\n`);
process.exit(failures.length === 0 ? 0 : 1);
