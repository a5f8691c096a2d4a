#!/usr/bin/env node
// Two models, snapshot.mjs's and `drizzle-audit schema --format json`'s, fact by fact: see lib/compare.mjs.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { compareModels, describe, locationProblems, unknownFacts, wrongFacts } from './lib/compare.mjs';

const USAGE = `usage: node compare.mjs [options] <oracle.json> <reader.json>

  --all         every wrong fact, not only the first 40
  --unknown     also what the reader could not read
  --root <dir>  also check that the reader's locations lie inside the files below this folder
  --json        the result as JSON

exit status: 0 no fact is wrong, 1 otherwise, 2 bad usage`;

let options;
try {
	options = parseArgs({
		allowPositionals: true,
		options: { all: { type: 'boolean' }, unknown: { type: 'boolean' }, root: { type: 'string' }, json: { type: 'boolean' } },
	});
} catch (error) {
	process.stderr.write(`${error.message}\n\n${USAGE}\n`);
	process.exit(2);
}
const { values, positionals } = options;
if (positionals.length !== 2) {
	process.stderr.write(`${USAGE}\n`);
	process.exit(2);
}
const [oracle, reader] = positionals.map((file) => JSON.parse(fs.readFileSync(file, 'utf8')));
const result = compareModels(oracle, reader);
result.locations = values.root ? locationProblems(reader, values.root) : [];
const wrong = wrongFacts(result) + result.locations.length;
if (values.json) {
	process.stdout.write(`${JSON.stringify({ ...result, wrong, unknownFacts: unknownFacts(result) })}\n`);
} else {
	const limit = values.all ? Infinity : 40;
	const lines = [...describe(result, limit), ...result.locations.slice(0, limit).map((text) => `location  ${text}`)];
	if (values.unknown) lines.push(...result.unknown.map((u) => `unknown   ${u.path}: ${u.reason}`));
	for (const line of lines) process.stdout.write(`${line}\n`);
	process.stdout.write(`${result.equal} of ${result.facts} facts equal, ${unknownFacts(result)} unknown, ${wrong} wrong\n`);
}
process.exitCode = wrong === 0 ? 0 : 1;
