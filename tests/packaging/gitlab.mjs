// The GitLab job without GitLab: its YAML, and its script run in a shell as a runner does.
import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, finish, folder, need, program, root, run, shop, tools } from './harness.mjs';

need([join(tools, 'yaml')], 'scripts/setup --test installs it');
need([program], 'packaging/build linux-x64 makes it');
const { parse } = createRequire(join(tools, 'x.js'))('yaml');
const template = parse(readFileSync(join(root, 'packaging', 'gitlab', 'drizzle-audit.gitlab-ci.yml'), 'utf8'));
const job = template['drizzle-audit'];

await check('one job, with keys that GitLab knows', () => {
  assert.deepEqual(Object.keys(template), ['drizzle-audit']);
  const known = ['stage', 'image', 'variables', 'script', 'artifacts', 'rules'];
  assert.deepEqual(Object.keys(job).filter((key) => !known.includes(key)), []);
  assert.deepEqual(Object.keys(job.artifacts.reports).sort(), ['codequality', 'junit']);
  for (const line of job.script) assert.equal(typeof line, 'string');
});

await check('its script writes both reports and fails with the findings', () => {
  const place = folder();
  const project = join(place, 'apps', 'my shop');
  mkdirSync(join(place, 'bin'));
  cpSync(shop, project, { recursive: true, filter: (path) => !path.endsWith('/node_modules') });
  const npx = join(place, 'bin', 'npx');
  writeFileSync(npx, `#!/bin/bash\n[ "$1 $2" = "--yes drizzle-audit@1.2.3" ] || exit 99\nshift 2\nexec "${program}" "$@"\n`);
  chmodSync(npx, 0o755);
  const env = { PATH: `${join(place, 'bin')}:${process.env.PATH}`, ...job.variables, DRIZZLE_AUDIT_VERSION: '1.2.3', DRIZZLE_AUDIT_ROOT: 'apps/my shop' };
  const result = run('sh', ['-e', '-c', job.script.join('\n')], { cwd: place, env });
  assert.equal(result.status, 1, result.stderr);
  for (const report of Object.values(job.artifacts.reports)) assert.ok(existsSync(join(place, report)), report);
  const findings = JSON.parse(readFileSync(join(place, job.artifacts.reports.codequality), 'utf8'));
  const expected = JSON.parse(run(program, ['check', '--format', 'json'], { cwd: shop }).stdout);
  assert.equal(findings.length, expected.findings.filter(({ suppressed }) => suppressed === null).length);
  for (const { location } of findings) assert.ok(existsSync(join(place, location.path)) || existsSync(join(project, location.path)), location.path);
  assert.match(readFileSync(join(place, job.artifacts.reports.junit), 'utf8'), /^<\?xml/);
});

finish();
