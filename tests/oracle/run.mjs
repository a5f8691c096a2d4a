#!/usr/bin/env node
// The differential test: for every fixture, what drizzle-orm builds from it (it is executed) against what drizzle-audit reads
// from it (it is not). Fails on any wrong fact, on a malformed location, and when too much is unknown.
import { execFile, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareModels, describe, isUnknown, locationProblems, unknownFacts, wrongFacts } from './lib/compare.mjs';
import { linkPackages, listFixtures, makeProject } from './lib/fixtures.mjs';

const USAGE = `usage: node run.mjs [--binary <drizzle-audit>] [--keep <dir>] [--all] [part of a fixture's name...]

  --binary <file>  the program under test; without it only the oracle runs
  --keep <dir>     leave the projects and both models of every fixture there
  --all            every wrong fact, not only the first 10 of a fixture

exit status: 0 all agree, 1 something is wrong, 2 bad usage, 77 packages are not installed (npm ci)`;

/** Largest share of all facts that may be unknown beside those the fixtures declare. */
const UNKNOWN_LIMIT = 0.005;
const TIMEOUT_MS = 60_000;
const PARALLEL = 2;

const here = path.dirname(fileURLToPath(import.meta.url));
let options;
try {
	options = parseArgs({
		allowPositionals: true,
		options: { binary: { type: 'string' }, keep: { type: 'string' }, all: { type: 'boolean' } },
	});
} catch (error) {
	process.stderr.write(`${error.message}\n\n${USAGE}\n`);
	process.exit(2);
}
const { values, positionals } = options;
for (const folder of ['.', 'v1']) {
	if (fs.existsSync(path.join(here, folder, 'node_modules', 'drizzle-orm'))) continue;
	process.stderr.write(`run: no packages in ${path.join(here, folder)}: run \`npm ci\` there\n`);
	process.exit(77);
}
const binary = values.binary && path.resolve(values.binary);
const scratch = values.keep ? path.resolve(values.keep) : fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-oracle-'));

// ---- the oracle's side ------------------------------------------------------

/** Answers jobs in a child process; a new one is started when a fixture ends it. */
function startWorker(ormRoot, tsconfig, links) {
	const env = links ? { ...process.env, NODE_PATH: links } : process.env;
	const child = fork(path.join(here, 'lib', 'worker.mjs'), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env });
	let printed = '';
	child.stderr.on('data', (chunk) => { printed = (printed + chunk).slice(-2000); });
	child.send({ ormRoot, tsconfig });
	return {
		ask: (job) => new Promise((resolve) => {
			const done = (reply) => {
				clearTimeout(timer);
				child.off('message', done).off('exit', died);
				resolve(reply);
			};
			const died = (code, signal) => done({ status: 3, error: `the oracle ended with ${signal ?? code}: ${printed}`, dead: true });
			const timer = setTimeout(() => child.kill(), TIMEOUT_MS);
			child.on('message', done).on('exit', died);
			child.send(job);
		}),
		stop: () => child.disconnect?.(),
	};
}

// ---- our side ---------------------------------------------------------------

function runBinary(args) {
	return new Promise((resolve) => {
		execFile(binary, args, { encoding: 'utf8', timeout: TIMEOUT_MS, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
			resolve({ status: error ? error.code ?? null : 0, signal: error?.signal ?? null, stdout, stderr });
		});
	});
}

const anyUnknown = (value) => isUnknown(value)
	|| (value !== null && typeof value === 'object' && (Object.values(value).some(anyUnknown) || value.incomplete?.length > 0));

/** What is wrong with drizzle-audit's answer; `counts` are added up over all fixtures. */
function judge(item, root, reply, ours) {
	const counts = { facts: 0, equal: 0, unknown: 0, declared: 0, wrong: 0 };
	const failed = (text) => ({ counts: { ...counts, wrong: Math.max(1, counts.wrong) }, lines: [text] });
	const printed = ours.stderr.trim().slice(0, 300);
	if (ours.signal || ![0, 1, 2].includes(ours.status)) return failed(`drizzle-audit ended with ${ours.signal ?? ours.status}: ${printed}`);
	let model = null;
	try {
		model = JSON.parse(ours.stdout);
	} catch {
		if (!item.fails || ours.status !== 2) return failed(`exit status ${ours.status}, no JSON: ${printed}`);
	}
	if (item.fails) {
		const told = ours.status === 2 || ours.stderr.trim() !== '' || anyUnknown(model);
		return told ? { counts, lines: [] } : failed('drizzle-orm cannot build this schema, and drizzle-audit does not notice');
	}
	if (ours.status !== 0) return failed(`exit status ${ours.status}: ${printed}`);
	const result = compareModels(reply.model, model);
	const places = locationProblems(model, root);
	const limit = values.all ? Infinity : 10;
	const lines = [...describe(result, limit), ...places.slice(0, limit).map((text) => `location  ${text}`)];
	Object.assign(counts, { facts: result.facts, equal: result.equal, unknown: unknownFacts(result) });
	let declarations = 0;
	for (const { count, reason } of item.unknown) {
		const facts = result.unknown.filter((entry) => entry.reason.includes(reason)).reduce((sum, entry) => sum + entry.facts, 0);
		if (facts !== count) {
			declarations++;
			lines.push(`unknown   ${facts} facts for a reason with "${reason}", declared are ${count}`);
		}
		counts.declared += Math.min(facts, count);
	}
	counts.wrong = wrongFacts(result) + places.length + declarations;
	if (counts.unknown > counts.declared) {
		const reasons = [...new Set(result.unknown.map((entry) => `${entry.path}: ${entry.reason}`))];
		lines.push(...reasons.slice(0, values.all ? Infinity : 5).map((text) => `unknown   ${text}`));
	}
	return { counts, lines };
}

