// The image: its Dockerfile is linted, and what it would hold is run in an empty root, which is all that FROM scratch gives.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, finish, folder, need, program, root, run, shop, tools } from './harness.mjs';

need([program], 'packaging/build linux-x64 makes it');
need([join(tools, 'dockerfile-utils')], 'scripts/setup --test installs it');
const { validate } = createRequire(join(tools, 'x.js'))('dockerfile-utils');
const context = join(root, 'packaging', 'docker');
const text = readFileSync(join(context, 'Dockerfile'), 'utf8');

await check('the Dockerfile has no error or warning', () => assert.deepEqual(validate(text).map(({ message }) => message), []));

await check('the linter works', () => assert.notDeepEqual(validate(text.replace('ENTRYPOINT [', 'ENTRYPOINTT [')), []));

const instructions = text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(/\s+/));
const one = (name) => instructions.filter(([word]) => word === name);

await check('the context holds what is copied, and no more', () => {
  run(join(root, 'packaging', 'build'), ['docker']);
  const [[, source]] = one('COPY');
  const file = source.replace('${TARGETARCH}', 'amd64');
  assert.deepEqual(readFileSync(join(root, 'dist', 'docker', file)), readFileSync(program));
  const kept = readFileSync(join(root, 'dist', 'docker', '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  assert.equal(kept[0], '*');
  assert.ok(kept.includes(`!${file}`));
});

await check('in an empty root with the project at the working folder it audits it', () => {
  const image = folder();
  const [[, , target]] = one('COPY');
  const [[, place]] = one('WORKDIR');
  const [[, ...entry]] = one('ENTRYPOINT');
  cpSync(program, join(image, target));
  mkdirSync(join(image, place));
  cpSync(shop, join(image, place), { recursive: true, filter: (path) => !path.endsWith('/node_modules') });
  const words = JSON.parse(entry.join(' '));
  assert.ok(existsSync(join(image, words[0])));
  // chroot(1) changes to `/`; a container starts in WORKDIR, so the shell of this side changes there first, below the new root.
  const become = process.getuid() === 0 ? [] : ['unshare', '--user', '--map-root-user'];
  const probe = run('env', [...become, 'chroot', image, words[0], 'version']);
  if (probe.status !== 0 && /not permitted/.test(probe.stderr)) return console.log('not run: this user may not chroot');
  assert.equal(probe.status, 0, probe.stderr);
  const result = run('env', [...become, 'chroot', image, ...words, 'check', '--root', place, '--format', 'json']);
  const expected = run(program, ['check', '--root', shop, '--format', 'json']);
  assert.deepEqual([result.status, result.stdout], [expected.status, expected.stdout], result.stderr);
});

finish();
