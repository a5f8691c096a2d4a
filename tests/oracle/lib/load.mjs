// Loads TypeScript schema files the way drizzle-kit 0.31 does: tsx's CommonJS
// hook plus require(). Two additions make it usable on schemas taken out of
// their project:
//   - drizzle-orm always resolves to one chosen copy (see `ormRoot`);
//   - other packages that cannot be resolved are replaced by an inert stub.
import fs from 'node:fs';
import Module, { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Marks a stub, so that a stub used as a value can be told from real data. */
export const STUB = Symbol('drizzle-oracle.stub');

// Packages that exist only to throw when imported outside a bundler.
const ALWAYS_STUBBED = new Set(['server-only', 'client-only']);

const isBare = (request) => !/^(\.{1,2}(\/|$)|\/|node:)/.test(request);
const isDrizzleOrm = (request) => /^drizzle-orm(\/|$)/.test(request);

/**
 * A value that accepts any use (call, `new`, property read, interpolation)
 * and never throws. Spreading it adds nothing.
 */
export function makeStub(label) {
	const target = function stub() {};
	const stub = new Proxy(target, {
		get(_, key) {
			if (key === STUB) return label;
			if (key === '__esModule') return true;
			if (key === 'then') return undefined; // must not look like a promise
			if (key === Symbol.toPrimitive) return () => `<stub:${label}>`;
			if (key === Symbol.iterator) return function* () {};
			if (key === 'prototype') return target.prototype;
			return typeof key === 'symbol' ? undefined : makeStub(`${label}.${key}`);
		},
		apply: () => makeStub(`${label}()`),
		construct: () => makeStub(`new ${label}`),
	});
	return stub;
}

/**
 * A stub to return from require(). esbuild's interop copies a module's own
 * properties onto an object that inherits the module's prototype, so any named
 * import is answered there.
 */
function makeModuleStub(request) {
	const exports = new Proxy(Object.create(null), { get: (_, key) => makeStub(request)[key] });
	return new Proxy(makeStub(request), { getPrototypeOf: () => exports });
}

/** The nearest tsconfig.json at or above `dir`, or undefined. */
export function findTsconfig(dir) {
	for (let at = path.resolve(dir);; at = path.dirname(at)) {
		const candidate = path.join(at, 'tsconfig.json');
		if (fs.existsSync(candidate)) return candidate;
		if (at === path.dirname(at)) return undefined;
	}
}

/** Installs tsx's require() hook; it reads path aliases from `tsconfig`. */
function registerTsx(tsconfig) {
	const require = createRequire(import.meta.url);
	const { register } = require('tsx/cjs/api');
	if (tsconfig) process.env.TSX_TSCONFIG_PATH = path.resolve(tsconfig);
	try {
		register();
	} catch (error) {
		if (!tsconfig) throw error;
		// Most likely it extends a package that is not installed: keep its aliases only.
		const ts = require('typescript');
		const { baseUrl = '.', paths } = ts.readConfigFile(tsconfig, ts.sys.readFile).config?.compilerOptions ?? {};
		const reduced = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-oracle-')), 'tsconfig.json');
		const compilerOptions = { baseUrl: path.resolve(path.dirname(tsconfig), baseUrl), paths };
		fs.writeFileSync(reduced, JSON.stringify({ compilerOptions }));
		process.env.TSX_TSCONFIG_PATH = reduced;
		try {
			register();
		} finally {
			fs.rmSync(path.dirname(reduced), { recursive: true });
		}
	}
}

/**
 * @param {object} options
 * @param {string} options.ormRoot   directory whose node_modules holds drizzle-orm
 * @param {boolean} options.stubs    replace unresolvable packages by stubs
 * @param {string[]} options.stub    packages to stub even when they resolve
 * @param {string} [options.tsconfig] tsconfig.json to take `paths` from
 * @returns {{ load(file: string): object, require: NodeRequire, stubbed(): string[] }}
 *   `stubbed()` are the packages replaced since it was last asked
 */
export function createLoader({ ormRoot, stubs = true, stub = [], tsconfig }) {
	const ormRequire = createRequire(path.join(ormRoot, 'package.json'));
	const parentIn = (root) => ({ id: 'drizzle-oracle', filename: path.join(root, 'package.json'), paths: Module._nodeModulePaths(root) });
	const ormParent = parentIn(ormRoot);
	const ownParent = parentIn(path.join(path.dirname(fileURLToPath(import.meta.url)), '..'));
	const ownRequire = createRequire(import.meta.url);
	const forced = new Set([...ALWAYS_STUBBED, ...stub]);
	const stubbed = new Set();

	registerTsx(tsconfig); // drizzle-kit takes the tsconfig.json of the working directory

	const STUB_PREFIX = '\0stub:';
	const resolve = Module._resolveFilename;
	const loadModule = Module._load;
	Module._resolveFilename = function (request, parent, ...rest) {
		if (isDrizzleOrm(request)) return resolve.call(this, request, ormParent);
		if (request === 'drizzle-kit') return resolve.call(this, request, ownParent); // for defineConfig
		if (forced.has(request)) return STUB_PREFIX + request;
		try {
			return resolve.call(this, request, parent, ...rest);
		} catch (error) {
			const ownFailure = error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND';
			// What a package needs was installed with it; only drizzle-orm imports drivers and validators that nobody asked for.
			const fromPackage = /[\\/]node_modules[\\/](?!drizzle-orm[\\/])/.test(parent?.filename ?? '');
			if (stubs && ownFailure && isBare(request) && !fromPackage) return STUB_PREFIX + request;
			throw error;
		}
	};
	Module._load = function (request, parent, ...rest) {
		if (!request.startsWith('node:')) {
			let resolved;
			try {
				resolved = Module._resolveFilename(request, parent);
			} catch { /* the real loader reports it */ }
			if (typeof resolved === 'string' && resolved.startsWith(STUB_PREFIX)) {
				stubbed.add(request);
				return makeModuleStub(request);
			}
		}
		return loadModule.call(this, request, parent, ...rest);
	};

	return {
		load: (file) => ownRequire(path.resolve(file)),
		require: ormRequire,
		stubbed: () => {
			const names = [...stubbed].sort();
			stubbed.clear();
			return names;
		},
	};
}
