// What the tests of this folder share: named checks, running programs, fresh folders.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = join(root, 'dist');
export const shop = join(root, 'examples', 'shop');
export const tools = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');
export const program = join(dist, 'programs', 'linux-x64', 'drizzle-audit');
export const version = /project\(drizzle-audit\s+VERSION ([0-9.]+)/.exec(readFileSync(join(root, 'CMakeLists.txt'), 'utf8'))[1];

const kSkipped = 77; // SKIP_RETURN_CODE of these tests

/// Ends the test as skipped unless all of `paths` are there.
export function need(paths, how) {
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length === 0) return;
  console.log(`skipped: ${missing[0]} is missing; ${how}`);
  process.exit(kSkipped);
}

/// Ends the test as skipped unless the command `name` is there.
export function needCommand(name) {
  if (spawnSync('sh', ['-c', `command -v ${name}`]).status === 0) return;
  console.log(`skipped: the command ${name} is missing`);
  process.exit(kSkipped);
}

let failures = 0;
let checks = 0;
const folders = [];

export async function check(name, body) {
  checks++;
  try {
    await body();
  } catch (error) {
    failures++;
    console.log(`FAILED ${name}\n  ${String(error.stack || error).split('\n').slice(0, 40).join('\n  ')}`);
  }
}

export function folder() {
  const made = mkdtempSync(join(tmpdir(), 'drizzle-audit-test-'));
  folders.push(made);
  return made;
}

/// { status, signal, stdout, stderr } of a program that has ended.
export function run(file, words, options = {}) {
  const result = spawnSync(file, words, { encoding: 'utf8', maxBuffer: 64 << 20, timeout: 240_000, ...options });
  if (result.error) throw result.error;
  return result;
}

export function finish() {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
  console.log(`${checks} checks, ${failures} failed`);
  process.exit(failures > 0 || checks === 0 ? 1 : 0);
}
