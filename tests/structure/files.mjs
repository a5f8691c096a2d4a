// Walking the repository and reporting, for the checks in this folder.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

// Generated or installed; so is what lies in folders whose name starts with a dot.
const kSkipped = new Set(['node_modules', 'build']);

/// Files below `root`/`folder` whose names end in one of `endings`, as paths relative to root with '/', sorted.
export function files(root, folder, endings) {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  const found = [];
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (kSkipped.has(entry.name) || (entry.isDirectory() && entry.name.startsWith('.'))) continue;
      const child = join(path, entry.name);
      if (entry.isDirectory()) walk(child);
      else if (endings.some((ending) => entry.name.endsWith(ending))) found.push(relative(root, child).split(sep).join('/'));
    }
  };
  walk(start);
  return found.sort();
}

export const linesOf = (root, path) => readFileSync(join(root, path), 'utf8').replace(/\n$/, '').split('\n');

/// Prints the violations and ends the process: status 1 when there are any.
export function finish(what, checked, violations) {
  for (const violation of violations) console.error(violation);
  if (checked === 0) violations.push(`${what}: nothing was checked`), console.error(violations.at(-1));
  console.log(`${what}: ${checked} checked, ${violations.length} violations`);
  process.exit(violations.length ? 1 : 0);
}
