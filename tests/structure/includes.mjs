// Who may include whom. usage: includes.mjs ROOT LAYER… (layers in their order, from DRZ_LAYERS in CMakeLists.txt)
//
// - src/<layer> includes "drizzle_audit/…" and headers of its own and earlier layers;
// - include/ and rules/ include "drizzle_audit/…" and the standard library only (a rule also files of rules/);
// - tree-sitter is known to `syntax` and `program` alone;
// - only `cli` touches the standard streams or ends the process;
// - the operating system is known to src/platform and src/workspace/disk_file_system_* alone: the program also runs on Windows and as
//   WebAssembly.
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { files, finish, linesOf } from './files.mjs';

const [root, ...layers] = process.argv.slice(2);
const violations = [];
let checked = 0;

const kPrinting = /std::c(out|err|log|in)\b|<iostream>|\b(f|v|vf)?printf\s*\(|\b(f?puts|putchar)\s*\(|\b(std::)?(exit|abort|quick_exit|_Exit)\s*\(/;

const kSystem = /^(sys\/.*|unistd\.h|fcntl\.h|dirent\.h|signal\.h|csignal|spawn\.h|poll\.h|termios\.h|pwd\.h|windows\.h|emscripten.*)$/;

for (const path of [...files(root, 'src', ['.cpp', '.h']), ...files(root, 'rules', ['.cpp', '.h']), ...files(root, 'include', ['.h'])]) {
  checked++;
  const [room, layer] = path.split('/');
  const rank = layers.indexOf(layer);
  if (room === 'src' && rank < 0) violations.push(`${path}: ${layer} is not in DRZ_LAYERS`);
  linesOf(root, path).forEach((line, index) => {
    const where = `${path}:${index + 1}`;
    const code = line.replace(/\/\/.*/, '').replace(/"(\\.|[^"\\])*"/g, (text) => (/^\s*#/.test(line) ? text : '""'));
    if (layer !== 'cli' && kPrinting.test(code)) violations.push(`${where}: library code neither prints nor exits: ${line.trim()}`);

    const [, bracket, header] = /^\s*#\s*include\s*(["<])([^">]+)/.exec(code) ?? [];
    if (!header) return;
    const treeSitter = header.startsWith('tree_sitter');
    if (treeSitter && !(room === 'src' && (layer === 'syntax' || layer === 'program'))) {
      violations.push(`${where}: only syntax and program know tree-sitter`);
    }
    if (kSystem.test(header) && !/^src\/(platform\/|workspace\/disk_file_system_)/.test(path)) {
      violations.push(`${where}: <${header}> is the operating system's: only src/platform and disk_file_system_* know it`);
    }
    if (room !== 'src' && bracket === '<' && /[/.]/.test(header)) violations.push(`${where}: <${header}> is not the standard library`);
    if (bracket === '<' || header.startsWith('drizzle_audit/')) return;
    if (room === 'src') {
      const other = layers.indexOf(header.split('/')[0]);
      if (other < 0) violations.push(`${where}: write the path from src/ or include/: "${header}"`);
      else if (other > rank) violations.push(`${where}: ${layer} comes before ${layers[other]} and may not include "${header}"`);
    } else {
      const targets = [normalize(join(dirname(path), header)), normalize(join('rules', header))];
      const own = room === 'rules' && targets.some((target) => target.startsWith('rules/') && existsSync(join(root, target)));
      if (!own) violations.push(`${where}: ${room}/ sees public headers only, not "${header}"`);
    }
  });
}
finish('includes', checked, violations);
