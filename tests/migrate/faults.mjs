// What goes wrong while `plan --out` writes: a clear error, exit status 2, and no folder, half a folder or temporary file. A file system of
// its own needs root; without it the limit of a file's size stands for a full disk.
// usage: faults.mjs PROGRAM
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, check, equal, finish, must, program, source, temporaryFolder } from './common.mjs';

const shop = join(source, 'examples', 'shop');
const folder = temporaryFolder();
const out = join(folder, 'plan');
const refused = (result, words, what) =>
  check(result.status === 2 && result.out === '' && words.every((word) => result.err.includes(word)), what, `${result.status} ${result.out}${result.err}`);
/// The program under a limit of file size, in blocks of 512 bytes.
function limited(blocks, words) {
  const result = spawnSync('sh', ['-c', `ulimit -f ${blocks}; exec "$0" "$@"`, program, ...words], { encoding: 'utf8' });
  return { status: result.status, out: result.stdout, err: result.stderr };
}

refused(limited(8, ['plan', '--root', shop, '--out', out]), ['too large'], 'no file may be as large as it has to be');
equal(readdirSync(folder), [], 'and nothing is left');
must(['plan', '--root', shop, '--out', out]);
const before = Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));
refused(limited(8, ['plan', '--root', shop, '--out', out, '--force', '--on-orphans', 'delete']), ['too large'], 'the same with --force');
const after = Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));
equal(Object.keys(after), Object.keys(before), 'no temporary file is left');
check(Object.keys(after).every((name) => after[name] === before[name]), 'the plan that was there is as it was', Object.keys(after).filter((name) => after[name] !== before[name]).join());
refused(audit(['plan', '--root', shop, '--out', out]), ['is there already', '--force'], 'a folder that has something in it');
writeFileSync(join(folder, 'file'), 'mine');
refused(audit(['plan', '--root', shop, '--out', join(folder, 'file')]), ['is no folder'], 'a file of that name');
refused(audit(['plan', '--root', shop, '--out', join(folder, 'file', 'plan')]), ['cannot make the folder'], 'a folder below a file');
equal(readFileSync(join(folder, 'file'), 'utf8'), 'mine', 'which stays');

const disk = join(folder, 'disk');
mkdirSync(disk);
const mounted = process.getuid() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]).status === 0;
if (mounted) {
  try {
    refused(audit(['plan', '--root', shop, '--out', join(disk, 'plan')]), ['No space left'], 'a full disk');
    equal(readdirSync(disk), [], 'a full disk: nothing is left');
  } finally {
    spawnSync('umount', [disk]);
  }
} else {
  console.log('not tried: a full disk (needs root and mount)');
}
finish();
