// Which build of the program runs here: DRIZZLE_AUDIT_BINARY, the package of this platform, or WebAssembly.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

// The packages with a native program. Every other platform runs the WebAssembly build.
const kPlatforms = { 'linux-x64': 'drizzle-audit', 'linux-arm64': 'drizzle-audit', 'win32-x64': 'drizzle-audit.exe' };
const kHere = `${process.platform}-${process.arch}`;

function resolve(request) {
  try {
    return require.resolve(request);
  } catch {
    return null;
  }
}

const packageOf = (platform) => `@drizzle-audit/${platform}`;
const nativeProgram = (platform) => resolve(`${packageOf(platform)}/bin/${kPlatforms[platform]}`);

/// Why there is no native program though one exists for this platform.
function whyMissing() {
  const foreign = Object.keys(kPlatforms).filter((platform) => platform !== kHere && nativeProgram(platform));
  const name = packageOf(kHere);
  if (foreign.length > 0) {
    return {
      cause: `${packageOf(foreign[0])} is installed and ${name} is not: node_modules was copied from another system`,
      help: 'install on this system again instead of copying node_modules (in Docker: list node_modules in .dockerignore)',
    };
  }
  return {
    cause: `${name} is not installed: optional dependencies were left out`,
    help: 'install again without --omit=optional, --no-optional or --ignore-optional; if a lock file made on another system causes it, ' +
      'delete node_modules and the lock file first',
  };
}

/// Whether a file is none that this system can start. Left to the system, a program for another processor is run as a shell script.
function isForeign(file) {
  if (process.platform !== 'linux') return false;
  const head = Buffer.alloc(20);
  const descriptor = fs.openSync(file, 'r');
  fs.readSync(descriptor, head, 0, head.length, 0);
  fs.closeSync(descriptor);
  if (head.toString('latin1', 0, 2) === '#!') return false;
  const machine = { x64: 62, arm64: 183 }[process.arch]; // e_machine of elf(5)
  return head.readUInt32BE(0) !== 0x7f454c46 || (machine !== undefined && head.readUInt16LE(18) !== machine);
}

/// { path } of an executable, { wasm: module path, hint } for WebAssembly, or { error, help }.
function findProgram(environment = process.env) {
  const given = environment.DRIZZLE_AUDIT_BINARY;
  if (given) {
    const file = path.resolve(given);
    try {
      if (!fs.statSync(file).isFile()) return { error: `DRIZZLE_AUDIT_BINARY names ${given}, which is no file` };
      fs.accessSync(file, fs.constants.X_OK);
      if (isForeign(file)) return { error: `DRIZZLE_AUDIT_BINARY names ${given}, which is made for another kind of system` };
    } catch (error) {
      const reason = error.code === 'EACCES' ? 'may not be executed' : 'is not there';
      return { error: `DRIZZLE_AUDIT_BINARY names ${given}, which ${reason}`, help: 'unset it, or name the drizzle-audit program itself' };
    }
    return { path: file };
  }
  const isNative = kHere in kPlatforms;
  const program = isNative ? nativeProgram(kHere) : null;
  if (program) return { path: program };
  const { cause, help } = isNative ? whyMissing() : { cause: `there is no native program for ${kHere}` };
  const wasm = resolve('@drizzle-audit/wasm');
  if (wasm) return { wasm, hint: isNative ? `running as WebAssembly, which is slower: ${cause}` : null };
  return {
    error: `${cause}, and the WebAssembly build (@drizzle-audit/wasm) is not installed either`,
    help: help || 'install again: @drizzle-audit/wasm is a dependency of drizzle-audit; or build the program and name it in DRIZZLE_AUDIT_BINARY',
  };
}

module.exports = { findProgram };
