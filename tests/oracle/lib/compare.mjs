// Compares two schema models, the oracle's and a reader's, fact by fact.
//
// A fact is one leaf: a column's sqlType, a foreign key's referenced table, … Members of a collection are paired by
// identity (schema, name), never by position, so one missing table costs its own facts and no others; the order of
// columns, which is the order in the database, is a fact of its own.
//
// A reader may answer `{ "unknown": "<reason>" }` in place of any value, or put `"incomplete": ["columns", …]` on a
// table, a view or the whole model: what is missing there counts as unknown, not as missing. Anything else that is not
// what the oracle says is wrong, and so is a location that does not lie inside a file (see `locationProblems`).
import fs from 'node:fs';
import path from 'node:path';

/** Keys of a reader that the oracle does not have. */
const READER_ONLY = new Set(['incomplete']);
/** Needs execution, so a reader may leave it out: compared only where it says something. */
const OPTIONAL = new Set(['columnType', 'dataType', 'hasDefault']);
const COLLECTIONS = ['tables', 'enums', 'schemas', 'sequences', 'roles', 'policies', 'views', 'relations'];
/** Collections whose members stand in the database in the order they are written. */
const ORDERED = new Set(['columns']);

/** What tells one member of a collection from another; parts may be unknown. */
const IDENTITY = {
	tables: (t) => [t.schema ?? '', t.name],
	relations: (r) => [r.schema ?? '', r.table, r.key],
	columns: (c) => [c.name ?? c.expression],
	primaryKeys: (k) => [k.columns],
	foreignKeys: (k) => (k.columns ? [k.columns, '->', k.foreignTable, k.foreignColumns] : ['error']),
	indexes: (i) => [Array.isArray(i.columns) ? i.columns.map((c) => c?.name ?? c?.expression) : i.columns, i.where?.text ?? i.where ?? ''],
	uniques: (u) => [u.columns],
	ignoredExtras: (e) => [e.kind, e.text ?? ''],
	default: (x) => [x.schema ?? '', x.table ?? '', x.name],
};
/** Tells members apart when the identity itself is unknown. */
const FALLBACK = ['key', 'export', 'name'];

export const isUnknown = (value) => value !== null && typeof value === 'object' && !Array.isArray(value) && value.unknown !== undefined;
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isCollection = (value) => Array.isArray(value) && value.some((member) => isObject(member) && !isUnknown(member));
const skipped = (key) => key.startsWith('location') || READER_ONLY.has(key);

function identity(collection, member) {
	if (!isObject(member) || isUnknown(member)) return null;
	const parts = (IDENTITY[collection] ?? IDENTITY.default)(member).flat(2);
	return parts.some(isUnknown) ? null : parts.join(',');
}

/** How many facts a value of the oracle's stands for. */
function weight(value) {
	if (isCollection(value)) return value.reduce((sum, member) => sum + 1 + weight(member), 0);
	if (Array.isArray(value)) return value.length > 0 ? 1 : 0;
	if (!isObject(value)) return value === undefined ? 0 : 1;
	return Object.entries(value).reduce((sum, [key, inner]) => sum + (skipped(key) || OPTIONAL.has(key) ? 0 : weight(inner)), 0);
}

/**
 * @param {object} oracle
 * @param {object} reader
 * @returns {{ facts: number, equal: number, unknown: { path: string, reason: string, facts: number }[], different: object[],
 *   missing: string[], extra: string[] }}
 */
