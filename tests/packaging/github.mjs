// The GitHub Action without GitHub: its metadata and the example workflow are checked by the tools people use, and its step is run for
// real, with the environment that a runner gives (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, dist, finish, folder, need, program, root, run, shop, tools } from './harness.mjs';

need([join(tools, 'actionlint')], 'scripts/setup --test installs it');
need([program, join(dist, 'staging', 'drizzle-audit')], 'packaging/build makes it');
const require = createRequire(join(tools, 'x.js'));
const { parse } = require('yaml');
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
const workflow = readFileSync(join(root, 'packaging', 'github', 'example.yml'), 'utf8');

await check('action-validator accepts the metadata and the workflow', () => {
  const cli = join(tools, '@action-validator', 'cli', 'cli.mjs');
  for (const file of ['action.yml', 'packaging/github/example.yml']) {
    const place = folder();
    mkdirSync(join(place, '.github', 'workflows'), { recursive: true });
    const target = file === 'action.yml' ? join(place, 'action.yml') : join(place, '.github', 'workflows', 'example.yml');
    cpSync(join(root, file), target);
    const result = run(process.execPath, [cli, target], { cwd: place });
    assert.equal(result.status, 0, result.stdout + result.stderr);
    writeFileSync(target, readFileSync(target, 'utf8').replace(/^(runs|jobs):/m, '$1x:'));
    assert.notEqual(run(process.execPath, [cli, target], { cwd: place }).status, 0, 'a broken file is refused');
  }
});

await check('actionlint accepts the workflow, and the action’s step as a step of one', async () => {
  const { createLinter } = await import(join(tools, 'actionlint', 'node.mjs'));
  const lint = await createLinter();
  const messages = (text) => lint(text, '.github/workflows/example.yml').map(({ message }) => message);
  assert.deepEqual(messages(workflow), []);
  assert.notDeepEqual(messages(workflow.replace('runs-on', 'run-on')), []);
});

await check('inputs reach the script through the environment alone', () => {
  for (const step of action.runs.steps) {
    assert.doesNotMatch(step.run, /\$\{\{/);
    const used = Object.values(step.env).map((value) => /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(value)[1]);
    assert.deepEqual(used.sort(), Object.keys(action.inputs).sort());
  }
  const page = readFileSync(join(root, 'docs', 'ci.md'), 'utf8');
  for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)]) assert.ok(page.includes(`\`${name}\``), name);
});

/// Runs the action as a runner does: inputs with their defaults as environment, the step's command in bash.
function runAction(inputs, { cwd = shop, program: given = program, path } = {}) {
  const place = folder();
  const [step] = action.runs.steps;
  const env = { PATH: path ?? process.env.PATH, HOME: place, RUNNER_TEMP: join(place, 'temp'), GITHUB_ACTION_PATH: root };
  mkdirSync(env.RUNNER_TEMP);
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']) writeFileSync((env[name] = join(place, name)), '');
  const values = { ...Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value }]) => [name, value])), program: given, ...inputs };
  for (const [name, value] of Object.entries(step.env)) env[name] = values[/inputs\.([a-z-]+)/.exec(value)[1]];
  const script = join(place, 'step.sh');
  writeFileSync(script, step.run);
  const result = run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], { cwd, env });
  const outputs = Object.fromEntries(readFileSync(env.GITHUB_OUTPUT, 'utf8').split('\n').filter(Boolean).map((line) => line.split(/=(.*)/s).slice(0, 2)));
  assert.equal(existsSync(env.RUNNER_TEMP) && run('ls', [env.RUNNER_TEMP]).stdout, '', 'nothing is left behind');
  return { ...result, outputs, summary: readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8') };
}

const expected = JSON.parse(run(program, ['check', '--format', 'json'], { cwd: shop }).stdout);
const commands = (text) => text.split('\n').filter((line) => /^::(error|warning|notice) /.test(line));

await check('examples/shop: report, annotations, summary, outputs, status', () => {
  const result = runAction({});
  assert.equal(result.status, 1, result.stderr);
  const { errors, warnings, infos } = expected.summary;
  assert.deepEqual(result.outputs, { errors: `${errors}`, warnings: `${warnings}`, infos: `${infos}`, status: '1', sarif: '' });
  assert.equal(commands(result.stdout).length, expected.findings.filter(({ suppressed }) => suppressed === null).length);
  assert.match(result.stdout, /missing-foreign-key/);
  assert.ok(result.summary.includes('missing-foreign-key'));
});

await check('SARIF, where it is asked for', () => {
  const place = folder();
  const file = join(place, 'a report.sarif');
  const result = runAction({ sarif: file, annotate: 'false', summary: 'false', 'fail-on': 'never' });
  assert.equal(result.status, 0, result.stderr);
  assert.deepEqual([result.outputs.status, result.outputs.sarif], ['0', file]);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).version, '2.1.0');
  assert.deepEqual([commands(result.stdout), result.summary], [[], '']);
});

