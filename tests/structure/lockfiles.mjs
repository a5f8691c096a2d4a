// Lock files pin versions and hashes, never the address of one registry: whoever builds uses the registry they trust.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files, finish } from './files.mjs';

const [root] = process.argv.slice(2);
const violations = [];
const locks = files(root, '.', ['package-lock.json']).filter((path) => !/\/fixtures\//.test(path));
for (const path of locks) {
  for (const [name, entry] of Object.entries(JSON.parse(readFileSync(join(root, path), 'utf8')).packages ?? {})) {
    if (name === '' || entry.link) continue;
    if (entry.resolved) violations.push(`${path}: ${name} has a "resolved" address (npm install --omit-lockfile-registry-resolved)`);
    if (!entry.integrity && !entry.inBundle) violations.push(`${path}: ${name} has no integrity hash`);
  }
}
finish('lock files', locks.length, violations);
