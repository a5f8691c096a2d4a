// The thread that index.js starts: one run of the program.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');
const createDrizzleAudit = require('./drizzle-audit.js');
const { memoryHost, nodeHost } = require('./hosts.js');

const kFailure = 2;

async function main({ words, files, root, inherit }) {
  const output = inherit ? null : { 1: [], 2: [] };
  const host = files ? memoryHost(words, files, root, output) : nodeHost(words, output);
  const wasmBinary = fs.readFileSync(path.join(__dirname, 'drizzle-audit.wasm'));
  const program = await createDrizzleAudit({ host, wasmBinary });
  let status;
  try {
    status = program._main(0, 0);
  } catch (error) {
    const what = error instanceof RangeError ? 'the input is nested more deeply than the stack of WebAssembly allows' : String(error.message);
    host.write(2, Buffer.from(`drizzle-audit: error: internal error: ${what}\n`));
    status = kFailure;
  }
  const text = (stream) => (output ? Buffer.concat(output[stream]).toString() : '');
  parentPort.postMessage({ status, stdout: text(1), stderr: text(2) });
}

main(workerData);
