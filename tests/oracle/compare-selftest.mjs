#!/usr/bin/env node
// Does the comparer see what is wrong? Real models are changed in every way a reader can err, one change at a time; each must be
// reported. Without this a differential test that passes proves nothing.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareModels, locationProblems, unknownFacts, wrongFacts } from './lib/compare.mjs';
import { createOracle } from './lib/snapshot.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const print = console.log;
console.log = console.info = console.debug = console.error;
const oracle = createOracle({ ormRoot: here });
const SAMPLES = ['pg-constraints.ts', 'pg-relations.ts', 'pg-views-rls.ts', 'pg-silent.ts', 'mysql-constraints.ts', 'sqlite.ts'];
/** The comparer leaves these to the reader's discretion. */
const FREE = new Set(['columnType', 'dataType', 'hasDefault', 'location', 'incomplete']);
const TOP = ['tables', 'enums', 'schemas', 'sequences', 'roles', 'policies', 'views', 'relations'];

let checks = 0;
const failures = [];
const expect = (ok, text) => {
	checks++;
	if (!ok) failures.push(text);
};
const clone = (value) => JSON.parse(JSON.stringify(value));
const other = (value) => {
	if (typeof value === 'string') return `${value}x`;
	if (typeof value === 'number') return value + 1;
	if (typeof value === 'boolean') return !value;
	return 'not null';
};

/** Every [container, key, path] below `value` that the comparer must care about. */
function* places(value, where = '') {
	for (const [key, inner] of Object.entries(value)) {
		if (FREE.has(key)) continue;
		yield [value, key, `${where}/${key}`];
		if (inner !== null && typeof inner === 'object') yield* places(inner, `${where}/${key}`);
	}
}

for (const name of SAMPLES) {
	const model = clone(await oracle.snapshot([path.join(here, 'fixtures', 'kit', name)]));
	const parts = Object.fromEntries(TOP.map((key) => [key, model[key]]));
	const reader = { dialect: model.dialect, ...clone(parts) };
	const same = compareModels(model, reader);
	const isSame = wrongFacts(same) === 0 && unknownFacts(same) === 0 && same.equal === same.facts && same.facts > 50;
	expect(isSame, `${name}: a model differs from itself`);
	expect(wrongFacts(compareModels(model, { ...reader, dialect: 'gel' })) > 0, `${name}: another dialect`);

	for (const [container, key, where] of places(Object.fromEntries(TOP.map((k) => [k, reader[k]])))) {
		if (TOP.includes(key) && where === `/${key}`) continue;
		const before = container[key];
		const wrong = () => wrongFacts(compareModels(model, reader));
		const empty = before !== null && typeof before === 'object' && Object.keys(before).length === 0;
		if (before === null || typeof before !== 'object') {
			container[key] = other(before);
			expect(wrong() > 0, `${name}: changed ${where}`);
		}
		if (!empty) {
			if (Array.isArray(container)) container.splice(Number(key), 1);
			else delete container[key];
			const result = compareModels(model, reader);
			expect(wrongFacts(result) > 0, `${name}: removed ${where}`);
			if (Array.isArray(container)) container.splice(Number(key), 0, before);
		}
		if (Array.isArray(container)) {
			container.push(clone(before));
			expect(wrong() > 0, `${name}: twice ${where}`);
			container.pop();
		} else {
			const keys = Object.keys(container);
			container[key] = { unknown: 'because', location: {} };
			const result = compareModels(model, reader);
			// An unknown where a name should be cannot be paired for sure, but it never counts as equal.
			expect(empty || unknownFacts(result) > 0 || wrongFacts(result) > 0, `${name}: unknown ${where}`);
			if (!keys.includes(key)) delete container[key];
		}
		container[key] = before;
	}
	const again = compareModels(model, reader);
	expect(wrongFacts(again) === 0, `${name}: the sample was not restored`);

	for (const [i, table] of reader.tables.entries()) {
		if (table.columns.length < 2 || new Set(table.columns.map((c) => c.name)).size < table.columns.length) continue;
		table.columns.reverse();
		expect(wrongFacts(compareModels(model, reader)) === 1, `${name}: columns of ${i} in another order`);
		table.columns.reverse();
		table.surprise = 1;
		expect(wrongFacts(compareModels(model, reader)) > 0, `${name}: a key nobody knows`);
		delete table.surprise;
		const columns = table.columns;
		table.columns = columns.slice(1);
		table.incomplete = ['columns'];
		const result = compareModels(model, reader);
		expect(wrongFacts(result) === 0 && unknownFacts(result) > 5, `${name}: incomplete columns count as unknown`);
		table.columns = [...columns, { ...columns[0], name: 'invented' }];
		expect(wrongFacts(compareModels(model, reader)) > 0, `${name}: incomplete does not excuse inventions`);
		table.columns = columns;
		delete table.incomplete;
	}
}

// Locations.
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-oracle-'));
fs.writeFileSync(path.join(root, 'a.ts'), 'first line\nsecond\n');
const located = (location) => ({ tables: [{ name: 't', columns: [], location }] });
const good = { path: 'a.ts', line: 1, column: 1, endLine: 2, endColumn: 7 };
expect(locationProblems(located(good), root).length === 0, 'a good location');
const BAD = [
	undefined, {}, { ...good, path: 'b.ts' }, { ...good, path: '../a.ts' }, { ...good, path: path.join(root, 'a.ts') }, { ...good, line: 0 },
	{ ...good, line: 9, endLine: 9 }, { ...good, column: 40 }, { ...good, endColumn: 40 }, { ...good, endColumn: 1.5 },
	{ ...good, line: 2, column: 3, endColumn: 2 }, { ...good, endLine: 1, endColumn: 1 }, { ...good, column: '1' },
];
for (const location of BAD) expect(locationProblems(located(location), root).length === 1, `location ${JSON.stringify(location)}`);
for (const collection of ['columns', 'primaryKeys', 'foreignKeys', 'indexes', 'uniques', 'checks', 'policies', 'ignoredExtras']) {
	const model = { tables: [{ name: 't', location: good, [collection]: [{ name: 'x' }] }] };
	expect(locationProblems(model, root).length === 1, `${collection} without a location`);
}
expect(locationProblems({ tables: [{ name: { unknown: 'x' }, location: good }] }, root).length === 1, 'an unknown without a location');
fs.rmSync(root, { recursive: true });

for (const text of failures.slice(0, 40)) print(`not noticed: ${text}`);
print(`${checks} checks, ${failures.length} failed`);
process.exit(failures.length === 0 && checks > 1000 ? 0 : 1);
