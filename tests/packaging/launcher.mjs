// The launcher where something is wrong: no program for the platform, packages left out or copied, a bad DRIZZLE_AUDIT_BINARY, signals.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, dist, finish, folder, need, program, run, shop, version } from './harness.mjs';

const staging = join(dist, 'staging');
need([join(staging, 'drizzle-audit'), join(staging, 'wasm'), join(staging, 'linux-x64')], 'packaging/build makes it');

/// node_modules with the launcher and the packages named; the path of the launcher.
function install(...packages) {
  const modules = join(folder(), 'node_modules');
  cpSync(join(staging, 'drizzle-audit'), join(modules, 'drizzle-audit'), { recursive: true });
  mkdirSync(join(modules, '@drizzle-audit'), { recursive: true });
  for (const name of packages) cpSync(join(staging, name), join(modules, '@drizzle-audit', name), { recursive: true });
  return join(modules, 'drizzle-audit', 'bin', 'drizzle-audit.js');
}

/// A platform to pretend to be: what the launcher asks is process.platform and process.arch.
function pretend(platform, arch) {
  const file = join(folder(), 'pretend.cjs');
  writeFileSync(file, `for (const [key, value] of [['platform', '${platform}'], ['arch', '${arch}']]) Object.defineProperty(process, key, { value });`);
  return ['--require', file];
}

const clean = { ...process.env };
delete clean.DRIZZLE_AUDIT_BINARY;
const launch = (launcher, words, { before = [], env = {}, ...options } = {}) =>
  run(process.execPath, [...before, launcher, ...words], { env: { ...clean, ...env }, ...options });

const complete = install('linux-x64', 'wasm');
const expected = run(program, ['check', '--format', 'json', '--root', shop]);

await check('native: output and status are the program’s', () => {
  const result = launch(complete, ['check', '--format', 'json', '--root', shop]);
  assert.deepEqual([result.status, result.stderr, result.stdout], [1, expected.stderr, expected.stdout]);
  assert.equal(launch(complete, ['--no-such-flag']).status, 2);
  assert.equal(launch(complete, ['version']).status, 0);
});

await check('standard input, output and error are the same as this one’s', () => {
  const echo = join(folder(), 'echo');
  writeFileSync(echo, '#!/bin/sh\ncat; echo "$#:$2" >&2; exit 7\n');
  chmodSync(echo, 0o755);
  const result = launch(complete, ['a', "it's b\n"], { env: { DRIZZLE_AUDIT_BINARY: echo }, input: 'from stdin' });
  assert.deepEqual([result.status, result.stdout, result.stderr], [7, 'from stdin', "2:it's b\n\n"]);
});

await check('a reader that goes away is no error, native and WebAssembly', () => {
  for (const before of ['', pretend('sunos', 'x64').join(' ')]) {
    const shell = `"${process.execPath}" ${before} "${complete}" check --format json --root "${shop}" | head -c 10 > /dev/null; echo "\${PIPESTATUS[0]}"`;
    const result = run('bash', ['-c', shell], { env: clean });
    assert.equal(result.stdout, '1\n');
    assert.equal(result.stderr, '');
  }
});

await check('a platform without a program runs WebAssembly, and says nothing', () => {
  const result = launch(complete, ['check', '--format', 'json', '--root', shop], { before: pretend('darwin', 'arm64') });
  assert.deepEqual([result.status, result.stderr, result.stdout], [1, expected.stderr, expected.stdout]);
});

await check('optional dependencies left out: WebAssembly, with the cause on standard error', () => {
  const result = launch(install('wasm'), ['version']);
  assert.equal(result.stdout, `drizzle-audit ${version}\n`);
  assert.match(result.stderr, /^drizzle-audit: running as WebAssembly, which is slower: @drizzle-audit\/linux-x64 is not installed: optional dependencies were left out\n$/);
});

await check('optional dependencies left out, and no WebAssembly', () => {
  const result = launch(install(), ['version']);
  assert.deepEqual([result.status, result.stdout], [2, '']);
  assert.match(result.stderr, /error: @drizzle-audit\/linux-x64 is not installed: optional dependencies were left out, and the WebAssembly build/);
  assert.match(result.stderr, /help: install again without --omit=optional/);
});

