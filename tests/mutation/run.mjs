#!/usr/bin/env node
// Recall: plants one defect at a time into sound schemas and counts how many drizzle-audit finds.
//
//   node run.mjs --binary PATH [--least 0.97] [--only MUTATOR] [--verbose] [FOLDER…]
//
// Without folders: schemas/*, which must be silent before anything is planted. Folders of other projects are taken as they are: a finding
// counts only when the project did not have it before. Prints a table by mutator; exit status 1 when the share found is below --least or a
// schema of ours is not silent.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutators, read } from './mutators.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    binary: { type: 'string' },
    least: { type: 'string', default: '0.97' },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const binary = path.resolve(options.binary);
const own = positionals.length === 0;
const folders = own ? fs.readdirSync(path.join(here, 'schemas')).map((name) => path.join(here, 'schemas', name)) : positionals;

/** All findings of the project, those of every preset. */
function audit(folder) {
  const run = spawnSync(binary, ['check', '--root', folder, '--format', 'json', '--exit-zero', '--preset', 'all'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.status !== 0) return { failed: run.stderr.trim(), findings: [] };
  return { findings: JSON.parse(run.stdout).findings };
}

function filesOf(folder) {
  const files = new Map();
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name));
    if (/(^|\/)(node_modules|\.git)\//.test(file)) continue;
    if (/\.(ts|json|jsonc)$/.test(file)) files.set(file, fs.readFileSync(path.join(folder, file), 'utf8'));
  }
  return files;
}

/** The text with all edits made, from the last to the first. */
function apply(text, edits) {
  let result = text;
  for (const { start, end, text: inserted } of [...edits].sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + inserted + result.slice(end);
  }
  return result;
}

function speaksOf(finding, mutant) {
  if (!mutant.rules.includes(finding.rule)) return false;
  const { about } = mutant;
  if (!about) return true;
  const { subject } = finding;
  const said = [subject.table, subject.name, ...subject.columns, finding.message, ...finding.evidence.map((e) => e.text)].join(' ');
  if (about.name) return said.includes(about.name);
  return said.includes(about.table) && (about.columns ?? []).every((column) => said.includes(column));
}

const totals = new Map();
const missed = [];
let noise = 0;

for (const folder of folders) {
  const name = path.basename(folder);
  const before = audit(folder);
  if (before.failed) {
    console.error(`${name}: ${before.failed}`);
    process.exit(2);
  }
  const loud = before.findings.filter((finding) => finding.severity !== 'info');
  if (own && loud.length > 0) {
    noise += loud.length;
    for (const finding of loud) console.error(`${name} is sound, yet: ${finding.location?.path}:${finding.location?.line}: ${finding.message} [${finding.rule}]`);
  }
  const known = new Set(before.findings.map((finding) => finding.fingerprint + finding.message));

  const files = filesOf(folder);
  const project = read(name, files);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'drizzle-audit-mutant-'));
  const write = (file, text) => {
    fs.mkdirSync(path.join(scratch, path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(scratch, file), text);
  };
  for (const [file, text] of files) write(file, text);

  for (const [id, mutate] of Object.entries(mutators)) {
    if (options.only && options.only !== id) continue;
    for (const mutant of mutate(project)) {
      const touched = [...new Set(mutant.edits.map((edit) => edit.path))];
      for (const file of touched) write(file, apply(files.get(file), mutant.edits.filter((edit) => edit.path === file)));
      const { findings, failed } = audit(scratch);
      const fresh = findings.filter((finding) => !known.has(finding.fingerprint + finding.message));
      const found = fresh.some((finding) => speaksOf(finding, mutant));
      const total = totals.get(id) ?? { found: 0, planted: 0 };
      total.planted += 1;
      total.found += found ? 1 : 0;
      totals.set(id, total);
      if (!found) {
        const [{ path: file, start, text }] = mutant.edits;
        const line = files.get(file).slice(0, start).split('\n').length;
        missed.push(`${name} ${file}:${line}: ${id}: ${mutant.rules.join(' or ')} says nothing of ${JSON.stringify(mutant.about ?? {})} (${text.trim().slice(0, 60)})${failed ? ` ${failed}` : ''}${
          options.verbose ? fresh.map((finding) => `\n    instead: ${finding.message} [${finding.rule}]`).join('') : ''}`);
      }
      for (const file of touched) write(file, files.get(file));
    }
  }
  fs.rmSync(scratch, { recursive: true });
}

const width = Math.max(...[...totals.keys()].map((id) => id.length));
let planted = 0;
let found = 0;
for (const [id, total] of totals) {
  planted += total.planted;
  found += total.found;
  console.log(`${id.padEnd(width)}  ${String(total.found).padStart(4)} of ${String(total.planted).padStart(4)}`);
}
for (const line of missed) console.log(`missed: ${line}`);
const share = planted === 0 ? 0 : found / planted;
console.log(`found ${found} of ${planted} planted defects (${(share * 100).toFixed(1)} %)`);
process.exit(share >= Number(options.least) && noise === 0 ? 0 : 1);
