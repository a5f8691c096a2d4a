#!/usr/bin/env node
// The differential test of src/types: what it makes of every column and of every pair of a table and a type in cases/, against the
// TypeScript compiler (../oracle/types.mjs). Fails on any disagreement and when too much is unknown.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listFixtures, makeProject, ORM_VERSION } from '../oracle/lib/fixtures.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const oracle = path.join(here, '..', 'oracle');
const ts = createRequire(path.join(oracle, 'types.mjs'))('typescript');
const UNKNOWN_LIMIT = 0.03;
/** print_types prints `?` for what is not worked out; other question marks follow a name or a bracket. */
const UNREAD_INSIDE = /(?<![\w\])}"'>])\?/;
/** Columns of the oracle's fixtures that the program makes in ways no static type follows; what runs is what we say. */
const BEYOND_TYPES = new Map([
	['kit/pg-reuse.ts overridden.flag', 'one spread over another'],
	['own/lang/mutable-objects.ts sharing.a', 'a builder that is changed after it was used'],
	['own/v1/pg-builders.ts all.arrFixed', '`as any` for the dimensions'],
]);
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { binary: { type: 'string' }, 'no-fixtures': { type: 'boolean' }, all: { type: 'boolean' } },
});
if (!values.binary) {
	process.stderr.write('usage: node run.mjs --binary <print_types> [--no-fixtures] [--all] [part of a case\'s name...]\n');
	process.exit(2);
}

// ---- types as text ------------------------------------------------------------

/** The printed type with the members of every union sorted, whatever order the compiler has met them in. */
function normalise(text) {
	const source = ts.createSourceFile('x.ts', `type X = ${text}`, ts.ScriptTarget.Latest, true);
	const walk = (node) => {
		if (ts.isUnionTypeNode(node)) return [...new Set(node.types.map(walk))].sort().join(' | ');
		if (ts.isTypeLiteralNode(node)) return `{ ${node.members.map(walk).sort().join(' ')} }`;
		const children = [];
		ts.forEachChild(node, (child) => { children.push(child); });
		if (ts.isTypeReferenceNode(node) && /^(Buffer|Uint8Array)<ArrayBufferLike>$/.test(node.getText())) return node.typeName.getText();
		let out = '';
		let at = node.getStart();
		for (const child of children) {
			out += source.text.slice(at, child.getStart()) + walk(child);
			at = child.end;
		}
		return out + source.text.slice(at, node.end);
	};
	return walk(source.statements[0].type);
}

// ---- both sides -----------------------------------------------------------------

const run = (command, args) => JSON.parse(execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }));
const compiler = (v1, args) => run('node', [path.join(oracle, 'types.mjs'), ...(v1 ? ['--orm', path.join(oracle, 'v1')] : []), ...args]);
const ours = (args) => run(path.resolve(values.binary), args);
const wanted = (name) => positionals.length === 0 || positionals.some((part) => name.includes(part));

const total = { pairs: 0, properties: 0, columns: 0, unknown: 0, verdicts: 0, wrong: 0 };
const reasons = new Map();
const lines = [];
const wrong = (text) => {
	total.wrong++;
	lines.push(`WRONG   ${text}`);
};
const unknown = (text, reason) => {
	total.unknown++;
	reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
	if (values.all) lines.push(`unknown ${text}: ${reason}`);
};

function compareTypes(where, theirs, own) {
	if (own.unknown) return unknown(where, own.unknown);
	if (UNREAD_INSIDE.test(own.type)) return unknown(where, 'a part of it is not worked out');
	if (normalise(theirs.type) !== normalise(own.type)) wrong(`${where}: the compiler prints ${theirs.type}, we ${own.type}`);
	if (theirs.optional !== own.optional) wrong(`${where}: optional is ${theirs.optional}, we say ${own.optional}`);
	return undefined;
}

function compareColumns(name, theirs, own, strict) {
	for (const table of theirs) {
		const mine = own.find((each) => path.basename(each.table) === path.basename(table.table));
		if (!mine) {
			if (strict) wrong(`${name} ${table.table}: we have no such table`);
			continue; // a view, or a table that is exported twice
		}
		const rest = new Map(mine.properties.map((each) => [each.name, each]));
		for (const property of table.properties) {
			const where = `${name} ${table.table.replace(/.*#/, '')}.${property.name}`;
			const match = rest.get(property.name);
			rest.delete(property.name);
			total.columns++;
			if (!match) {
				if (mine.incomplete) unknown(where, 'the table is incomplete');
				else wrong(`${where}: the compiler has it: ${property.type}`);
			} else if (BEYOND_TYPES.has(where)) unknown(where, BEYOND_TYPES.get(where));
			else if (property.any) unknown(where, 'the compiler says any');
			else compareTypes(where, property, match);
		}
		// Columns that a program computes are in no static type.
		for (const key of rest.keys()) if (strict && !mine.incomplete) wrong(`${name} ${table.table}.${key}: only we have it`);
	}
}

function comparePairs(theirs, own) {
	for (const [i, pair] of theirs.entries()) {
		const mine = own[i];
		const name = path.basename(pair.domain);
		total.pairs++;
		if (mine.unknown) {
			unknown(name, mine.unknown);
			continue;
		}
		for (const key of ['rowToDomain', 'domainToRow']) {
			total.verdicts++;
			if (mine[key]?.unknown) unknown(`${name} ${key}`, mine[key].unknown);
			else if (mine[key] !== pair[key]) wrong(`${name} ${key}: the compiler says ${pair[key]}, we ${mine[key]} at ${mine[`${key}At`]}`);
		}
		for (const property of pair.properties) {
			const match = mine.properties.find((each) => each.name === property.name);
			const where = `${name}.${property.name}`;
			total.properties++;
			if (!match) {
				if (mine.incomplete) unknown(where, mine.incomplete);
				else wrong(`${where}: we have no such property`);
				continue;
			}
			compareTypes(`${where} (row)`, property.table, match.table);
			compareTypes(where, property.domain, match.domain);
			for (const key of ['tableToDomain', 'domainToTable']) {
				total.verdicts++;
				if (match[key].unknown) unknown(`${where} ${key}`, match[key].unknown);
				else if (match[key] !== property[key]) wrong(`${where} ${key}: the compiler says ${property[key]}, we ${match[key]} (row ${property.table.type}, domain ${property.domain.type})`);
			}
		}
		for (const each of mine.properties) {
			if (!pair.properties.some((property) => property.name === each.name)) wrong(`${name}.${each.name}: only we have it`);
		}
	}
}