await check('node_modules copied from another system', () => {
  const before = pretend('win32', 'x64');
  const result = launch(install('linux-x64'), ['version'], { before });
  assert.equal(result.status, 2);
  assert.match(result.stderr, /@drizzle-audit\/linux-x64 is installed and @drizzle-audit\/win32-x64 is not: node_modules was copied from another system/);
  assert.match(result.stderr, /help: install on this system again/);
});

await check('a platform without a program, and no WebAssembly', () => {
  const result = launch(install('linux-x64'), ['version'], { before: pretend('freebsd', 'riscv64') });
  assert.equal(result.status, 2);
  assert.match(result.stderr, /error: there is no native program for freebsd-riscv64, and the WebAssembly build \(@drizzle-audit\/wasm\) is not installed either/);
});

await check('DRIZZLE_AUDIT_BINARY comes before everything', () => {
  const result = launch(install(), ['version'], { env: { DRIZZLE_AUDIT_BINARY: program } });
  assert.deepEqual([result.status, result.stdout, result.stderr], [0, `drizzle-audit ${version}\n`, '']);
});

await check('DRIZZLE_AUDIT_BINARY that cannot be run', () => {
  const place = folder();
  const text = join(place, 'a file');
  writeFileSync(text, 'no program');
  const other = join(place, 'other-machine'); // the head of an ELF file for PowerPC
  writeFileSync(other, Buffer.from('7f454c46020101000000000000000000020015000100000000000000', 'hex'));
  const script = join(place, 'script');
  writeFileSync(script, '#!/no/such/interpreter\n');
  for (const file of [other, script]) chmodSync(file, 0o755);
  const cases = [
    ['/no/such/program', /names \/no\/such\/program, which is not there/],
    [place, /which is no file/],
    [text, /which may not be executed/],
    [other, /names .*other-machine, which is made for another kind of system/],
    [script, /cannot start .*script: its file, or the loader that it asks for, is not there/],
  ];
  for (const [file, message] of cases) {
    const result = launch(complete, ['version'], { env: { DRIZZLE_AUDIT_BINARY: file } });
    assert.deepEqual([result.status, result.stdout], [2, ''], file);
    assert.match(result.stderr, message);
    assert.doesNotMatch(result.stderr, /at Object|node:internal/);
  }
});

/// Starts a program that says when it is ready, sends `signal` to the launcher, and waits for both.
const signalled = (body, signal) =>
  new Promise((resolve) => {
    const file = join(folder(), 'waits');
    writeFileSync(file, `#!/bin/bash\n${body}\necho ready\nfor _ in {1..400}; do sleep 0.05; done\n`);
    chmodSync(file, 0o755);
    const child = spawn(process.execPath, [complete], { env: { ...clean, DRIZZLE_AUDIT_BINARY: file }, stdio: ['ignore', 'pipe', 'inherit'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more) => {
      text += more;
      if (more.includes('ready')) child.kill(signal);
    });
    child.on('exit', (status, ended) => {
      clearTimeout(timer);
      child.stdout.destroy();
      resolve({ status, ended, text });
    });
  });

await check('signals reach the program, and the launcher ends as it did', async () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    assert.deepEqual(await signalled(`trap 'echo got; exit 5' ${signal.slice(3)}`, signal), { status: 5, ended: null, text: 'ready\ngot\n' });
  }
  assert.deepEqual(await signalled('', 'SIGTERM'), { status: null, ended: 'SIGTERM', text: 'ready\n' });
});

await check('how long the launcher takes (measured, not judged)', () => {
  const median = (words) => {
    const times = [];
    for (let i = 0; i < 15; i++) {
      const start = process.hrtime.bigint();
      run(words[0], words.slice(1), { env: clean });
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    return times.sort((a, b) => a - b)[7];
  };
  const empty = join(folder(), 'empty.js');
  writeFileSync(empty, '');
  const [node, launched, direct] = [[process.execPath, empty], [process.execPath, complete, 'version'], [program, 'version']].map(median);
  console.log(`node alone ${node.toFixed(1)} ms, launcher ${launched.toFixed(1)} ms, the program itself ${direct.toFixed(1)} ms`);
});

finish();
