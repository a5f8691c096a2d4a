#!/usr/bin/env node
// `node cases.mjs PROGRAM [part of a name…]`: every cases/*.txt is a small project before and after `check --fix`.
//
//   # why, in a line or two
//   == flags --only missing-index        what --fix runs with; `== command relations --write` runs something else
//   == before schema.ts                  a file of the project
//   == after schema.ts                   what it is to be; a file without this section must not change
//   == stderr                            a part of what is said, one line each
//
// A project without drizzle.config.ts gets one that names schema.ts. After every case the same command must find nothing left to edit.
// DRZ_UPDATE=1 writes the `after` sections anew.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const [program, ...parts] = process.argv.slice(2);
if (!program) {
	process.stderr.write('usage: node cases.mjs PROGRAM [part of a name…]\n');
	process.exit(2);
}

function parse(text) {
	const sections = [];
	let about = '';
	for (const line of text.split('\n')) {
		const head = line.match(/^== (\w+) ?(.*)$/);
		if (head) sections.push({ kind: head[1], name: head[2], lines: [] });
		else if (sections.length > 0) sections.at(-1).lines.push(line);
		else about += `${line}\n`;
	}
	for (const section of sections) {
		section.text = section.lines.join('\n');
		// The last line break belongs to the case file.
		if (section !== sections.at(-1)) section.text += '\n';
		section.text = section.text.replaceAll('␍', '\r').replaceAll('␀BOM', '\uFEFF');
	}
	return { about, sections };
}

const unparse = ({ about, sections }) =>
	about + sections.map((s) => `== ${s.kind}${s.name ? ` ${s.name}` : ''}\n${s.text.replaceAll('\r', '␍').replaceAll('\uFEFF', '␀BOM')}`).join('');

function run(folder, args) {
	const result = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
	return { status: result.status, stdout: result.stdout, stderr: result.stderr };
}

const failures = [];
const names = fs.readdirSync(path.join(here, 'cases')).filter((name) => name.endsWith('.txt') && (parts.length === 0 || parts.some((part) => name.includes(part))));
for (const name of names.sort()) {
	const file = path.join(here, 'cases', name);
	const parsed = parse(fs.readFileSync(file, 'utf8'));
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-fix-'));
	const before = new Map(parsed.sections.filter((s) => s.kind === 'before').map((s) => [s.name, s.text]));
	const write = (at, text) => {
		fs.mkdirSync(path.dirname(path.join(folder, at)), { recursive: true });
		fs.writeFileSync(path.join(folder, at), text);
	};
	if (!before.has('package.json')) write('package.json', '{ "name": "case", "dependencies": { "drizzle-orm": "0.45.4" } }\n');
	if (!before.has('drizzle.config.ts')) {
		const text = [...before.values()].join('\n');
		const dialect = text.includes('/mysql-core') ? 'mysql' : text.includes('/sqlite-core') ? 'sqlite' : 'postgresql';
		write('drizzle.config.ts', `export default { dialect: '${dialect}', schema: './schema.ts', out: './drizzle' };\n`);
	}
	for (const [at, text] of before) write(at, text);
	const command = parsed.sections.find((s) => s.kind === 'command')?.name.split(' ');
	const flags = parsed.sections.find((s) => s.kind === 'flags')?.name.split(' ') ?? [];
	const first = run(folder, command ?? ['check', '--fix', ...flags]);
	for (const line of parsed.sections.find((s) => s.kind === 'stderr')?.text.split('\n').filter(Boolean) ?? []) {
		if (!first.stderr.includes(line)) failures.push(`${name}: stderr lacks ${line}\n${first.stderr}`);
	}
	const after = new Map(parsed.sections.filter((s) => s.kind === 'after').map((s) => [s.name, s.text]));
	const now = new Map();
	const walk = (at) => {
		for (const entry of fs.readdirSync(path.join(folder, at), { withFileTypes: true })) {
			const inner = path.posix.join(at, entry.name);
			if (entry.isDirectory()) walk(inner);
			else if (before.has(inner) || !['package.json', 'drizzle.config.ts'].includes(inner)) now.set(inner, fs.readFileSync(path.join(folder, inner), 'utf8'));
		}
	};
	walk('');
	const changed = new Map([...now].filter(([at, text]) => text !== before.get(at)));
	if (process.env.DRZ_UPDATE) {
		const kept = parsed.sections.filter((s) => s.kind !== 'after');
		for (const [at, text] of changed) {
			const place = kept.findLastIndex((s) => s.kind === 'before' || s.kind === 'after');
			kept.splice(place + 1, 0, { kind: 'after', name: at, text });
		}
		fs.writeFileSync(file, unparse({ about: parsed.about, sections: kept }).replace(/\n*$/, '\n'));
	} else {
		for (const at of new Set([...after.keys(), ...changed.keys()])) {
			const wanted = after.get(at) ?? before.get(at);
			const got = now.get(at);
			// The last section of a case file ends with the file.
			if (wanted?.trimEnd() !== got?.trimEnd()) failures.push(`${name}: ${at} is\n${got}\ninstead of\n${wanted}`);
		}
	}
	if (!command) {
		const second = run(folder, ['check', '--diff', ...flags]);
		if (second.status !== 0 || second.stdout !== '') failures.push(`${name}: a second run edits again:\n${second.stdout}${second.stderr}`);
	} else {
		run(folder, command);
		for (const [at, text] of now) {
			if (fs.readFileSync(path.join(folder, at), 'utf8') !== text) failures.push(`${name}: a second run changes ${at} again`);
		}
	}
	fs.rmSync(folder, { recursive: true });
}
for (const failure of failures) process.stdout.write(`${failure}\n`);
process.stdout.write(`${names.length} cases, ${failures.length} failures\n`);
process.exit(names.length > 0 && failures.length === 0 ? 0 : 1);