// ---- cases ------------------------------------------------------------------------

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-types-'));
function project(folder, v1) {
	const root = path.join(scratch, folder.replaceAll(path.sep, '__'));
	fs.cpSync(path.join(here, 'cases', folder), root, { recursive: true });
	fs.writeFileSync(path.join(root, 'package.json'), JSON.stringify({ name: 'case', private: true, dependencies: { 'drizzle-orm': ORM_VERSION[v1 ? 1 : 0] } }));
	return root;
}

for (const [folder, v1] of [['columns', false], ['v1', true]]) {
	if (!wanted(folder)) continue;
	const root = project(folder, v1);
	const files = fs.readdirSync(root).filter((file) => file.endsWith('.ts') && file !== 'shapes.ts');
	for (const insert of [[], ['--insert']]) {
		const theirs = compiler(v1, [...insert, '--columns', ...files.map((file) => path.join(root, file))]);
		const own = ours([...insert, '--columns', root, ...files]);
		for (const file of files) {
			const of = (table) => path.basename(table.table).startsWith(`${file}#`);
			compareColumns(`${folder}/${file}${insert.length > 0 ? ' (insert)' : ''}`, theirs.tables.filter(of), own.filter(of), true);
		}
	}
}
for (const folder of ['language', 'zod']) {
	if (!wanted(folder)) continue;
	const root = project(folder, false);
	for (const file of fs.readdirSync(root).filter((name) => name.endsWith('.ts'))) {
		const text = fs.readFileSync(path.join(root, file), 'utf8');
		const pairs = [...text.matchAll(/^\/\/ pair: (\w+) (\w+)$/gm)].filter(([, , type]) => new RegExp(`(type|interface) ${type}\\b`).test(text));
		if (pairs.length === 0) continue;
		const theirs = compiler(false, pairs.flatMap(([, table, type]) => [`${root}/schema.ts#${table}`, `${root}/${file}#${type}`]));
		comparePairs(theirs.pairs, ours([root, ...pairs.flatMap(([, table, type]) => [`schema.ts#${table}`, `${file}#${type}`])]));
	}
}

// ---- what cannot be worked out -----------------------------------------------------------

/** `// type Name: reason` in cases/bad/types.ts: the reason that is to be given, `any`, `*` for some reason, or that it ends at all. */
if (wanted('bad')) {
	const root = project('bad', false);
	const text = fs.readFileSync(path.join(root, 'types.ts'), 'utf8');
	for (const [, name, property, reason] of text.matchAll(/^\/\/ type (\w+)(?:\.(\w+))?: (.*)$/gm)) {
		const start = Date.now();
		const [pair] = ours([root, 'schema.ts#orders', `types.ts#${name}`]);
		if (Date.now() - start > 10_000) wrong(`bad ${name}: takes ${Date.now() - start} ms`);
		const part = property ? pair.properties.find((each) => each.name === property)?.domain : pair;
		const said = part?.type === 'any' ? 'any' : part?.unknown ?? part?.incomplete;
		const verdict = pair.rowToDomain?.unknown;
		if (reason === 'finishes') continue;
		if (reason === '*' ? !said && !verdict : said !== reason) wrong(`bad ${name}${property ? `.${property}` : ''}: we say ${said ?? verdict ?? 'nothing'}`);
	}
}

// ---- the columns of the oracle's own fixtures -----------------------------------------

if (!values['no-fixtures']) {
	for (const v1 of [false, true]) {
		const items = listFixtures(positionals).filter((item) => item.v1 === v1 && !item.isFolder && !item.fails);
		const roots = items.map((item) => path.join(scratch, item.name.replaceAll(path.sep, '__').replace(/\.ts$/, '')));
		items.forEach((item, i) => makeProject(item, roots[i]));
		const files = items.map((item, i) => path.join(roots[i], item.entry));
		if (files.length === 0) continue;
		const theirs = compiler(v1, ['--columns', ...files]);
		items.forEach((item, i) => {
			const key = path.relative('.', files[i]);
			compareColumns(item.name, theirs.tables.filter(({ table }) => table.startsWith(`${key}#`)), ours(['--columns', roots[i], item.entry]), false);
		});
	}
}

fs.rmSync(scratch, { recursive: true, force: true });
for (const line of lines) process.stdout.write(`${line}\n`);
const all = total.columns + total.verdicts + 2 * total.properties;
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, values.all ? 100 : 12)) process.stdout.write(`unknown ${count} × ${reason}\n`);
process.stdout.write(`${total.pairs} pairs, ${total.properties} properties, ${total.columns} columns, ${total.verdicts} verdicts: `
	+ `${total.wrong} wrong, ${total.unknown} of ${all} unknown\n`);
if (total.unknown > all * UNKNOWN_LIMIT) {
	process.stdout.write(`too much is unknown: the limit is ${Math.floor(all * UNKNOWN_LIMIT)}\n`);
	process.exitCode = 1;
}
if (total.wrong > 0 || all === 0) process.exitCode = 1;
