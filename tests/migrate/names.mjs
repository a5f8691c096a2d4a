// Names that need quoting everywhere, on a real PostgreSQL: quotes, dollar signs, colons, backslashes, reserved words, other schemas, 63 bytes; a
// user without rights; a wrong statement in the middle. usage: names.mjs PROGRAM
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, equal, finish, must, temporaryFolder } from './common.mjs';
import { startPostgres } from './servers.mjs';

const LONG = `${'long name '.repeat(6)}xyz`;  // 63 bytes
const project = temporaryFolder();
mkdirSync(join(project, 'src'));
writeFileSync(join(project, 'package.json'), '{ "type": "module", "dependencies": { "drizzle-orm": "0.45.4" } }');
writeFileSync(join(project, 'drizzle.config.ts'), "export default { dialect: 'postgresql', schema: './src/schema.ts' };\n");
writeFileSync(join(project, 'src', 'schema.ts'), `import { index, integer, jsonb, pgSchema, pgTable, serial, text, unique } from 'drizzle-orm/pg-core';
const names = pgSchema(${JSON.stringify('it\'s "my" $step$ schema')});
export { names };
export const users = names.table('user', { id: serial('primary').primaryKey(), name: text(${JSON.stringify('select "it\'s" $1')}) });
export const orders = names.table(${JSON.stringify('order \\ :x')}, {
  id: serial('id').primaryKey(),
  userId: integer('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  weird: text(${JSON.stringify('it\'s "quoted" $sql$ :y')}).notNull(),
}, (t) => [
  { u: unique(${JSON.stringify('table\'s "unique" $step$ :x')}).on(t.userId, t.weird) },
  { i: index(${JSON.stringify(LONG)}).on(t.weird) },
]);
export const notes = names.table('table', {
  id: serial('id').primaryKey(),
  userId: integer('user_id').notNull(),
  things: jsonb('things').$type<{ id: number; text: string }[]>(),
}, (t) => [index().on(t.userId)]);
export const things = names.table('things', {
  id: serial('id').primaryKey(),
  noteId: integer('note_id').notNull().references(() => notes.id),
  text: text('text').notNull(),
}, (t) => [index().on(t.noteId)]);
`);

const server = startPostgres();
const plan = join(temporaryFolder(), 'plan');
must(['plan', '--root', project, '--out', plan]);
const changes = JSON.parse(must(['plan', '--root', project, '--format', 'json']).out).changes;
equal(changes.map(({ kind }) => kind).sort(), ['AddForeignKey', 'AddIndex', 'AddUnique', 'DropColumn'], 'the plan has one change of each kind');
const key = changes.find(({ kind }) => kind === 'AddForeignKey').name.replace(/[^A-Za-z0-9]/g, '_');

server.createDatabase('odd');
const created = server.psql('odd', { text: must(['schema', '--format', 'sql', '--root', project]).out });
check(created.status === 0, 'the schema can be created', created.err);
const S = '"it\'s ""my"" $step$ schema"';
server.query('odd', `INSERT INTO ${S}."user" DEFAULT VALUES; INSERT INTO ${S}."order \\ :x" (user_id, "it's ""quoted"" $sql$ :y") VALUES (1, 'a'), (1, 'a'), (1, 'b');
  INSERT INTO ${S}."table" (user_id, things) VALUES (1, '[{"id": 1}]'), (2, NULL), (1, '[{"id": 7}]'); INSERT INTO ${S}.things (note_id, text) VALUES (1, 'x')`);
const catalogue = server.dump('odd');
const run = (file, variables = {}) => server.psql('odd', { file: join(plan, file), variables });
const ok = (file, variables) => {
  const result = run(file, variables);
  check(result.status === 0, file, result.err);
};
const preflight = run('0_preflight.sql');
check(preflight.status !== 0 && (preflight.err.match(/: 1$/gm) ?? []).length === 3, 'preflight finds one row of each class', preflight.err);
const choices = { [key]: 'delete', [`table_s__unique___step___x`]: 'keep-newest', 'it_s__my___step__schema_table_things': 'accept' };
ok('1_cleanup.sql', choices);
for (const file of ['0_preflight.sql', '2_expand.sql', '3_concurrent.sql', '4_validate.sql', '5_contract.sql', 'verify.sql', '5_contract.sql']) ok(file, choices);
ok('5_contract.sql', { redundant_columns: 'drop' });
for (const file of ['0_preflight.sql', '1_cleanup.sql', '2_expand.sql', '3_concurrent.sql', '4_validate.sql', '5_contract.sql', 'verify.sql']) ok(file, choices);
ok('rollback.sql');
const sorted = (dump) => dump.split('\n').map((line) => line.replace(/,$/, '')).sort().join('\n');
equal(sorted(server.dump('odd')), sorted(catalogue), 'rollback.sql brings the catalogue back');

// ---- somebody who may not
server.query('odd', "CREATE ROLE reader LOGIN");
for (const file of ['0_preflight.sql', '1_cleanup.sql', '2_expand.sql', '3_concurrent.sql', '4_validate.sql', 'verify.sql']) {
  const result = server.psql('odd', { file: join(plan, file), variables: choices, login: 'reader' });
  check(result.status !== 0 && /permission denied|must be owner|not in place|does not exist/.test(result.err), `${file} without rights fails in words`, result.err);
}
equal(sorted(server.dump('odd')).replace(/.*reader.*\n/g, ''), sorted(catalogue), 'and nothing is half done');

// ---- another constraint of the same name is not taken for the planned one
ok('1_cleanup.sql', choices);
server.query('odd', `ALTER TABLE ${S}."order \\ :x" ADD CONSTRAINT "table's ""unique"" $step$ :x" UNIQUE (id)`);
for (const file of ['2_expand.sql', '3_concurrent.sql', '4_validate.sql']) run(file);
const other = run('verify.sql');
check(other.status !== 0 && other.err.includes('is another constraint of the same name'), 'verify.sql sees through it', other.err);
server.stop();
finish();
