#!/usr/bin/env node
// Is the oracle right? Its model of every single-file fixture of drizzle-orm 0.x is compared with drizzle-kit's own snapshot.
// A fixture may say that drizzle-kit rejects it, or differs in one known place (lib/fixtures.mjs).
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listFixtures } from './lib/fixtures.mjs';
import { createOracle } from './lib/snapshot.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const print = console.log;
const fixtures = listFixtures(process.argv.slice(2)).filter((item) => !item.v1 && !item.isFolder);
console.log = console.info = console.debug = console.error;
const oracle = createOracle({ ormRoot: here });

async function problem(item) {
	let kit;
	try {
		({ kit } = await oracle.snapshot([path.join(item.folder, item.entry)], { kit: true, casing: item.casing, dialect: item.dialect }));
	} catch (error) {
		return item.fails ? null : `${error.message}: ${error.cause?.message}`;
	}
	if (item.fails) return 'drizzle-orm was expected to fail';
	if (item.kitRejects !== undefined) {
		if (kit.accepted) return `drizzle-kit accepts it, expected: ${item.kitRejects}`;
		return kit.error.includes(item.kitRejects) ? null : `rejected with: ${kit.error}`;
	}
	if (!kit.accepted) return `drizzle-kit rejects it: ${kit.error}`;
	const rest = kit.differences.filter((text) => item.kitDiffers === undefined || !text.includes(item.kitDiffers));
	if (rest.length > 0) return rest.join('; ');
	return item.kitDiffers !== undefined && kit.differences.length === 0 ? `no longer differs: ${item.kitDiffers}` : null;
}

let failed = 0;
for (const item of fixtures) {
	const text = await problem(item);
	if (text) failed++;
	print(text ? `FAIL ${item.name}: ${text}` : `ok   ${item.name}`);
}
print(failed === 0 ? `${fixtures.length} fixtures, all agree` : `${failed} of ${fixtures.length} failed`);
process.exit(failed === 0 && fixtures.length > 0 ? 0 : 1);
