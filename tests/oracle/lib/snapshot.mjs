// Schema files -> the model drizzle-orm builds from them. Several schemas may be asked of one oracle, one after the other:
// every file is a module of its own, and drizzle-orm keeps no state between tables.
import path from 'node:path';
import { compare, kitSnapshot } from './kit.mjs';
import { createLoader } from './load.mjs';
import { createModeler, detectDialects } from './model.mjs';

/** `status` is the exit status of snapshot.mjs: 1 bad usage, 2 a file cannot be loaded, 3 drizzle-orm cannot build a model. */
export class SnapshotError extends Error {
	constructor(status, message, cause) {
		super(message, { cause });
		this.status = status;
	}
}

/** @param {Parameters<typeof createLoader>[0]} options */
export function createOracle(options) {
	const loader = createLoader(options);

	/** [export name, value] of every object the files export; one exported twice (say, by a barrel file) counts once. */
	function exportsOf(files) {
		const seen = new Set();
		const exports = [];
		for (const file of files) {
			let loaded;
			try {
				loaded = loader.load(file);
			} catch (error) {
				throw new SnapshotError(2, `cannot load ${file}`, error);
			}
			for (const [name, value] of Object.entries(loaded)) {
				if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) continue;
				seen.add(value);
				exports.push([name, value]);
			}
		}
		return exports;
	}

	/**
	 * @param {string[]} files absolute paths
	 * @param {{ dialect?: string, casing?: string, kit?: boolean, kitJson?: boolean, relativeTo?: string }} [settings]
	 */
	async function snapshot(files, { dialect: wanted, casing, kit: withKit, kitJson, relativeTo = process.cwd() } = {}) {
		const sorted = [...new Set(files.map((file) => path.resolve(file)))].sort();
		const exports = exportsOf(sorted);
		const version = loader.require('drizzle-orm/version').npmVersion;
		if (!version.startsWith('0.') && (withKit || kitJson || casing)) {
			throw new SnapshotError(1, `--kit and --casing are for drizzle-orm 0.x, this is ${version}`);
		}
		try {
			const found = detectDialects(exports, loader.require);
			const dialect = wanted ?? found[0];
			const result = {
				drizzleOrm: version,
				dialect: dialect ?? null,
				otherDialects: found.filter((name) => name !== dialect),
				files: sorted.map((file) => path.relative(relativeTo, file)),
				stubbed: loader.stubbed(),
				...(dialect ? createModeler(dialect, loader.require, casing).model(exports) : { tables: [] }),
			};
			if (dialect && (withKit || kitJson)) {
				const kit = await kitSnapshot(dialect, exports, casing);
				result.kit = kit.ok
					? { accepted: true, warnings: kit.warnings, differences: compare(dialect, result, kit.json) }
					: { accepted: false, error: kit.error };
				if (kitJson) result.kit.json = kit.json ?? null;
			}
			return result;
		} catch (error) {
			throw error instanceof SnapshotError ? error : new SnapshotError(3, 'drizzle-orm cannot build a model from these files', error);
		}
	}

	/** What a drizzle.config exports; `defineConfig` returns its argument. */
	function config(file) {
		const loaded = loader.load(file);
		return loaded.default ?? loaded;
	}

	return { snapshot, config };
}
