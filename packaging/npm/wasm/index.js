// The WebAssembly build: as the command line of platforms without a native program, and as the JavaScript interface. Each run has a
// machine of its own, on a thread of its own: the schema's nesting needs more stack than the main thread has, and callers stay responsive.
'use strict';
const { Worker } = require('node:worker_threads');
const path = require('node:path');

const kFailure = 2;
// As much as a native program has; the main thread of Node.js has less than one.
const kStackMegabytes = 8;

class DrizzleAuditError extends Error {
  constructor(message, exitStatus) {
    super(message);
    this.name = 'DrizzleAuditError';
    this.exitStatus = exitStatus;
  }
}

/// Runs the program on a thread; resolves to { status, stdout, stderr }, the two empty when they went to the streams of this process.
function run(job) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(__dirname, 'worker.js'), {
      workerData: job,
      resourceLimits: { stackSizeMb: kStackMegabytes, maxOldGenerationSizeMb: 4096 },
      execArgv: [],
    });
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the WebAssembly thread ended with ${code}`)));
  });
}

/// The command line `words` with the streams of this process. Sets the exit status.
function runCommandLine(words) {
  return run({ words, inherit: true }).then(
    ({ status }) => {
      process.exitCode = status;
    },
    (error) => {
      process.stderr.write(`drizzle-audit: error: internal error: ${error.message}\n`);
      process.exitCode = kFailure;
    },
  );
}

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

function checkKeys(name, options, known) {
  if (options === null || typeof options !== 'object') throw new TypeError(`${name}: the options must be an object`);
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new TypeError(`${name}: there is no option ${key}; there are ${known.join(', ')}`);
  }
}

const kCommonOptions = ['schema', 'dialect', 'preset', 'only', 'skip'];

function commonWords(options) {
  const words = ['check', '--format', 'json', '--exit-zero'];
  for (const glob of list(options.schema)) words.push(`--schema=${glob}`);
  for (const name of list(options.only)) words.push(`--only=${name}`);
  for (const name of list(options.skip)) words.push(`--skip=${name}`);
  if (options.dialect !== undefined) words.push(`--dialect=${options.dialect}`);
  if (options.preset !== undefined) words.push(`--preset=${options.preset}`);
  return words;
}

async function report(job) {
  const { status, stdout, stderr } = await run(job);
  if (status === 0) return JSON.parse(stdout);
  throw new DrizzleAuditError(stderr.replace(/^drizzle-audit: error: /, '').trim() || `exit status ${status}`, status);
}

async function auditProject(root, options = {}) {
  if (typeof root !== 'string' || root === '') throw new TypeError('auditProject: the root must be a path');
  checkKeys('auditProject', options, [...kCommonOptions, 'config', 'drizzleConfig', 'baseline', 'paths']);
  const words = [...commonWords(options), `--root=${root}`];
  if (options.config === false) words.push('--no-config');
  else if (options.config !== undefined) words.push(`--config=${options.config}`);
  if (options.baseline === false) words.push('--no-baseline');
  else if (options.baseline !== undefined) words.push(`--baseline=${options.baseline}`);
  if (options.drizzleConfig !== undefined) words.push(`--drizzle-config=${options.drizzleConfig}`);
  return report({ words: [...words, '--', ...list(options.paths)] });
}

async function auditText(files, options = {}) {
  if (files === null || typeof files !== 'object') throw new TypeError('auditText: the files must be an object of path: text');
  checkKeys('auditText', options, [...kCommonOptions, 'config']);
  const root = '/project';
  const memory = new Map();
  for (const [name, text] of Object.entries(files)) {
    const parts = name.split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..') || name.includes('\0')) {
      throw new TypeError(`auditText: ${JSON.stringify(name)} is no path relative to the project's root`);
    }
    if (typeof text !== 'string') throw new TypeError(`auditText: the text of ${name} must be a string`);
    memory.set(`${root}/${name}`, text);
  }
  for (const path of memory.keys()) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (memory.has(path.slice(0, slash))) throw new TypeError(`auditText: ${path.slice(root.length + 1, slash)} is a file and a folder`);
    }
  }
  const words = [...commonWords(options), `--root=${root}`];
  if (options.config !== undefined) {
    memory.set('/config/drizzle-audit.json', JSON.stringify(options.config));
    words.push('--config=/config/drizzle-audit.json');
  }
  return report({ words, files: memory, root });
}

module.exports = { auditProject, auditText, DrizzleAuditError, runCommandLine };