// ---- all of them ------------------------------------------------------------

const fixtures = listFixtures(positionals);
const report = new Map();
const total = { fixtures: 0, failed: 0, facts: 0, equal: 0, unknown: 0, declared: 0, wrong: 0 };

const rootOf = (item) => path.join(scratch, item.name.replaceAll(path.sep, '__').replace(/\.ts$/, ''));

async function check(item, args, worker) {
	const root = rootOf(item);
	const { entry, hasConfig, dialect, casing } = item;
	const [reply, ours] = await Promise.all([worker.ask({ root, entry, hasConfig, dialect, casing }), binary ? runBinary(args) : null]);
	if (values.keep) {
		fs.writeFileSync(`${root}.oracle.json`, `${JSON.stringify(reply.model ?? reply, null, 1)}\n`);
		if (ours) fs.writeFileSync(`${root}.ours.json`, ours.stdout);
	}
	if (item.fails ? reply.model : !reply.model) {
		return { ...reply, counts: { wrong: 1 }, lines: [item.fails ? 'drizzle-orm was expected to fail' : `the oracle: ${reply.error}`] };
	}
	if (binary) return judge(item, root, reply, ours);
	const facts = item.fails ? 0 : compareModels(reply.model, reply.model).facts;
	const tables = reply.model?.tables.length ?? 0;
	return { counts: { facts, equal: facts, wrong: 0 }, lines: [], note: item.fails ? 'fails, as it should' : `${tables} tables` };
}

/** Fixtures that may share a process: same drizzle-orm, no tsconfig or packages of their own. */
async function batch(items) {
	const ormRoot = path.join(here, items[0].v1 ? 'v1' : '.');
	const tsconfig = items[0].hasTsconfig ? path.join(rootOf(items[0]), 'tsconfig.json') : undefined;
	const projects = items.map((item) => makeProject(item, rootOf(item)));
	const links = items[0].hasPackages ? `${rootOf(items[0])}.links` : undefined;
	if (links) linkPackages(rootOf(items[0]), links);
	let worker = startWorker(ormRoot, tsconfig, links);
	for (const [i, item] of items.entries()) {
		const outcome = await check(item, projects[i], worker);
		report.set(item.name, outcome);
		if (outcome.dead) worker = startWorker(ormRoot, tsconfig, links);
	}
	worker.stop();
}

const isAlone = (item) => item.hasTsconfig || item.hasPackages;
const shared = (v1) => fixtures.filter((item) => item.v1 === v1 && !isAlone(item));
const slices = (items) => Array.from({ length: PARALLEL }, (_, i) => items.filter((__, n) => n % PARALLEL === i))
	.filter((slice) => slice.length > 0);
const batches = [...slices(shared(false)), ...slices(shared(true)), ...fixtures.filter(isAlone).map((item) => [item])];
await Promise.all(Array.from({ length: PARALLEL }, async () => {
	while (batches.length > 0) await batch(batches.shift());
}));

for (const { name } of fixtures) {
	const { counts, lines, note } = report.get(name);
	total.fixtures++;
	for (const key of ['facts', 'equal', 'unknown', 'declared', 'wrong']) total[key] += counts[key] ?? 0;
	if (counts.wrong > 0) total.failed++;
	const numbers = counts.facts === undefined ? '' : `${counts.equal} of ${counts.facts} facts equal`
		+ `${counts.unknown ? `, ${counts.unknown} unknown` : ''}${counts.wrong ? `, ${counts.wrong} wrong` : ''}`;
	process.stdout.write(`${counts.wrong > 0 ? 'FAIL' : 'ok  '} ${name}: ${[numbers, note].filter(Boolean).join(', ')}\n`);
	for (const line of lines) process.stdout.write(`       ${line}\n`);
}
const undeclared = total.unknown - total.declared;
process.stdout.write(`${total.fixtures} fixtures, ${total.failed} failed: ${total.equal} of ${total.facts} facts equal, `
	+ `${total.unknown} unknown (${total.declared} declared), ${total.wrong} wrong\n`);
if (undeclared > total.facts * UNKNOWN_LIMIT) {
	process.stdout.write(`too much is unknown: ${undeclared} facts, the limit is ${Math.floor(total.facts * UNKNOWN_LIMIT)}\n`);
	process.exitCode = 1;
}
if (total.failed > 0 || fixtures.length === 0) process.exitCode = 1;
if (!values.keep) fs.rmSync(scratch, { recursive: true, force: true });
