// Runs the program with the streams of this process, hands signals on, and ends as it ended.
'use strict';
const { findProgram } = require('./binary.js');

// The program's own status for "it could not run"; 1 would mean findings.
const kFailure = 2;
const kSignals = process.platform === 'win32' ? ['SIGINT', 'SIGTERM', 'SIGBREAK'] : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

function fail(message, help) {
  process.stderr.write(`drizzle-audit: error: ${message}\n${help ? `help: ${help}\n` : ''}`);
  process.exitCode = kFailure;
}

function spawnFailed(file, error) {
  const reasons = {
    ENOENT: 'its file, or the loader that it asks for, is not there',
    EACCES: 'it may not be executed (a noexec file system, or a copy that lost its mode)',
    ENOEXEC: 'it is made for another kind of system',
    UNKNOWN: 'it is made for another kind of system',
  };
  fail(`cannot start ${file}: ${reasons[error.code] || error.message}`, 'install again, or name a program that runs here in DRIZZLE_AUDIT_BINARY');
}

function runNative(file, words) {
  const { spawn } = require('node:child_process');
  // Before the child is there: a signal in between must not end this process and leave the child behind. A Ctrl-C reaches the child through
  // the terminal as well; it then ends once, and this process waits for it.
  let child;
  const handlers = kSignals.map((signal) => [signal, () => child.kill(signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  child = spawn(file, words, { stdio: 'inherit', windowsHide: true });
  child.on('error', (error) => spawnFailed(file, error));
  child.on('exit', (status, signal) => {
    for (const [name, handler] of handlers) process.removeListener(name, handler);
    if (signal === null) process.exitCode = status;
    else process.kill(process.pid, signal);
  });
}

function launch(words) {
  const program = findProgram();
  if (program.error) return fail(program.error, program.help);
  if (program.path) {
    try {
      return runNative(program.path, words);
    } catch (error) {
      return spawnFailed(program.path, error);
    }
  }
  if (program.hint) process.stderr.write(`drizzle-audit: ${program.hint}\n`);
  return require(program.wasm).runCommandLine(words);
}

module.exports = { launch };
