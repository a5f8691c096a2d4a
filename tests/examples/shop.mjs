// `node shop.mjs examples/shop`: the shop compiles, drizzle-kit accepts it, and in the DDL that drizzle-kit writes the constraint
// defects of its README are there and no others. Exit status 77 when the shop's packages are not installed.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const shop = path.resolve(process.argv[2]);
const bin = (name) => path.join(shop, 'node_modules', '.bin', name);
if (!fs.existsSync(bin('drizzle-kit')) || !fs.existsSync(bin('tsc'))) {
	process.stdout.write('SKIPPED: run npm ci in examples/shop\n');
	process.exit(77);
}
const run = (name, ...args) => execFileSync(bin(name), args, { cwd: shop, encoding: 'utf8' });

let failures = 0;
function expectEqual(what, actual, expected) {
	const [got, wanted] = [actual, expected].map((value) => JSON.stringify(value, null, 2));
	if (got === wanted) return;
	failures += 1;
	process.stdout.write(`FAILED ${what}: ${got}\ninstead of ${wanted}\n`);
}

try {
	run('tsc', '--noEmit');
} catch (error) {
	failures += 1;
	process.stdout.write(`FAILED tsc: ${error.stdout}\n`);
}

// ---- what drizzle-kit creates ----------------------------------------------

const ddl = run('drizzle-kit', 'export');
const names = (list) => [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1]);
const tables = new Map();
for (const [, name, body] of ddl.matchAll(/CREATE TABLE "(\w+)" \(\n([\s\S]*?)\n\);/g)) {
	const table = { columns: [], keys: [] };
	for (const line of body.split('\n')) {
		const column = line.match(/^\t"(\w+)" .*?(PRIMARY KEY)?(?= |,|$)/);
		if (column) {
			table.columns.push(column[1]);
			if (line.includes('PRIMARY KEY')) table.keys.push([column[1]]);
		}
		const key = line.match(/^\tCONSTRAINT .*(?:UNIQUE|PRIMARY KEY)\((.*?)\)/);
		if (key) table.keys.push(names(key[1]));
	}
	tables.set(name, { ...table, indexes: [], foreignKeys: [] });
}
for (const [, table, columns] of ddl.matchAll(/CREATE (?:UNIQUE )?INDEX "\w+" ON "(\w+)" USING btree \((.*?)\)/g)) {
	tables.get(table).indexes.push(names(columns));
}
for (const [, table, columns, target, action] of ddl.matchAll(
	/ALTER TABLE "(\w+)" ADD CONSTRAINT "\w+" FOREIGN KEY \((.*?)\) REFERENCES (?:"public"\.)?"(\w+)"\(.*?\) ON DELETE ([a-z ]+?) ON UPDATE/g,
)) {
	tables.get(table).foreignKeys.push({ columns: names(columns), target, action });
}
const list = [...tables];

expectEqual('number of tables', tables.size, 23);
expectEqual('number of foreign keys', list.flatMap(([, t]) => t.foreignKeys).length, (ddl.match(/ FOREIGN KEY /g) ?? []).length);

const notKeys = ['audit_log.entity_id', 'carts.session_id', 'users.clerk_user_id'];
expectEqual(
	'columns that look like keys and have no foreign key',
	list
		.flatMap(([name, t]) => t.columns
			.filter((c) => c.endsWith('_id') && !t.foreignKeys.some((fk) => fk.columns.includes(c)))
			.map((c) => `${name}.${c}`))
		.filter((column) => !notKeys.includes(column))
		.sort(),
	['categories.store_id', 'product_variants.store_id', 'products.store_id', 'tags.store_id'],
);
expectEqual(
	'foreign keys to stores that do not cascade',
	list.flatMap(([name, t]) => t.foreignKeys.filter((fk) => fk.target === 'stores' && fk.action !== 'cascade').map(() => name)),
	[],
);
expectEqual(
	'referencing columns without an index',
	list
		.flatMap(([name, t]) => t.columns
			.filter((c) => c === 'store_id' || t.foreignKeys.some((fk) => fk.columns[0] === c))
			.filter((c) => ![...t.keys, ...t.indexes].some((columns) => columns[0] === c))
			.map((c) => `${name}.${c}`))
		.sort(),
	['order_items.order_id', 'order_items.variant_id'],
);
expectEqual(
	'slugs that are not unique',
	list.filter(([, t]) => t.columns.includes('slug') && !t.keys.some((key) => key.at(-1) === 'slug')).map(([name]) => name).sort(),
	['categories', 'tags'],
);
for (const dropped of ['tags_slug_idx', 'reviews_product_id_customer_id_unique']) {
	expectEqual(`${dropped} in the DDL`, ddl.includes(dropped), false);
}
process.stdout.write(`${failures} failures\n`);
process.exit(failures === 0 ? 0 : 1);
