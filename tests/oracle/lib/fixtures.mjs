// The fixtures and what their first comments ask for. A fixture is a .ts file, or a folder that holds `schema.ts` (the entry)
// or a `drizzle.config.ts` of its own (then the oracle loads what drizzle-kit would). Below a folder named `v1` drizzle-orm 1.0
// is used. Directives, each a comment line of its own in the file (of a folder: in the file named above):
//   // casing: snake_case        as in drizzle.config
//   // dialect: mysql            as in drizzle.config, where tables of several dialects are exported
//   // kit: rejects "text"       drizzle-kit refuses it with this message (selftest.mjs)
//   // kit: differs "text"       the only disagreement with drizzle-kit, a known defect of its (selftest.mjs)
//   // snapshot: fails           the file throws, or drizzle-orm cannot build a model; drizzle-audit must say that something is wrong
//   // unknown: 3 "text"         exactly so many facts may be unknown, for reasons that contain the text
import fs from 'node:fs';
import path from 'node:path';

export const FIXTURES = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..', 'fixtures');
export const ORM_VERSION = { 0: '0.45.4', 1: '1.0.0-rc.4' };

const entryOf = (folder) => ['drizzle.config.ts', 'schema.ts'].find((name) => fs.existsSync(path.join(folder, name)));

/** @returns {object[]} every fixture whose name contains one of `only`, sorted by name */
export function listFixtures(only = []) {
	const found = [];
	const visit = (folder) => {
		for (const entry of fs.readdirSync(path.join(FIXTURES, folder), { withFileTypes: true })) {
			const name = path.join(folder, entry.name);
			const full = path.join(FIXTURES, name);
			if (entry.isDirectory()) {
				const file = entryOf(full);
				if (file) found.push(fixture(name, full, file));
				else visit(name);
			} else if (entry.name.endsWith('.ts')) found.push(fixture(name, path.dirname(full), entry.name));
		}
	};
	visit('');
	return found.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function fixture(name, folder, entry) {
	const text = fs.readFileSync(path.join(folder, entry), 'utf8');
	const directive = (key) => text.match(new RegExp(`^// ${key}:? ?(?:"(.*)"|(.*))$`, 'm'))?.slice(1).find(Boolean);
	const isFolder = name.endsWith('.ts') === false;
	return {
		name,
		folder,
		entry,
		isFolder,
		hasConfig: entry === 'drizzle.config.ts',
		/** A tsconfig.json of its own holds for the whole process that loads the fixture. */
		hasTsconfig: isFolder && fs.existsSync(path.join(folder, 'tsconfig.json')),
		/** Packages of its own, as in a monorepo: the oracle finds them by NODE_PATH, drizzle-audit by itself. */
		hasPackages: isFolder && fs.existsSync(path.join(folder, 'packages')),
		v1: name.split(path.sep).includes('v1'),
		casing: directive('casing'),
		dialect: directive('dialect'),
		fails: directive('snapshot') === 'fails',
		kitRejects: directive('kit: rejects'),
		kitDiffers: directive('kit: differs'),
		unknown: [...text.matchAll(/^\/\/ unknown: (\d+) "(.*)"$/gm)].map(([, count, reason]) => ({ count: Number(count), reason })),
	};
}

/** Makes a small project of the fixture in the new folder `root`; answers drizzle-audit's arguments for it. */
export function makeProject(item, root) {
	fs.mkdirSync(root, { recursive: true });
	if (item.isFolder) fs.cpSync(item.folder, root, { recursive: true });
	else fs.copyFileSync(path.join(item.folder, item.entry), path.join(root, item.entry));
	const manifest = path.join(root, 'package.json');
	if (!fs.existsSync(manifest)) {
		const dependencies = { 'drizzle-orm': ORM_VERSION[item.v1 ? 1 : 0] };
		fs.writeFileSync(manifest, JSON.stringify({ name: 'fixture', private: true, dependencies }));
	}
	const common = ['schema', '--format', 'json', '--root', root];
	if (item.hasConfig) return common;
	if (!item.casing) return [...common, '--schema', item.entry, ...(item.dialect ? ['--dialect', item.dialect] : [])];
	const config = { dialect: item.dialect ?? 'postgresql', schema: `./${item.entry}`, casing: item.casing };
	fs.writeFileSync(path.join(root, 'drizzle.config.ts'), `export default ${JSON.stringify(config)};\n`);
	return common;
}

/** Links to the packages below `root`, as an installation would have made them, in the new folder `links`. */
export function linkPackages(root, links) {
	for (const entry of fs.readdirSync(path.join(root, 'packages'))) {
		const folder = path.join(root, 'packages', entry);
		const manifest = path.join(folder, 'package.json');
		if (!fs.existsSync(manifest)) continue;
		const link = path.join(links, JSON.parse(fs.readFileSync(manifest, 'utf8')).name);
		fs.mkdirSync(path.dirname(link), { recursive: true });
		fs.rmSync(link, { force: true });
		fs.symlinkSync(folder, link);
	}
}

/** The files a drizzle.config's `schema` stands for, as drizzle-kit 0.31 sees it: files, folders (all files directly in them), globs. */
export function schemaFiles(root, schema) {
	const all = fs.readdirSync(root, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile()).map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
	return [schema].flat().flatMap((pattern) => {
		const wanted = path.normalize(pattern).replace(/\/$/, '');
		if (fs.existsSync(path.join(root, wanted)) && fs.statSync(path.join(root, wanted)).isDirectory()) {
			return all.filter((file) => path.dirname(file) === wanted);
		}
		const regex = globRegex(wanted);
		return all.filter((file) => regex.test(file));
	}).map((file) => path.join(root, file));
}

function globRegex(glob) {
	const source = glob.replace(/[.+^$()|[\]\\]/g, '\\$&')
		.replace(/\*\*\/|\*\*|\*|\?|\{[^}]*\}/g, (part) => {
			if (part === '**/') return '(?:[^/]+/)*';
			if (part === '**') return '.*';
			if (part === '*') return '[^/]*';
			return part === '?' ? '[^/]' : `(?:${part.slice(1, -1).split(',').join('|')})`;
		});
	return new RegExp(`^${source}$`);
}
