#!/usr/bin/env node
// `node generate.mjs FOLDER --tables N --files M [--seed S]`: writes a project to measure with. The same arguments give the same bytes.
//
// A project is a multi-tenant application: N tables, four to a file, in folders by domain with a barrel each and a file of
// relations; every second table has an interface by hand for its rows, some of them wrong; the other files are ordinary application code
// (components, utilities, services, tests), of which one in eight imports tables. File sizes follow a log-normal distribution around 110 lines, as in the open projects the tool is tested with.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { tables: { type: 'string' }, files: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const [folder] = positionals;
const tableCount = Number(values.tables);
const fileCount = Number(values.files);
if (!folder || !(tableCount > 0) || !(fileCount > 0)) {
	process.stderr.write('usage: node generate.mjs FOLDER --tables N --files M [--seed S]\n');
	process.exit(2);
}

// ---- chance -----------------------------------------------------------------

/** mulberry32: small, fast, the same everywhere. */
let state = Number(values.seed) >>> 0;
function random() {
	state = (state + 0x6d2b79f5) >>> 0;
	let t = state;
	t = Math.imul(t ^ (t >>> 15), t | 1);
	t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const chance = (p) => random() < p;
/** Lines of a file: log-normal, median 90, between 15 and 1,500. */
function lines() {
	const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	return Math.round(Math.min(1500, Math.max(15, 90 * Math.exp(0.8 * normal))));
}

const NOUNS = ('account activity address agreement alert answer appointment article asset attachment audit badge batch bill board booking '
	+ 'branch brand budget bundle calendar campaign card carrier catalog channel chapter charge choice claim client comment company contact '
	+ 'contract course credit currency deal delivery device discount document domain event feature feed field filter folder form goal '
	+ 'grant group holiday image incident invoice item job journal key label language lead lesson license link list location log '
	+ 'machine mail manual meeting member memo menu message metric milestone model module note notice offer office option outlet '
	+ 'page partner payment payout period permit phase photo plan plugin policy post preset price product profile project prompt quote '
	+ 'rating reason receipt record refund region release reminder rental report request reservation review reward role room route rule '
	+ 'sample schedule score section segment seller sensor session setting shift shipment signal site skill source stage station statement '
	+ 'status step stock stream subscription summary supplier survey tag target task team template term test theme thread ticket token topic '
	+ 'tour track trail transfer trial trigger unit update upload usage vendor version video visit voucher wallet warehouse webhook widget '
	+ 'workflow zone').split(' ');
const VERBS = 'load save find create update remove list count render format parse merge sort filter group apply check send fetch resolve'.split(' ');
const capital = (word) => word[0].toUpperCase() + word.slice(1);
const camel = (snake) => snake.replace(/_(\w)/g, (_, c) => c.toUpperCase());

let written = 0;
function write(file, text) {
	const full = path.join(folder, file);
	fs.mkdirSync(path.dirname(full), { recursive: true });
	fs.writeFileSync(full, text.endsWith('\n') ? text : `${text}\n`);
	written += 1;
}

// ---- the schema ---------------------------------------------------------------

const TABLES_PER_FILE = 4;
const TABLES_PER_DOMAIN = 24;
const names = [];
for (let i = 0; names.length < tableCount; i++) {
	const first = NOUNS[i % NOUNS.length];
	const round = Math.floor(i / NOUNS.length);
	names.push(round === 0 ? `${first}s` : `${first}_${NOUNS[(i * 7 + round * 31) % NOUNS.length]}s${round > 4 ? round : ''}`);
}
const tables = [...new Set(names)].map((name, i) => ({
	name,
	variable: camel(name),
	domain: `domain${String(Math.floor(i / TABLES_PER_DOMAIN)).padStart(2, '0')}`,
	file: Math.floor(i / TABLES_PER_FILE),
	tenant: i > 0 && chance(0.8),
	parents: [],
	properties: [], // name and type
}));
tables.forEach((table, i) => {
	const count = i < 2 ? 0 : below(4);
	for (let n = 0; n < count; n++) {
		// Mostly neighbours; always earlier tables, so that modules load in order.
		const parent = tables[chance(0.8) ? Math.max(0, i - 1 - below(Math.min(i, 12))) : below(i)];
		if (parent !== tables[0] && !table.parents.includes(parent)) table.parents.push(parent);
	}
});

const JSON_TYPE = '{ kind: string; values: number[]; label?: string }';
/** How a column is written, and the type of its values. */
const COLUMNS = [
	[(n) => `text('${n}')`, 'string | null'],
	[(n) => `text('${n}').notNull()`, 'string'],
	[(n) => `varchar('${n}', { length: 255 }).notNull()`, 'string'],
	[(n) => `integer('${n}').notNull().default(0)`, 'number'],
	[(n) => `bigint('${n}', { mode: 'bigint' })`, 'bigint | null'],
	[(n) => `boolean('${n}').notNull().default(false)`, 'boolean'],
	[(n) => `jsonb('${n}').$type<${JSON_TYPE}>()`, `${JSON_TYPE} | null`],
	[(n) => `timestamp('${n}', { withTimezone: true })`, 'Date | null'],
	[(n) => `numeric('${n}', { precision: 12, scale: 2 })`, 'string | null'],
	[(n) => `statusEnum('${n}').notNull().default('draft')`, "'draft' | 'active' | 'archived'"],
];

function foreignKey(parent) {
	const column = `${parent.name.replace(/s$/, '')}_id`;
	return { key: camel(column), column, parent };
}

function tableSource(table) {
	const out = [`export const ${table.variable} = pgTable(\n  '${table.name}',\n  {\n    id: id(),`];
	const extras = [];
	const add = (key, written, type) => {
		out.push(`    ${key}: ${written},`);
		table.properties.push([key, type]);
	};
	const keys = table.parents.map(foreignKey);
	if (table.tenant) keys.unshift({ key: 'accountId', column: 'account_id', parent: tables[0] });
	for (const { key, column, parent } of keys) {
		const declared = !chance(0.06);
		const reference = declared ? `.references(() => ${parent.variable}.id, { onDelete: 'cascade' })` : '';
		add(key, `uuid('${column}').notNull()${reference}`, 'string');
		if (!chance(0.1)) extras.push(`index('${table.name}_${column}_idx').on(t.${key})`);
	}
	if (chance(0.4)) {
		add('slug', `text('slug').notNull()`, 'string');
		if (!chance(0.15)) extras.push(`unique('${table.name}_slug_unique').on(${table.tenant ? 't.accountId, ' : ''}t.slug)`);
	}
	const used = new Set(['id', 'slug', ...keys.map((k) => k.column)]);
	for (let n = 4 + below(10); n > 0; n--) {
		const column = chance(0.5) ? pick(NOUNS) : `${pick(NOUNS)}_${pick(NOUNS)}`;
		if (used.has(column)) continue;
		used.add(column);
		const [written, type] = pick(COLUMNS);
		add(camel(column), written(column), type);
	}
	out.push('    ...timestamps,\n  },');
	if (chance(0.2)) extras.push(`check('${table.name}_check', sql\`\${t.createdAt} <= \${t.updatedAt}\`)`);
	if (extras.length > 0) out.push(`  (t) => [\n    ${extras.join(',\n    ')},\n  ],`);
	out.push(');');
	return out.join('\n');
}

function schemaImports(source) {
	const builders = ['bigint', 'boolean', 'check', 'index', 'integer', 'jsonb', 'numeric', 'pgTable', 'text', 'timestamp', 'unique', 'uuid', 'varchar'];
	const used = builders.filter((name) => new RegExp(`\\b${name}\\(`).test(source));
	return [
		source.includes('sql`') ? "import { sql } from 'drizzle-orm';" : '',
		`import { ${used.join(', ')} } from 'drizzle-orm/pg-core';`,
		`import { id, ${source.includes('statusEnum(') ? 'statusEnum, ' : ''}timestamps } from '../columns';`,
	].filter(Boolean);
}

write('src/db/schema/columns.ts', `import { pgEnum, timestamp, uuid } from 'drizzle-orm/pg-core';

export const statusEnum = pgEnum('status', ['draft', 'active', 'archived']);

export const id = () => uuid('id').primaryKey().defaultRandom();

export const timestamps = {
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
};
`);
const moduleOf = (table) => `tables${String(table.file).padStart(3, '0')}`;
const domains = [...new Set(tables.map((table) => table.domain))];
for (const domain of domains) {
	const members = tables.filter((table) => table.domain === domain);
	const modules = [...new Set(members.map(moduleOf))];
	for (const module of modules) {
		const own = members.filter((table) => moduleOf(table) === module);
		const body = own.map(tableSource).join('\n\n');
		const foreign = new Map();
		for (const table of own) {
			for (const parent of [...(table.tenant ? [tables[0]] : []), ...table.parents]) {
				if (own.includes(parent) || !new RegExp(`\\b${parent.variable}\\.id`).test(body)) continue;
				const from = parent.domain === domain ? `./${moduleOf(parent)}` : `../${parent.domain}/${moduleOf(parent)}`;
				foreign.set(from, (foreign.get(from) ?? new Set()).add(parent.variable));
			}
		}
		const imports = [...foreign].map(([from, used]) => `import { ${[...used].sort().join(', ')} } from '${from}';`).sort();
		write(`src/db/schema/${domain}/${module}.ts`, [...schemaImports(body), ...imports, '', body].join('\n'));
	}
	const sides = [];
	for (const table of members) {
		const keys = table.parents.map(foreignKey);
		if (keys.length === 0) continue;
		const one = keys.map(({ key, parent }) => `  ${key.replace(/Id$/, '')}: one(${parent.variable}, { fields: [${table.variable}.${key}], references: [${parent.variable}.id] }),`);
		sides.push(`export const ${table.variable}Relations = relations(${table.variable}, ({ one }) => ({\n${one.join('\n')}\n}));`);
	}
	if (sides.length > 0) {
		const body = sides.join('\n\n');
		// Straight from the modules: through the barrel it would be an import cycle that leaves `relations(undefined)` behind.
		const foreign = new Map();
		for (const table of new Set(members.flatMap((member) => [member, ...member.parents]))) {
			if (!new RegExp(`\\b${table.variable}\\b`).test(body)) continue;
			const from = table.domain === domain ? `./${moduleOf(table)}` : `../${table.domain}/${moduleOf(table)}`;
			foreign.set(from, (foreign.get(from) ?? new Set()).add(table.variable));
		}
		const imports = [...foreign].map(([from, used]) => `import { ${[...used].sort().join(', ')} } from '${from}';`).sort();
		write(`src/db/schema/${domain}/relations.ts`, `import { relations } from 'drizzle-orm';\n${imports.join('\n')}\n\n${body}`);
		modules.push('relations');
	}
	write(`src/db/schema/${domain}/index.ts`, modules.map((module) => `export * from './${module}';`).join('\n'));
}
write('src/db/schema/index.ts', ["export * from './columns';", ...domains.map((domain) => `export * from './${domain}';`)].join('\n'));
// Every twentieth property says something else than its column.
let properties = 0;
for (const domain of domains) {
	const types = tables.filter((table, i) => table.domain === domain && i % 2 === 0).map((table) => {
		const all = [['id', 'string'], ...table.properties, ['createdAt', 'Date'], ['updatedAt', 'Date']];
		const written = all.map(([name, type]) => `  ${name}: ${++properties % 20 === 0 ? 'number[]' : type};`);
		return `export interface ${capital(table.variable).replace(/s$/, '')} {\n${written.join('\n')}\n}`;
	});
	write(`src/types/${domain}.ts`, types.join('\n\n'));
}
write('src/db/index.ts', `import { drizzle } from 'drizzle-orm/postgres-js';
import * as schema from './schema';

export const db = drizzle(process.env.DATABASE_URL ?? '', { schema });
`);
write('drizzle.config.ts', `import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/db/schema/index.ts',
  out: './drizzle',
});
`);
write('package.json', JSON.stringify({ name: 'generated', private: true, type: 'module', dependencies: { 'drizzle-orm': '0.45.4' } }, null, 2));
write('tsconfig.json', JSON.stringify({
	compilerOptions: { target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', strict: true, jsx: 'react-jsx', paths: { '@/*': ['./src/*'] } },
	include: ['src'],
}, null, 2));
write('.gitignore', 'node_modules\ndist\n');

// ---- application code ---------------------------------------------------------

function statement(depth) {
	const indent = '  '.repeat(depth);
	const name = pick(NOUNS);
	switch (below(8)) {
		case 0: return [`${indent}context.${name}${capital(pick(NOUNS))} = await ${pick(VERBS)}${capital(pick(NOUNS))}(${pick(NOUNS)}, { ${pick(NOUNS)}: ${below(100)}, by${capital(pick(NOUNS))}: '${pick(NOUNS)}' });`];
		case 1: return [`${indent}if (${name}.${pick(NOUNS)} !== undefined && ${name}.${pick(NOUNS)} > ${below(1000)}) {`, ...block(depth + 1, 1 + below(3)), `${indent}}`];
		case 2: return [`${indent}for (const ${name} of ${pick(NOUNS)}s) {`, `${indent}  ${pick(VERBS)}(${name});`, ...block(depth + 1, 1 + below(3)), `${indent}}`];
		case 3: return [`${indent}// ${capital(pick(NOUNS))} and ${pick(NOUNS)} share one ${pick(NOUNS)}: see the ${pick(NOUNS)} ${pick(NOUNS)}.`];
		case 4: return [`${indent}context.${name}s = ${pick(NOUNS)}s.filter((${name}) => ${name}.${pick(NOUNS)} === '${pick(NOUNS)}').map((${name}) => ({ ...${name}, ${pick(NOUNS)}: \`\${${name}.id}-${pick(NOUNS)}\` }));`];
		case 5: return [`${indent}logger.info('${pick(VERBS)} ${pick(NOUNS)}', { ${name}, ${pick(NOUNS)}: ${below(10)} });`];
		case 6: return [`${indent}${name}.${pick(NOUNS)} = ${pick(VERBS)}${capital(pick(NOUNS))}(${name}.${pick(NOUNS)} ?? ${below(50)});`];
		default: return [`${indent}if (!${name}) throw new ${capital(pick(NOUNS))}Error('no such ${pick(NOUNS)}: ' + ${name});`];
	}
}
function block(depth, count) {
	const out = [];
	if (depth > 4) return [`${'  '.repeat(depth)}return;`];
	for (let n = 0; n < count; n++) out.push(...statement(depth));
	return out;
}

function typeSource() {
	const fields = [];
	for (let n = 3 + below(8); n > 0; n--) fields.push(`  ${pick(NOUNS)}${capital(pick(NOUNS))}${chance(0.3) ? '?' : ''}: ${pick(['string', 'number', 'boolean', 'Date', 'string | null', 'string[]'])};`);
	return `export interface ${capital(pick(NOUNS))}${capital(pick(NOUNS))} {\n${fields.join('\n')}\n}`;
}

function functionSource(budget) {
	const parameter = pick(NOUNS);
	return [
		`export async function ${pick(VERBS)}${capital(pick(NOUNS))}${capital(pick(NOUNS))}(${parameter}: Context, options: { limit?: number; dry?: boolean } = {}): Promise<void> {`,
		`  const context = ${parameter}.fork();`,
		'  if (options.dry) return;',
		...block(1, Math.min(budget, 4 + below(12))),
		'}',
	].join('\n');
}

function queryFunction() {
	const table = pick(tables);
	const column = table.tenant ? 'accountId' : 'id';
	const parent = table.parents[0];
	const join = parent ? `\n    .innerJoin(${parent.variable}, eq(${table.variable}.${foreignKey(parent).key}, ${parent.variable}.id))` : '';
	return {
		tables: parent ? [table, parent] : [table],
		text: `export async function ${pick(VERBS)}${capital(table.variable)}By${capital(column)}(${column}: string) {
  return db
    .select()
    .from(${table.variable})${join}
    .where(and(eq(${table.variable}.${column}, ${column}), isNotNull(${table.variable}.createdAt)))
    .limit(${1 + below(50)});
}`,
	};
}

function component(target) {
	const name = capital(pick(NOUNS)) + capital(pick(NOUNS));
	const out = ["import { useEffect, useMemo, useState } from 'react';", `import { Button } from '@/components/ui/${pick(NOUNS)}';`, ''];
	out.push(`interface ${name}Props {`, `  ${pick(NOUNS)}: string;`, `  on${capital(pick(VERBS))}?: (value: string) => void;`, '}', '');
	out.push(`export function ${name}(props: ${name}Props) {`, '  const [value, setValue] = useState<string | null>(null);', '  const label = useMemo(() => value?.trim(), [value]);', '  useEffect(() => void load(), []);', '  async function load() {', '    const context = createContext();', ...block(2, 3), '  }', '  return (', '    <section className="flex flex-col gap-4 rounded border p-6">', '      <Button onClick={() => setValue(null)}>{label}</Button>');
	while (out.length < target - 4) {
		out.push(`      <div className="text-sm text-${pick(['gray', 'blue', 'red'])}-${1 + below(9)}00" data-${pick(NOUNS)}={props.${pick(NOUNS)}}>`, `        {props.${pick(NOUNS)}s.map((item) => <span key={item.id}>${capital(pick(NOUNS))} {item.${pick(NOUNS)}}</span>)}`, '      </div>');
	}
	out.push('    </section>', '  );', '}');
	return out.join('\n');
}

function code(target) {
	const parts = [];
	const imported = new Set();
	const queries = chance(0.125);
	let size = 0;
	while (size < target) {
		let text;
		if (queries && chance(0.4)) {
			const query = queryFunction();
			query.tables.forEach((table) => imported.add(table.variable));
			text = query.text;
		} else {
			text = chance(0.25) ? typeSource() : functionSource(target - size);
		}
		parts.push(text);
		size += text.split('\n').length + 1;
	}
	const imports = [];
	if (imported.size > 0) {
		imports.push("import { and, eq, isNotNull } from 'drizzle-orm';", "import { db } from '@/db';", `import { ${[...imported].sort().join(', ')} } from '@/db/schema';`);
	}
	const helpers = new Set();
	for (let n = below(5); n > 0; n--) helpers.add(`${pick(VERBS)}${capital(pick(NOUNS))}`);
	for (const helper of helpers) imports.push(`import { ${helper} } from '@/lib/${pick(NOUNS)}/${pick(NOUNS)}';`);
	if (helpers.size > 0) parts.push(`export const helpers = { ${[...helpers].join(', ')} };`);
	return [...imports, '', parts.join('\n\n')].join('\n');
}

for (let n = 0; written < fileCount; n++) {
	const area = `${pick(NOUNS)}${Math.floor(n / 60)}`;
	const name = `${pick(NOUNS)}-${pick(NOUNS)}-${n}`;
	const target = lines();
	const kind = random();
	if (kind < 0.35) write(`src/components/${area}/${name}.tsx`, component(target));
	else if (kind < 0.6) write(`src/lib/${area}/${name}.ts`, code(target));
	else if (kind < 0.85) write(`src/server/${area}/${name}.ts`, code(target));
	else write(`src/lib/${area}/${name}.test.ts`, code(target));
}
process.stdout.write(`${written} files, ${tables.length} tables in ${folder}\n`);
