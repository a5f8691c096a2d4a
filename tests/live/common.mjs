// What the tests of verify share.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { check, equal, program, temporaryFolder } from '../migrate/common.mjs';

/// A copy of plan.json whose first check counts by another statement.
export function withCheck(document, statement) {
  const json = JSON.parse(readFileSync(document, 'utf8'));
  json.checks = [{ ...json.checks[0], count: statement }];
  const file = join(temporaryFolder(), 'plan.json');
  writeFileSync(file, JSON.stringify(json));
  return file;
}

/// The shop of MySQL and SQLite before a plan: clean while it is empty; after `fill`, 50 orphans and 5 duplicates, each with its count.
export function checkBefore(verify, fill) {
  const clean = verify();
  equal(clean.status, 0, `an empty database of the schema is clean: ${clean.out}${clean.err}`);
  fill();
  const dirty = verify();
  check(dirty.status === 1 && /FAIL +orphans +products_store_id_stores_id_fk +50/.test(dirty.out), 'rows in the way are violations', dirty.out + dirty.err);
  const report = JSON.parse(verify('--format', 'json').out);
  equal(Object.fromEntries(report.checks.map(({ kind, name, count }) => [`${kind} ${name}`, count])),
    { 'orphans products_store_id_stores_id_fk': 50, 'duplicates products_store_id_slug': 5 }, 'every class with its count');
  equal(report.checks.find(({ kind }) => kind === 'orphans').samples.length, 25, '25 sample keys');
  equal(report.drift, [], 'no drift');
}

/// The program without waiting for it: a promise of { status, out, err }.
export function auditLater(words) {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => { said.out += chunk; });
  child.stderr.on('data', (chunk) => { said.err += chunk; });
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...said })));
}

export function freePort() {
  return new Promise((resolve) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
  });
}

export async function until(holds) {
  for (let i = 0; i < 200 && !holds(); ++i) await new Promise((resolve) => setTimeout(resolve, 50));
  if (!holds()) throw new Error('it never happened');
}

/// Exit status 2, a message that holds `words`, nothing on standard output, and no password (those of the tests hold "geheim").
export function answers(result, words, what) {
  check(result.status === 2 && result.out === '' && result.err.includes(words), `${what}: ${words}`, `${result.status} ${result.out}${result.err}`);
  check(!/geheim/.test(result.err), `${what}: no password in the message`, result.err);
}
