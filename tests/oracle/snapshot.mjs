#!/usr/bin/env node
// Prints the model drizzle-orm builds from Drizzle schema files, as JSON.
// The files are executed. See README.md for the output format.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findTsconfig } from './lib/load.mjs';
import { DIALECTS } from './lib/model.mjs';
import { createOracle } from './lib/snapshot.mjs';

const USAGE = `usage: node snapshot.mjs [options] <schema file or directory>...

  --dialect <name>   ${Object.keys(DIALECTS).join(' | ')} (default: found out)
  --casing <style>   snake_case | camelCase, as in drizzle.config
  --kit              add drizzle-kit's verdict and its disagreements with the model
  --kit-json         the same, with drizzle-kit's whole snapshot
  --stub <package>   replace a package by an inert stub (repeatable)
  --no-stubs         fail on packages that cannot be resolved
  --tsconfig <file>  where to take path aliases from (default: the nearest)
  --orm <directory>  use the drizzle-orm installed there

exit status: 0 done, 1 bad usage, 2 a schema file cannot be loaded,
             3 drizzle-orm cannot build a model from it`;

function fail(status, message, error) {
	process.stderr.write(`snapshot: ${message}\n`);
	if (error) process.stderr.write(`${error.stack ?? error}\n`);
	process.exit(status);
}

/** A directory stands for its files, not for those of its subdirectories (as in drizzle-kit). */
function expand(argument) {
	if (!fs.existsSync(argument)) fail(2, `no such file: ${argument}`);
	if (!fs.statSync(argument).isDirectory()) return [argument];
	return fs.readdirSync(argument, { withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name))
		.map((entry) => path.join(argument, entry.name));
}

let options;
try {
	options = parseArgs({
		allowPositionals: true,
		options: {
			dialect: { type: 'string' },
			casing: { type: 'string' },
			kit: { type: 'boolean' },
			'kit-json': { type: 'boolean' },
			stub: { type: 'string', multiple: true },
			'no-stubs': { type: 'boolean' },
			tsconfig: { type: 'string' },
			orm: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
} catch (error) {
	fail(1, `${error.message}\n\n${USAGE}`);
}
const { values, positionals } = options;
if (values.help) {
	process.stdout.write(`${USAGE}\n`);
	process.exit(0);
}
if (positionals.length === 0) fail(1, `no schema file given\n\n${USAGE}`);
if (values.dialect && !DIALECTS[values.dialect]) fail(1, `unknown dialect: ${values.dialect}`);
if (values.casing && !['snake_case', 'camelCase'].includes(values.casing)) fail(1, `unknown casing: ${values.casing}`);

const files = positionals.flatMap(expand);
if (files.length === 0) fail(2, `no schema files in ${positionals.join(', ')}`);

// Whatever a schema file prints must not end up in the JSON.
console.log = console.info = console.debug = console.error;

const oracle = createOracle({
	ormRoot: path.resolve(values.orm ?? path.dirname(fileURLToPath(import.meta.url))),
	stubs: !values['no-stubs'],
	stub: values.stub ?? [],
	tsconfig: values.tsconfig ?? findTsconfig(path.dirname(path.resolve(files[0]))),
});
try {
	const result = await oracle.snapshot(files, {
		dialect: values.dialect,
		casing: values.casing,
		kit: values.kit,
		kitJson: values['kit-json'],
	});
	process.stdout.write(`${JSON.stringify(result, null, 2)}\n`, () => process.exit(0));
} catch (error) {
	fail(error.status ?? 3, error.message, error.cause ?? error);
}
