// `node check.mjs PROGRAM MODEL.json…`: what PROGRAM (write_model) makes of each model must be accepted by the real parsers of
// Mermaid and DBML and by Graphviz' dot, and hold every table. Exit status 77 when the parsers are not installed (`npm ci` here).
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const [program, ...models] = process.argv.slice(2);
const write = (format, model) => execFileSync(program, [format, model], { encoding: 'utf8', maxBuffer: 1 << 30 });

let mermaid;
let dbml;
try {
	({ default: mermaid } = await import('mermaid'));
	dbml = await import('@dbml/core');
} catch (error) {
	process.stdout.write(`SKIPPED: ${error.message} (run npm ci in tests/unit/schema_writers)\n`);
	process.exit(77);
}
const hasDot = spawnSync('dot', ['-V']).status === 0;
if (!hasDot) process.stdout.write('SKIPPED in part: no dot (Graphviz) on this machine, DOT output is not checked\n');

let failures = 0;
async function check(what, body) {
	try {
		await body();
	} catch (error) {
		failures += 1;
		const diags = error.diags?.map((d) => `${d.location?.start?.line}: ${d.message}`).join('\n');
		process.stdout.write(`FAILED ${what}: ${diags ?? error.stack}\n`);
	}
}
function expectEqual(actual, expected, what) {
	if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`);
}

for (const model of models) {
	const name = path.basename(model);
	// A table that is declared twice is one table everywhere; DBML has none without columns.
	const all = JSON.parse(fs.readFileSync(model, 'utf8')).tables;
	const count = (list) => new Set(list.map((t) => `${t.schema}.${t.name}`)).size;
	const tables = count(all);
	await check(`${name} as Mermaid`, async () => {
		const text = write('mermaid', model);
		await mermaid.parse(text);
		const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
		expectEqual(diagram.db.getEntities().size, tables, 'entities');
	});
	await check(`${name} as DBML`, async () => {
		const database = new dbml.Parser().parse(write('dbml', model), 'dbmlv2');
		expectEqual(database.schemas.flatMap((s) => s.tables).length, count(all.filter((t) => t.columns.length > 0)), 'tables');
	});
	if (hasDot) {
		await check(`${name} as DOT`, async () => {
			const result = spawnSync('dot', ['-Tsvg'], { input: write('dot', model), encoding: 'utf8', maxBuffer: 1 << 30 });
			expectEqual(result.stderr, '', 'messages of dot');
			expectEqual(result.stdout.match(/class="node"/g)?.length ?? 0, tables, 'nodes');
		});
	}
}
process.stdout.write(`${models.length} models, ${failures} failures\n`);
process.exit(failures === 0 ? 0 : 1);
