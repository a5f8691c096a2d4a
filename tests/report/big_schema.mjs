// usage: big_schema.mjs FOLDER [TABLES [FINDINGS]]
// Writes a project with a large schema: modules of tables that reference each other, the shared tables, and a tenant; and defects.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const kNouns = ['order', 'invoice', 'payment', 'shipment', 'product', 'variant', 'review', 'ticket', 'message', 'campaign', 'segment', 'lead', 'contract', 'device', 'sensor', 'report', 'project', 'task', 'comment', 'file'];
const kParts = ['', '_item', '_event', '_tag', '_note', '_version', '_address', '_member', '_setting', '_log'];

export function writeBigSchema(folder, tables = 500, findings = 5000) {
  let seed = 7;
  const random = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  mkdirSync(join(folder, 'src/db'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "big", "dependencies": { "drizzle-orm": "0.45.2" } }\n');
  writeFileSync(join(folder, 'drizzle.config.ts'), 'export default { dialect: "postgresql", schema: "./src/db/*.ts" };\n');
  const names = ['store', 'account'];
  for (let module = 0; names.length < tables; module++) {
    for (const part of kParts) if (names.length < tables) names.push(`${kNouns[module % kNouns.length]}${part}${module >= kNouns.length ? `_${Math.floor(module / kNouns.length) + 1}` : ''}`);
  }
  const camel = (name) => name.replace(/_(\w)/g, (_, c) => c.toUpperCase());
  const defects = Math.floor(findings / tables);
  const files = new Map();
  names.forEach((name, i) => {
    const columns = ['  id: uuid("id").primaryKey(),', '  name: text("name").notNull(),', '  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),'];
    if (i >= 2) columns.push(`  storeId: uuid("store_id").notNull()${random(6) === 0 ? '' : '.references(() => store.id)'},`);
    const head = 2 + Math.floor((i - 2) / kParts.length) * kParts.length;
    if (i > 2 && i !== head) columns.push(`  ${camel(names[head])}Id: uuid("${names[head]}_id").references(() => ${camel(names[head])}.id),`);
    if (i > 30 && random(3) === 0) {
      const other = names[2 + random(Math.floor((i - 2) / kParts.length)) * kParts.length];
      columns.push(`  ${camel(other)}RefId: uuid("${other}_ref_id").references(() => ${camel(other)}.id),`);
    }
    for (let c = 0; c < 3 + random(5); c++) columns.push(`  field${c}: ${['text', 'integer', 'boolean'][random(3)]}("field_${c}"),`);
    const extras = Array.from({ length: defects }, (_, d) => `  index("${name}_idx_${d}"),`);
    const file = `src/db/m${String(Math.floor(Math.max(0, i - 2) / kParts.length)).padStart(2, '0')}.ts`;
    if (!files.has(file)) files.set(file, []);
    files.get(file).push({ name, text: `export const ${camel(name)} = pgTable("${name}", {\n${columns.join('\n')}\n}, (t) => [\n${extras.join('\n')}\n]);\n` });
  });
  const home = new Map([...files].flatMap(([file, list]) => list.map(({ name }) => [camel(name), file])));
  for (const [file, list] of files) {
    const text = list.map((one) => one.text).join('\n');
    const used = new Set([...text.matchAll(/=> (\w+)\.id/g)].map(([, name]) => name).filter((name) => home.get(name) !== file));
    const imports = [...used].map((name) => `import { ${name} } from "./${home.get(name).slice('src/db/'.length, -3)}";\n`).join('');
    writeFileSync(join(folder, file), `import { boolean, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";\n${imports}\n${text}`);
  }
}

if (process.argv[1] === import.meta.filename) writeBigSchema(process.argv[2], Number(process.argv[3] ?? 500), Number(process.argv[4] ?? 5000));