await check('arguments, one a line; a working directory with a space', () => {
  const place = join(folder(), 'my project');
  cpSync(shop, place, { recursive: true, filter: (path) => !path.endsWith('/node_modules') });
  const result = runAction({ 'working-directory': place, args: '--only\r\nmissing-foreign-key\n\n--max-diagnostics\nnone\n' }, { cwd: folder() });
  assert.equal(result.status, 1, result.stderr);
  assert.equal(Number(result.outputs.errors), expected.findings.filter(({ rule, severity }) => rule === 'missing-foreign-key' && severity === 'error').length);
});

await check('values that look like commands stay values', () => {
  const place = folder();
  const harm = `$(touch ${place}/a)\`touch ${place}/b\`"; touch ${place}/c; "`;
  for (const name of Object.keys(action.inputs)) {
    const result = runAction({ [name]: harm }, { cwd: shop });
    assert.notEqual(result.status, 0, name);
  }
  assert.equal(run('ls', [place]).stdout, '');
});

await check('bad inputs end with 2 and say what is wrong', () => {
  const cases = [
    [{ 'working-directory': '/no/such/folder' }, /::error title=drizzle-audit::working-directory: there is no folder \/no\/such\/folder/],
    [{ annotate: 'yes' }, /annotate must be true or false/],
    [{ version: '1; ls', program: '' }, /version must be an npm version or tag/],
  ];
  for (const [inputs, message] of cases) {
    const result = runAction(inputs);
    assert.equal(result.status, 2);
    assert.match(result.stdout, message);
  }
  const empty = folder();
  writeFileSync(join(empty, 'package.json'), '{}');
  const nothing = runAction({}, { cwd: empty });
  assert.deepEqual([nothing.status, nothing.outputs.status], [2, '2']);
  assert.match(nothing.stderr, /no file that defines tables/);
});

await check('text of the project is no command of the runner', () => {
  const place = folder();
  writeFileSync(join(place, 'package.json'), '{}');
  writeFileSync(
    join(place, 'schema.ts'),
    `import { integer, pgTable } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: integer("id").primaryKey() });
export const posts = pgTable("posts", { id: integer("id"), userId: integer("user_id") }); /*
::set-output name=harm::1
::error::harm
*/ export const x = pgTable("::error::harm", { id: integer("id"), userId: integer("user_id") });`,
  );
  const { stdout } = runAction({ args: '--preset\nall' }, { cwd: place });
  const [before, rest] = stdout.split(/^::stop-commands::([0-9a-f]{32})$/m).filter((_, index) => index !== 1);
  const [, token] = /^::stop-commands::([0-9a-f]{32})$/m.exec(stdout);
  const after = rest.split(`::${token}::\n`)[1];
  for (const line of (before + after).split('\n').filter(Boolean)) assert.match(line, /^::(error|warning|notice) file=/);
});

await check('the project’s own version is run, else the one from npm', () => {
  const place = folder();
  cpSync(shop, place, { recursive: true, filter: (path) => !path.endsWith('/node_modules') });
  const modules = join(place, 'node_modules');
  cpSync(join(dist, 'staging', 'drizzle-audit'), join(modules, 'drizzle-audit'), { recursive: true });
  cpSync(join(dist, 'staging', 'linux-x64'), join(modules, '@drizzle-audit', 'linux-x64'), { recursive: true });
  mkdirSync(join(modules, '.bin'));
  run('ln', ['-s', '../drizzle-audit/bin/drizzle-audit.js', join(modules, '.bin', 'drizzle-audit')]);
  run('chmod', ['+x', join(modules, 'drizzle-audit', 'bin', 'drizzle-audit.js')]);
  assert.equal(runAction({ program: '' }, { cwd: place }).status, 1);

  // npx of this test writes down what it is asked for, and runs the program.
  const bin = folder();
  writeFileSync(join(bin, 'npx'), `#!/bin/bash\nprintf '%s\\n' "$@" > "${bin}/asked"\nwhile [ "$1" != drizzle-audit ]; do shift; done\nshift\nexec "${program}" "$@"\n`);
  run('chmod', ['+x', join(bin, 'npx')]);
  const path = `${bin}:${process.env.PATH}`;
  assert.equal(runAction({ program: '', version: '1.2.3-beta.4' }, { cwd: place, path }).status, 1);
  assert.deepEqual(readFileSync(join(bin, 'asked'), 'utf8').split('\n').slice(0, 5), ['--yes', '--package', 'drizzle-audit@1.2.3-beta.4', '--', 'drizzle-audit']);
  runAction({ program: '' }, { path });
  assert.match(readFileSync(join(bin, 'asked'), 'utf8'), /^drizzle-audit@[0-9]+\.[0-9]+\.[0-9]+$/m);
});

finish();
