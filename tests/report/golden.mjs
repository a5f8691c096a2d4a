// usage: golden.mjs WRITE_SAMPLE
// The shared findings in every format against golden/, byte for byte, and the reports of a clean schema. DRZ_UPDATE=1 writes them anew.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [program] = process.argv.slice(2);
const folder = join(import.meta.dirname, 'golden');
const run = (...words) => spawnSync(program, words, { encoding: 'buffer', maxBuffer: 1 << 26 }).stdout;
const kExtension = { json: 'json', jsonl: 'jsonl', sarif: 'sarif.json', gitlab: 'gitlab.json', junit: 'junit.xml', checkstyle: 'checkstyle.xml', rdjson: 'rdjson.json' };

const failures = [];
const expected = new Set();
for (const format of run().toString().trim().split('\n')) {
  if (format === 'html') continue; // html.mjs looks at it in a browser
  for (const kind of ['sample', 'clean']) {
    const name = `${kind}.${kExtension[format] ?? `${format}.txt`}`;
    const path = join(folder, name);
    expected.add(name);
    const actual = run(format, ...(kind === 'clean' ? ['clean'] : []));
    if (process.env.DRZ_UPDATE) writeFileSync(path, actual);
    if (!existsSync(path)) failures.push(`golden/${name} is missing; DRZ_UPDATE=1 writes it`);
    else if (!readFileSync(path).equals(actual)) failures.push(`golden/${name} differs; DRZ_UPDATE=1 writes it anew, git diff shows the change`);
  }
}
for (const name of readdirSync(folder)) {
  if (!expected.has(name)) failures.push(`golden/${name} belongs to no format`);
}
for (const failure of failures) console.log(failure);
console.log(`${expected.size} reports, ${failures.length} differ`);
process.exit(failures.length === 0 ? 0 : 1);
