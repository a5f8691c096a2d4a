// What the tests of plans share: the program, folders, assertions, the project under test.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));
export const source = join(here, '..', '..');

/// argv: node TEST.mjs PROGRAM; the program stands for its build folder, too.
export const program = process.argv[2];

export function audit(words, options = {}) {
  const result = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

export function must(words, options) {
  const result = audit(words, options);
  if (result.status !== 0) throw new Error(`drizzle-audit ${words.join(' ')}: status ${result.status}\n${result.err}`);
  return result;
}

const folders = [];
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'drz-plan-'));
  folders.push(folder);
  spawnSync('chmod', ['755', folder]);
  return folder;
}

/// A copy of a project, without its node_modules.
export function copyOf(project) {
  const folder = temporaryFolder();
  cpSync(project, folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  return folder;
}

let failures = 0;
let checks = 0;
export function check(condition, what, detail = '') {
  checks++;
  if (condition) return;
  failures++;
  console.log(`FAILED: ${what}${detail === '' ? '' : `\n${detail}`}`);
}

export function equal(actual, expected, what) {
  const [a, e] = [actual, expected].map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  check(a === e, what, a === e ? '' : `  is       ${a.slice(0, 2000)}\n  expected ${e.slice(0, 2000)}`);
}

export function finish() {
  console.log(`${checks} checks, ${failures} failures`);
  process.exitCode = failures === 0 ? 0 : 1;
}
