// The static program for Linux: needs nothing of the system it runs on, is small, and starts at once.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { check, finish, folder, need, program, run, shop, version } from './harness.mjs';

need([program], 'packaging/build linux-x64 makes it');

/// Types of the program headers of a 64-bit little-endian ELF file (elf(5)).
function programHeaders(bytes) {
  const [offset, size, count] = [Number(bytes.readBigUInt64LE(32)), bytes.readUInt16LE(54), bytes.readUInt16LE(56)];
  return Array.from({ length: count }, (_, index) => bytes.readUInt32LE(offset + index * size));
}

await check('no dynamic dependency: no loader, no shared library', () => {
  const headers = programHeaders(readFileSync(program));
  assert.ok(headers.includes(1)); // PT_LOAD
  assert.ok(!headers.includes(3), 'PT_INTERP');
  assert.ok(!headers.includes(2), 'PT_DYNAMIC');
});

await check('at most 8 MB (of 2^20 bytes)', () => {
  const { size } = statSync(program);
  console.log(`${size} bytes`);
  assert.ok(size <= 8 << 20);
});

await check('how long it takes to start (measured, not judged)', () => {
  let best = Infinity;
  for (let i = 0; i < 40; i++) {
    const start = process.hrtime.bigint();
    run(program, ['version']);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  console.log(`version: ${best.toFixed(1)} ms, the best of 40, Node.js's spawn among it`);
});

await check('audits a project without an environment', () => {
  const project = join(folder(), 'a project');
  cpSync(shop, project, { recursive: true, filter: (path) => !path.endsWith('/node_modules') });
  const result = run(program, ['check', '--format', 'json', '--root', project], { env: {} });
  assert.equal(result.status, 1);
  assert.equal(JSON.parse(result.stdout).tool.version, version);
});

finish();
