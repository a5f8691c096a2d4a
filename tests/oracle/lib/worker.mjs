// A child process of run.mjs: { ormRoot, tsconfig } first, then one job after the other -> a model, or why there is none.
// A process of its own keeps the two drizzle-orm versions, path aliases and whatever a fixture does to globals apart.
import path from 'node:path';
import { schemaFiles } from './fixtures.mjs';
import { createOracle } from './snapshot.mjs';

console.log = console.info = console.debug = console.error;
let oracle;

async function answer({ root, entry, hasConfig, dialect, casing }) {
	try {
		if (!hasConfig) return { model: await oracle.snapshot([path.join(root, entry)], { dialect, casing, relativeTo: root }) };
		const config = oracle.config(path.join(root, entry));
		const settings = { dialect: dialect ?? config.dialect, casing: config.casing, relativeTo: root };
		if (settings.dialect === 'turso') settings.dialect = 'sqlite';
		return { model: await oracle.snapshot(schemaFiles(root, config.schema), settings) };
	} catch (error) {
		return { status: error.status ?? 3, error: `${error.message}: ${error.cause?.message ?? ''}` };
	}
}

process.on('message', async (message) => {
	if (message.ormRoot) oracle = createOracle(message);
	else process.send(await answer(message));
});
