#!/usr/bin/env node
// usage: install.mjs [NPM [FOLDER…]]
// `npm ci` in the folders (this one and v1/), where what package-lock.json pins is not installed yet. Two builds may run it at once: the
// second waits for the first.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const npm = process.argv[2] ?? 'npm';
const here = path.dirname(fileURLToPath(import.meta.url));
const WAIT_MS = 1000;
const STALE_MS = 10 * 60 * 1000;

/** A copy of the lock file left behind by the last complete installation. */
const stampOf = (folder) => path.join(folder, 'node_modules', '.installed-lock.json');
const isInstalled = (folder) => fs.existsSync(stampOf(folder))
	&& fs.readFileSync(stampOf(folder), 'utf8') === fs.readFileSync(path.join(folder, 'package-lock.json'), 'utf8');

function withLock(lock, action) {
	for (;;) {
		try {
			fs.mkdirSync(lock);
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
			const age = Date.now() - (fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
			if (age > STALE_MS) fs.rmSync(lock, { recursive: true, force: true });
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
		}
	}
	try {
		return action();
	} finally {
		fs.rmSync(lock, { recursive: true, force: true });
	}
}

const named = process.argv.slice(3);
for (const folder of named.length > 0 ? named : [here, path.join(here, 'v1')]) {
	if (isInstalled(folder)) continue;
	const status = withLock(path.join(folder, '.install.lock'), () => {
		if (isInstalled(folder)) return 0;
		const run = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
		if (run.status === 0) fs.copyFileSync(path.join(folder, 'package-lock.json'), stampOf(folder));
		return run.status ?? 1;
	});
	if (status !== 0) process.exit(status);
}
