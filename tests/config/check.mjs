// usage: check.mjs DRIZZLE_AUDIT
//
// The JSON Schema that the program prints is what editors believe; what the program itself accepts is what counts. ajv, with its strict mode,
// reads the one, `config verify` the other, and they must agree on every file: valid/*.json, invalid/*.json, and configs made at random from
// the schema's own words, most of them broken in one place.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';

const kRandomFiles = 250;

const [program] = process.argv.slice(2);
const run = (...words) => spawnSync(program, words, { encoding: 'utf8' });

const printed = run('config', 'schema');
if (printed.status !== 0) throw new Error(`config schema: ${printed.stderr}`);
const schema = JSON.parse(printed.stdout);
const ajv = new Ajv({ strict: true, allErrors: true });
if (!ajv.validateSchema(schema)) throw new Error(`not a JSON Schema: ${ajv.errorsText()}`);
const validate = ajv.compile(schema);

const folder = mkdtempSync(join(tmpdir(), 'drizzle-audit-config-'));
let checked = 0;
let accepted = 0;
const complaints = [];

function compare(name, text, expected) {
  const file = join(folder, 'drizzle-audit.json');
  writeFileSync(file, text);
  const ours = run('config', 'verify', '--root', folder);
  const valid = validate(JSON.parse(text));
  checked++;
  if (valid) accepted++;
  if (ours.status !== (valid ? 0 : 2)) complaints.push(`${name}: ajv says ${valid ? 'valid' : ajv.errorsText(validate.errors)}, but ${program} exits ${ours.status}: ${ours.stderr}${text}`);
  if (expected !== undefined && valid !== expected) complaints.push(`${name}: should be ${expected ? 'valid' : 'invalid'}: ${ajv.errorsText(validate.errors)}`);
  // Nothing is refused without a place and a word.
  if (ours.status === 2 && !/drizzle-audit\.json:\d+:\d+: \S/.test(ours.stderr)) complaints.push(`${name}: no place in: ${ours.stderr}`);
}

// A small generator with a fixed seed: the same files on every run.
let seed = 20240229;
const random = (below) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const pick = (list) => list[random(list.length)];
const kWrong = [null, true, 7, -1, 1.5, 1e30, 12345678901234567890, '', 'warn', 'Error', [], [''], [1], {}, { severity: 1 }, { __proto: 1 }];

function make(shape, depth = 0) {
  if (random(14) === 0) return pick(kWrong);
  if (shape.anyOf) return make(pick(shape.anyOf), depth);
  if (shape.enum) return pick(shape.enum);
  if (shape.type === 'boolean') return random(2) === 0;
  if (shape.type === 'integer') return random(100);
  if (shape.type === 'string') return pick(['a', 'audit_*', 'src/**']);
  if (shape.type === 'array') return Array.from({ length: random(3) }, () => make(shape.items, depth + 1));
  const value = {};
  const keys = Object.keys(shape.properties ?? {});
  if (typeof shape.additionalProperties === 'object') {
    for (let i = random(3); i > 0; i--) value[pick(['OrderDTO', 'User', 'rules', ''])] = make(shape.additionalProperties, depth + 1);
  }
  for (const key of shape.required ?? []) if (random(10) > 0) value[key] = make(shape.properties[key], depth + 1);
  for (let i = random(5); i > 0 && keys.length > 0; i--) {
    const key = pick(keys);
    // What it leads to is no matter of the schema.
    if (key !== 'extends') value[key] = make(shape.properties[key], depth + 1);
  }
  if (random(15) === 0) value[`${pick(keys.length > 0 ? keys : ['x'])}s`] = 1;
  return value;
}

try {
  for (const [kind, expected] of [['valid', true], ['invalid', false]]) {
    for (const name of readdirSync(kind).sort()) compare(`${kind}/${name}`, readFileSync(join(kind, name), 'utf8'), expected);
  }
  for (let i = 0; i < kRandomFiles; i++) compare(`random ${i}`, JSON.stringify(make(schema), null, 1), undefined);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const complaint of complaints.slice(0, 20)) console.error(complaint);
console.log(`config schema: ${checked} files, ${accepted} valid, ${complaints.length} disagreements`);
process.exit(complaints.length > 0 || accepted === 0 || accepted === checked ? 1 : 0);