export function compareModels(oracle, reader) {
	const result = { facts: 0, equal: 0, unknown: [], different: [], missing: [], extra: [] };
	const at = (where, key) => (where ? `${where}/${key}` : key);

	const unknown = (where, facts, reason) => {
		if (facts === 0) return;
		result.facts += facts;
		result.unknown.push({ path: where, reason, facts });
	};
	const missing = (where, facts) => {
		if (facts === 0) return;
		result.facts += facts;
		result.missing.push(where);
	};
	const leaf = (where, expected, actual) => {
		result.facts++;
		if (JSON.stringify(expected) === JSON.stringify(actual)) result.equal++;
		else result.different.push({ path: where, oracle: expected, reader: actual });
	};

	/** [oracle member | undefined, reader member | undefined, identity] */
	function pairs(collection, expected, actual) {
		const byIdentity = new Map();
		const add = (member, side, id) => {
			let slot = 0;
			while (byIdentity.get(`${id}#${slot}`)?.[side] !== undefined) slot++;
			const entry = byIdentity.get(`${id}#${slot}`) ?? [undefined, undefined, slot ? `${id}#${slot}` : id];
			entry[side] = member;
			byIdentity.set(`${id}#${slot}`, entry);
		};
		for (const member of expected) add(member, 0, identity(collection, member));
		const nameless = [];
		for (const member of actual) {
			const id = identity(collection, member);
			if (id === null) nameless.push(member);
			else add(member, 1, id);
		}
		const list = [...byIdentity.values()];
		for (const member of nameless) {
			const alike = list.find((pair) => pair[1] === undefined
				&& FALLBACK.some((key) => typeof member?.[key] === 'string' && member[key] === pair[0][key]))
				?? list.find((pair) => pair[1] === undefined);
			if (alike) alike[1] = member;
			else list.push([undefined, member, `unknown ${member?.key ?? member?.export ?? ''}`]);
		}
		return list;
	}

	function compareCollection(where, expected, actual, excused) {
		const collection = where.split('/').at(-1);
		const list = pairs(collection, expected, actual);
		for (const [ours, theirs, id] of list) {
			const here = at(where, id);
			if (theirs === undefined) {
				(excused ? unknown(here, 1 + weight(ours), 'incomplete') : missing(here, 1 + weight(ours)));
			} else if (ours === undefined) {
				result.extra.push(here);
			} else {
				leaf(here, 'present', 'present');
				compareValue(here, ours, theirs);
			}
		}
		if (ORDERED.has(collection)) {
			const paired = list.filter((pair) => pair[0] && pair[1]);
			const order = (side, source) => source.map((member) => paired.find((pair) => pair[side] === member)?.[2]).filter(Boolean);
			leaf(at(where, '@order'), order(0, expected), order(1, actual));
		}
	}

	function compareValue(where, expected, actual, excused = false) {
		if (isUnknown(actual)) unknown(where, Math.max(1, weight(expected)), actual.unknown);
		else if (expected === undefined) result.extra.push(where);
		else if (actual === undefined) (excused ? unknown(where, weight(expected), 'incomplete') : missing(where, weight(expected)));
		else if (isCollection(expected) || isCollection(actual)) {
			if (!Array.isArray(expected) || !Array.isArray(actual)) leaf(where, expected, actual);
			else compareCollection(where, expected, actual, excused);
		} else if (isObject(expected) && isObject(actual)) {
			const incomplete = actual.incomplete ?? [];
			for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
				if (skipped(key) || (OPTIONAL.has(key) && (actual[key] === undefined || expected[key] === undefined))) continue;
				compareValue(at(where, key), expected[key], actual[key], incomplete.includes(key));
			}
		} else if (Array.isArray(actual) && actual.some(isUnknown)) unknown(where, Math.max(1, weight(expected)), actual.find(isUnknown).unknown);
		else leaf(where, expected, actual);
	}

	leaf('dialect', oracle.dialect, reader.dialect);
	for (const collection of COLLECTIONS) {
		compareValue(collection, oracle[collection] ?? [], reader[collection], (reader.incomplete ?? []).includes(collection));
	}
	return result;
}

// ---- locations --------------------------------------------------------------

/** Collections whose members each stand somewhere in the source. */
const LOCATED = new Set([
	...COLLECTIONS, 'columns', 'primaryKeys', 'foreignKeys', 'indexes', 'uniques', 'checks', 'ignoredExtras', 'policies',
]);

/** What is wrong with the locations of a reader's model, whose paths are relative to `root`. */
export function locationProblems(model, root) {
	const problems = [];
	const lines = new Map();
	const linesOf = (file) => {
		if (!lines.has(file)) {
			const full = path.join(root, file);
			const inside = !path.isAbsolute(file) && !path.relative(root, full).startsWith('..');
			lines.set(file, inside && fs.existsSync(full) ? fs.readFileSync(full, 'utf8').replace(/^\uFEFF/, '').split(/\r\n|\n|\r/) : null);
		}
		return lines.get(file);
	};
	const check = (where, location) => {
		const { path: file, line, column, endLine, endColumn } = location ?? {};
		const complain = (text) => problems.push(`${where}: ${text} ${JSON.stringify(location)}`);
		if (typeof file !== 'string' || ![line, column, endLine, endColumn].every((n) => Number.isInteger(n) && n >= 1)) {
			return complain('no well-formed location');
		}
		const text = linesOf(file);
		if (!text) return complain('the file does not exist below the root');
		if (line > text.length || endLine > text.length) return complain(`${file} has ${text.length} lines`);
		// A column points at a UTF-16 unit, or just behind the last one.
		const isBehind = column > text[line - 1].length + 1 || endColumn > text[endLine - 1].length + 1;
		if (isBehind) return complain('a column behind the end of its line');
		if (endLine < line || (endLine === line && endColumn <= column)) return complain('empty or backwards');
		return undefined;
	};
	const visit = (value, where, collection) => {
		if (Array.isArray(value)) {
			const of = where.split('/').at(-1);
			return value.forEach((member, i) => visit(member, `${where}/${member?.name ?? member?.key ?? i}`, of));
		}
		if (!isObject(value)) return undefined;
		const needed = isUnknown(value) || (LOCATED.has(collection) && !/\/(indexes|views)\/[^/]*\/columns\//.test(`/${where}`));
		if (needed || value.location !== undefined) check(where, value.location);
		for (const [key, inner] of Object.entries(value)) if (!key.startsWith('location')) visit(inner, at(where, key));
		return undefined;
	};
	const at = (where, key) => (where ? `${where}/${key}` : key);
	for (const collection of [...COLLECTIONS, 'unknowns']) visit(model[collection] ?? [], collection);
	return problems;
}

/** Text for people: one line a wrong fact. A member that is missing (or extra) as a whole is told once. */
export function describe(result, limit = 40) {
	const lines = [
		...result.different.map((d) => `different ${d.path}: oracle ${JSON.stringify(d.oracle)}, reader ${JSON.stringify(d.reader)}`),
		...result.missing.map((where) => `missing   ${where}`),
		...result.extra.map((where) => `extra     ${where}`),
	];
	return lines.length > limit ? [...lines.slice(0, limit), `… and ${lines.length - limit} more`] : lines;
}

export const wrongFacts = (result) => result.different.length + result.missing.length + result.extra.length;
export const unknownFacts = (result) => result.unknown.reduce((sum, entry) => sum + entry.facts, 0);
