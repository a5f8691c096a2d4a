// `node bench_generator.mjs bench/generate.mjs`: the same arguments give the same files, another seed others, and as many as asked for.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-audit-generator-'));
function project(name, seed) {
	const folder = path.join(work, name);
	execFileSync('node', [process.argv[2], folder, '--tables', '40', '--files', '120', '--seed', seed]);
	const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)).sort();
	const hash = createHash('sha256');
	for (const file of files) hash.update(`${path.relative(folder, file)}\0`).update(fs.readFileSync(file));
	const tables = files.flatMap((file) => fs.readFileSync(file, 'utf8').match(/= pgTable\(/g) ?? []).length;
	return { files: files.length, tables, hash: hash.digest('hex') };
}
try {
	const [first, again, other] = [project('a', '1'), project('b', '1'), project('c', '2')];
	const right = first.files === 120 && first.tables === 40 && first.hash === again.hash && first.hash !== other.hash;
	process.stdout.write(`${JSON.stringify({ first, again, other }, null, 2)}\n`);
	process.exitCode = right ? 0 : 1;
} finally {
	fs.rmSync(work, { recursive: true, force: true });
}
